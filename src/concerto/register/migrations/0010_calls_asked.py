"""Who asked to be called is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0009_consents")]

    operations = [
        migrations.AddIndex(
            "matterslip",
            models.Index(fields=["log"], condition=models.Q(("call_asked_on__isnull", False)), name="matter_slip_call"),
        ),
    ]
