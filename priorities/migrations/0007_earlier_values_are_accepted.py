from django.db import migrations

# Values that stood before they were accepted one by one had been told to everybody: they stay told.
AS_OF_THE_ROUNDS_CLOSING = """
    UPDATE priorities_indicatorvalue AS value
       SET accepted_at = period.closes_at, entered_at = period.closes_at, origin = 'imported'
      FROM programme_reportingperiod AS period
     WHERE period.id = value.period_id AND value.accepted_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('priorities', '0006_indicator_values_are_entered'),
    ]

    operations = [
        migrations.RunSQL(AS_OF_THE_ROUNDS_CLOSING, migrations.RunSQL.noop),
    ]
