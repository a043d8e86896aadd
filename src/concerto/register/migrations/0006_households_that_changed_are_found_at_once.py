from django.db import migrations, models

LEFT = "REPLACE(%(expressions)s, SUBSTR(%(expressions)s, LENGTH(%(expressions)s) - 38, 38), '')"
SEVERAL = models.Func("wordings", template=f"REPLACE({LEFT}, ':\"', '') <> {LEFT}", output_field=models.BooleanField())


class Migration(migrations.Migration):
    dependencies = [("register", "0005_local_editions")]

    operations = [
        migrations.AddIndex(
            model_name="household",
            index=models.Index(condition=models.Q(SEVERAL), fields=["log", "id"], name="household_changed"),
        ),
    ]
