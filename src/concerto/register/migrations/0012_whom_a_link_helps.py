"""From when on a household counts as helped by a link; those of which it is still to be asked are found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0011_panel")]

    operations = [
        migrations.AddField("helperlink", "helps", models.BooleanField(default=True), preserve_default=False),
        migrations.AddField("helperlink", "helps_from", models.DateField(null=True)),
        migrations.AddIndex(
            "helperlink",
            models.Index(
                fields=["log", "helper"],
                condition=models.Q(("agreement", "not_asked"), ("helps", False)),
                name="helper_link_to_ask",
            ),
        ),
    ]
