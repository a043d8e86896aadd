"""The addresses of the phone's face; `field:` is their namespace, /field/ where they lie."""

from django.conf import settings
from django.urls import path

from . import shell, views, worker

app_name = "field"
pages = [
    path("", shell.shell, name="shell"),
    path("more/", shell.more, name="more"),
    path("sw.js", worker.worker, name="worker"),
]
urlpatterns = [
    *(pages if settings.PHONES else ()),  # nobody may come to rely on a page that does not send yet
    path("hello/", views.hello, name="hello"),
    path("enrol/", views.enrol, name="enrol"),
    path("push/", views.push, name="push"),
    path("pull/", views.pull, name="pull"),
    path("lacking/", views.lacking, name="lacking"),
    path("carry/", views.carry, name="carry"),
    path("device/<uuid:device>/", views.device, name="device"),
]
