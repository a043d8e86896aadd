from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_denied")]

    operations = [
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(
                condition=models.Q(("counts_for__gt", "")), fields=["log", "kind", "on"], name="proof_counts_earlier"
            ),
        ),
    ]
