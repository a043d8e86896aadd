from django.db import migrations, models

from concerto.register.wordings import SeveralWordings


class Migration(migrations.Migration):
    dependencies = [("register", "0005_local_editions")]

    operations = [
        migrations.AddIndex(
            model_name="household",
            index=models.Index(
                condition=models.Q(SeveralWordings("wordings")), fields=["log", "id"], name="household_changed"
            ),
        ),
    ]
