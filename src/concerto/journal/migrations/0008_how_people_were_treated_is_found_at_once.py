"""How people say they were treated is found without looking at every entry."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0007_proofs_are_found_by_their_day")]

    operations = [
        migrations.AddIndex(
            "entry", models.Index(fields=["log"], condition=models.Q(("kind", "treated")), name="entry_treated")
        ),
    ]
