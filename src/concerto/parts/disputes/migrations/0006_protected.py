"""What is noted of somebody hurt or afraid, its steps, and who reads it: tables of their own, beside those of cases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0005_reading_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="Protected",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.UUIDField()),
                ("id", models.UUIDField()),
                ("entry", models.UUIDField()),
                ("who", models.CharField(max_length=12)),
                ("crime", models.BooleanField()),
                ("contact", models.CharField(max_length=8)),
                ("stage", models.CharField(max_length=8)),
                ("wants", models.CharField(max_length=16)),
                ("reported_on", models.DateField(null=True)),
                ("opened_on", models.DateField()),
                ("last_on", models.DateField()),
                ("summary", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=64)),
                ("how", models.CharField(max_length=64)),
                ("phone", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "protected_case",
                "indexes": [models.Index(fields=["log", "stage", "-opened_on"], name="protected_by_stage")],
            },
        ),
        migrations.CreateModel(
            name="ProtectedStep",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "id", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.UUIDField()),
                ("id", models.UUIDField()),
                ("n", models.SmallIntegerField()),
                ("entry", models.UUIDField()),
                ("kind", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("by", models.UUIDField()),
                ("detail", models.CharField(max_length=120)),
                ("account", models.UUIDField(null=True)),
                ("desk", models.UUIDField(null=True)),
                ("words", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "protected_step",
            },
        ),
        migrations.CreateModel(
            name="ProtectedReader",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "id", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.UUIDField()),
                ("id", models.UUIDField()),
                ("n", models.SmallIntegerField()),
                ("desk", models.UUIDField(null=True)),
                ("account", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "protected_reader",
                "indexes": [
                    models.Index(fields=["log", "desk", "id"], name="protected_reader_desk"),
                    models.Index(fields=["log", "account", "id"], name="protected_reader_account"),
                ],
            },
        ),
    ]
