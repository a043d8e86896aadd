"""What was told to somebody who asked under a need that went into another is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0005_suggestions")]

    operations = [
        migrations.AddIndex(
            "needstep",
            models.Index(
                fields=["log", "asker"],
                condition=models.Q(("asker", models.F("id")), _negated=True),
                name="need_step_for_another",
            ),
        ),
    ]
