
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('programme', '0012_secrecy_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('stage', models.CharField(choices=[('to_look', 'waiting to be opened'), ('looking', 'being opened'), ('columns', 'columns to be chosen'), ('to_check', 'waiting to be checked'), ('checking', 'being checked'), ('checked', 'checked, not confirmed'), ('to_write', 'confirmed, waiting to be written'), ('writing', 'being written'), ('imported', 'imported'), ('unreadable', 'cannot be read'), ('failed', 'failed'), ('dropped', 'left out')], default='to_look', max_length=20, verbose_name='stage')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows read')),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows of the file')),
                ('layout', models.JSONField(blank=True, null=True, verbose_name='first rows')),
                ('mapping', models.JSONField(blank=True, null=True, verbose_name='chosen columns')),
                ('findings', models.JSONField(blank=True, null=True, verbose_name='what was found')),
                ('why_unreadable', models.JSONField(blank=True, null=True, verbose_name='why it cannot be read')),
                ('stated_total', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='total by the accounting system')),
                ('changed_meanwhile', models.BooleanField(default=False, verbose_name='the ledger changed since the check')),
                ('error_id', models.CharField(blank=True, max_length=40, verbose_name='error id')),
            ],
            options={
                'verbose_name': 'ledger file',
                'verbose_name_plural': 'ledger files',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerFileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('stage', models.CharField(choices=[('to_look', 'waiting to be opened'), ('looking', 'being opened'), ('columns', 'columns to be chosen'), ('to_check', 'waiting to be checked'), ('checking', 'being checked'), ('checked', 'checked, not confirmed'), ('to_write', 'confirmed, waiting to be written'), ('writing', 'being written'), ('imported', 'imported'), ('unreadable', 'cannot be read'), ('failed', 'failed'), ('dropped', 'left out')], default='to_look', max_length=20, verbose_name='stage')),
                ('mapping', models.JSONField(blank=True, null=True, verbose_name='chosen columns')),
                ('stated_total', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='total by the accounting system')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LedgerSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='accounting system')),
                ('remembered', models.JSONField(blank=True, default=dict, verbose_name='columns')),
            ],
            options={
                'verbose_name': 'source of ledger files',
                'verbose_name_plural': 'sources of ledger files',
                'ordering': ['programme', 'name'],
            },
        ),
        migrations.CreateModel(
            name='LedgerSourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='accounting system')),
                ('remembered', models.JSONField(blank=True, default=dict, verbose_name='columns')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveField(
            model_name='ledgerentryevent',
            name='account',
        ),
        migrations.RemoveField(
            model_name='ledgerentryevent',
            name='cost_centre',
        ),
        migrations.RemoveField(
            model_name='ledgerentryevent',
            name='ledger_import',
        ),
        migrations.RemoveField(
            model_name='ledgerentryevent',
            name='pgh_context',
        ),
        migrations.RemoveField(
            model_name='ledgerentryevent',
            name='pgh_obj',
        ),
        migrations.RemoveConstraint(
            model_name='ledgerentry',
            name='one_entry_per_voucher_cost_centre_and_account',
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='line',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='line of the voucher'),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='occurrence',
            field=models.PositiveIntegerField(default=1, verbose_name='number among the same lines'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='reverted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgerimportevent',
            name='reverted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='text',
            field=models.CharField(blank=True, max_length=500, verbose_name='text'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['voucher', 'booked_on'], name='ledger_by_voucher_and_day'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('occurrence__gte', 1)), name='occurrences_begin_with_one'),
        ),
        migrations.AddField(
            model_name='ledgerfile',
            name='attachment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_file', to='programme.attachment'),
        ),
        migrations.AddField(
            model_name='ledgerfile',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgerfile',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_files', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='ledgerimport',
            name='file',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_import', to='programme.ledgerfile'),
        ),
        migrations.AddField(
            model_name='ledgerimportevent',
            name='file',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.ledgerfile'),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='attachment',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.attachment'),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='programme_source_attachment_stage_mapping_stated_total_confirmed_by_events', to='programme.ledgerfile'),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='ledgersource',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger_sources', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='ledgerfileevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.ledgersource'),
        ),
        migrations.AddField(
            model_name='ledgerfile',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='programme.ledgersource'),
        ),
        migrations.AddField(
            model_name='ledgersourceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ledgersourceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programme.ledgersource'),
        ),
        migrations.AddField(
            model_name='ledgersourceevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programme.programme'),
        ),
        migrations.DeleteModel(
            name='LedgerEntryEvent',
        ),
        migrations.AddConstraint(
            model_name='ledgersource',
            constraint=models.UniqueConstraint(models.F('programme'), django.db.models.functions.text.Lower('name'), name='one_ledger_source_per_name'),
        ),
    ]
