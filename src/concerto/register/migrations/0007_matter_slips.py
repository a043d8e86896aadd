from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0006_households_that_changed_are_found_at_once")]

    operations = [
        migrations.CreateModel(
            name="MatterSlip",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.UUIDField()),
                ("id", models.UUIDField()),
                ("serial", models.CharField(max_length=9)),
                ("code", models.CharField(max_length=64)),
                ("matter", models.UUIDField(null=True)),
                ("what", models.CharField(max_length=16)),
                ("household", models.UUIDField(null=True)),
                ("given_on", models.DateField(null=True)),
                ("given_by", models.UUIDField(null=True)),
                ("void", models.BooleanField()),
                ("call_asked_on", models.DateField(null=True)),
                ("source_withdrawn", models.BooleanField()),
                ("wordings", models.TextField()),
            ],
            options={
                "db_table": "matter_slip",
                "indexes": [
                    models.Index(fields=["code"], name="matter_slip_code"),
                    models.Index(fields=["log", "serial"], name="matter_slip_serial"),
                    models.Index(fields=["log", "household"], name="matter_slip_of_household"),
                    models.Index(fields=["log", "matter"], name="matter_slip_of_matter"),
                ],
            },
        ),
    ]
