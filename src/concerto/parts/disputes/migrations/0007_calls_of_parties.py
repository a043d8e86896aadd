"""A party of a case that asked by its slip to be called is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disputes", "0006_protected")]

    operations = [
        migrations.AddField("caseparty", "called_on", models.DateField(null=True)),
        migrations.AddIndex(
            "caseparty",
            models.Index(fields=["log"], condition=models.Q(called_on__isnull=False), name="case_party_call"),
        ),
    ]
