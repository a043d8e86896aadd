"""The address of the calendar feed; /calendar/ is where it lies."""

from django.urls import path

from . import feed

app_name = "calendar"
urlpatterns = [path("<slug:secret>.ics", feed.feed, name="feed")]
