"""The addresses of suggestions; the key of one is drawn by lot and tells no time."""

from django.urls import path

from concerto.faces.desk.suggestions import listed, passing, replying

urlpatterns = [
    path("suggestions/", listed.suggestions, name="suggestions"),
    path("suggestions/new/", passing.new, name="suggestion-new"),
    path("suggestions/<uuid:suggestion>/", replying.reply, name="suggestion-reply"),
]
