"""The addresses of the desk, a file per area; `desk:` is their namespace."""

from .places import urlpatterns as places

app_name = "desk"
urlpatterns = [*places]
