from django.db import migrations

# What `manage.py createcachetable` makes, as a migration: it comes with the other tables, and with their rights.
TABLE = "portal_cache"
MAKE = [
    f"""CREATE TABLE "{TABLE}" (
    "cache_key" varchar(255) NOT NULL PRIMARY KEY,
    "value" text NOT NULL,
    "expires" timestamp with time zone NOT NULL
);""",
    f"""CREATE INDEX "{TABLE}_expires" ON "{TABLE}" ("expires");""",
]


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(sql=MAKE, reverse_sql=f'DROP TABLE "{TABLE}";'),
    ]
