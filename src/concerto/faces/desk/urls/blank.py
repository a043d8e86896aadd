"""The addresses of the recording forms, blank."""

from django.urls import path

from concerto.faces.desk.blank import blanks

urlpatterns = [
    path("forms/", blanks.blanks, name="blanks"),
    path("forms/<slug:name>/", blanks.blank, name="blank"),
]
