from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assistance', '0003_needs'),
    ]

    operations = [
        migrations.AddField(
            model_name='need',
            name='steps',
            field=models.SmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('steps', 1)), fields=['log', 'unit', 'opened_on'], name='need_untouched'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(condition=models.Q(('steps__gt', 1)), fields=['log', 'unit', 'last_on'], name='need_touched'),
        ),
    ]
