from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disputes', '0004_screening'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='linked',
            field=models.TextField(default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='casereader',
            name='line',
            field=models.UUIDField(null=True),
        ),
    ]
