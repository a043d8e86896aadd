from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0006_calendar")]

    operations = [
        migrations.CreateModel(
            name="Knock",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "who", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("who", models.CharField(max_length=64)),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("mistyped", models.PositiveIntegerField(default=0)),
                ("rests_until", models.DateTimeField(null=True)),
            ],
            options={"db_table": "knock"},
        ),
    ]
