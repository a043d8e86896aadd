from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_shown")]

    operations = [
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(
                condition=models.Q(("how", 2), ("what__in", ("visit", "meeting", "study"))),
                fields=["log", "thing"],
                name="touch_denied",
            ),
        ),
    ]
