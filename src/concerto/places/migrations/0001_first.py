
import uuid

from django.db import migrations, models

import concerto.places.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AdministratorAct',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True)),
                ('by', models.UUIDField(null=True)),
                ('act', models.CharField(max_length=40)),
                ('about', models.UUIDField(null=True)),
                ('facts', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'administrator_act',
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('account', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=60)),
                ('is_desk', models.BooleanField(default=False)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('enrolled_at', models.DateTimeField()),
                ('lost_on', models.DateField(null=True)),
                ('revoked_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'device',
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Province'), (2, 'Prefecture'), (3, 'County'), (4, 'Township'), (5, 'Village')])),
                ('parent', models.UUIDField(db_index=True, null=True)),
            ],
            options={
                'db_table': 'division',
            },
        ),
        migrations.CreateModel(
            name='DivisionCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('division', models.UUIDField(db_index=True)),
                ('code', models.CharField(db_index=True, max_length=12)),
                ('source', models.CharField(max_length=20)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'division_code',
            },
        ),
        migrations.CreateModel(
            name='DivisionName',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('division', models.UUIDField(db_index=True)),
                ('name', models.CharField(max_length=120)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'division_name',
            },
        ),
        migrations.CreateModel(
            name='Log',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('opened_on', models.DateField()),
            ],
            options={
                'db_table': 'log',
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('account', models.UUIDField(db_index=True)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('void_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'slip',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.UUIDField()),
                ('id', models.UUIDField(default=uuid.uuid4)),
                ('kind', models.CharField(choices=[('township', 'Township'), ('village', 'Village'), ('branch', 'Party branch'), ('county_desk', 'County desk')], max_length=12)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('village', models.UUIDField(null=True)),
                ('has_committee', models.BooleanField(default=False)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'unit',
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('log', models.UUIDField(db_index=True, null=True)),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='Sign-in name')),
                ('called', models.CharField(max_length=80, verbose_name='Name')),
                ('is_administrator', models.BooleanField(default=False)),
                ('is_privacy_officer', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('text_size', models.CharField(default='m', max_length=2)),
                ('made_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('door_key', models.CharField(default=concerto.places.models.new_door_key, max_length=32)),
            ],
            options={
                'db_table': 'account',
                'constraints': [models.CheckConstraint(condition=models.Q(('is_administrator', True), ('is_privacy_officer', True), _negated=True), name='administrator_and_privacy_officer_are_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.UUIDField()),
                ('id', models.UUIDField(default=uuid.uuid4)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('what', models.CharField(max_length=40)),
                ('about', models.UUIDField(null=True)),
                ('part', models.CharField(blank=True, max_length=64)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('request', models.UUIDField(null=True)),
                ('rows', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'opening',
                'indexes': [models.Index(fields=['log', 'about', '-at'], name='opening_about')],
            },
        ),
        migrations.CreateModel(
            name='PartyGroup',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.UUIDField()),
                ('id', models.UUIDField(default=uuid.uuid4)),
                ('branch', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'party_group',
                'indexes': [models.Index(fields=['log', 'branch'], name='party_group_of_branch')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.UUIDField()),
                ('id', models.UUIDField(default=uuid.uuid4)),
                ('unit', models.UUIDField()),
                ('name', models.CharField(max_length=120)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
            ],
            options={
                'db_table': 'unit_name',
                'indexes': [models.Index(fields=['log', 'unit'], name='unit_name_of_unit')],
            },
        ),
    ]
