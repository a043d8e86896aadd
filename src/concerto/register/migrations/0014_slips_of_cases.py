"""A slip may be given to one party of a case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0013_when_a_call_was_asked")]

    operations = [migrations.AddField("matterslip", "party", models.UUIDField(null=True))]
