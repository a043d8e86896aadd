"""A call that is asked for has a number, so that what is recorded on the same day comes before or after it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0012_whom_a_link_helps")]

    operations = [migrations.AddField("matterslip", "call_seq", models.BigIntegerField(null=True))]
