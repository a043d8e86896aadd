"""The addresses of the phone's face; `field:` is their namespace, /field/ where they lie."""

from django.urls import path

from . import shell, views, worker

app_name = "field"
urlpatterns = [
    path("", shell.shell, name="shell"),
    path("more/", shell.more, name="more"),
    path("sw.js", worker.worker, name="worker"),
    path("hello/", views.hello, name="hello"),
    path("enrol/", views.enrol, name="enrol"),
    path("push/", views.push, name="push"),
    path("pull/", views.pull, name="pull"),
    path("lacking/", views.lacking, name="lacking"),
    path("attach/", views.attach, name="attach"),
    path("carry/", views.carry, name="carry"),
    path("device/<uuid:device>/", views.device, name="device"),
]
