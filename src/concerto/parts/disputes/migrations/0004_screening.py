"""A line of the dispute ledger may be a screening of a village: how, about which sorts, and how many were found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0003_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="lead",
            name="way",
            field=models.CharField(default="", max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lead",
            name="sorts",
            field=models.CharField(default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lead",
            name="found",
            field=models.SmallIntegerField(null=True),
        ),
    ]
