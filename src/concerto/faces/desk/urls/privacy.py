"""The addresses of the privacy officer: requests about data, and erasures."""

from django.urls import path

from concerto.faces.desk.privacy import erasing as privacy_acts
from concerto.faces.desk.privacy import requests as privacy

REQUEST = "requests/<uuid:log>/<uuid:request_id>/"

urlpatterns = [
    path("requests/", privacy.requests, name="requests"),
    path("requests/new/", privacy.request_new, name="request-new"),
    path(REQUEST, privacy.request, name="request"),
    path(REQUEST + "parts/<digest:digest>/", privacy.request_part, name="request-part"),
    path(REQUEST + "copy/", privacy_acts.request_copy, name="request-copy"),
    path(REQUEST + "lock/", privacy_acts.request_lock, name="request-lock"),
    path(REQUEST + "erase/", privacy_acts.request_erase, name="request-erase"),
    path(REQUEST + "answer/", privacy_acts.request_answer, name="request-answer"),
    path("erasures/", privacy_acts.erasures, name="erasures"),
]
