"""Which files of sealed parts came whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0008_how_people_were_treated_is_found_at_once")]

    operations = [
        migrations.CreateModel(
            "Attachment",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "log", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("log", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("account", models.UUIDField()),
                ("came_at", models.DateTimeField()),
                ("epoch", models.PositiveIntegerField()),
                ("seq", models.BigIntegerField()),
            ],
            options={"db_table": "attachment"},
        ),
    ]
