"""The addresses of the resident's door; /r/ is where they lie. A code in one is a key: no log writes it."""

from django.urls import path

from . import door

app_name = "resident"
urlpatterns = [
    path("", door.door, name="door"),
    path("<slug:code>/", door.by_square, name="slip"),
]
