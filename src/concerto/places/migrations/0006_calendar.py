from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0005_seen")]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                ("account", models.UUIDField(primary_key=True, serialize=False)),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "calendar_address"},
        ),
    ]
