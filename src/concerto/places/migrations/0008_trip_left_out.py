import django.db.models.fields.composite
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0007_knocks")]

    operations = [
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                (
                    "pk",
                    django.db.models.fields.composite.CompositePrimaryKey(
                        "account",
                        "log",
                        "week",
                        "household",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("account", models.UUIDField()),
                ("log", models.UUIDField()),
                ("week", models.DateField()),
                ("household", models.UUIDField()),
            ],
            options={"db_table": "trip_left_out"},
        ),
    ]
