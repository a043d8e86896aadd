"""A year of cases is found by the days they were taken on, and what was visited again by those visits alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0007_calls_of_parties")]

    operations = [
        migrations.AddIndex("case", models.Index(fields=["log", "accepted_on"], name="case_by_first_day")),
        migrations.AddIndex(
            "casestep",
            models.Index(fields=["log", "id"], condition=models.Q(kind="return_visit"), name="case_step_visited"),
        ),
    ]
