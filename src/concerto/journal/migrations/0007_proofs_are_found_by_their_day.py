from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_records_for_earlier_turns_are_found_at_once")]

    operations = [
        migrations.AddIndex(
            model_name="proof",
            index=models.Index(fields=["log", "kind", "on", "about"], name="proof_by_day"),
        ),
        migrations.RemoveIndex(model_name="proof", name="proof_counts"),
    ]
