"""Every address, by plain inclusion: the first that fits answers."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language

from .doors import walled_up

# What the sign-in library offers besides: joining alone, e-mail, a password by mail. A printed slip does all of it.
WALLED_UP = r"^accounts/(?:signup|email|confirm-email|password/reset|password/set|inactive|login/code)(?:/.*)?$"

urlpatterns = [
    re_path(WALLED_UP, walled_up),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("field/", include("concerto.faces.field.urls")),
    path("calendar/", include("concerto.faces.calendar.urls")),
    path("r/", include("concerto.faces.resident.urls")),
    path("", include("concerto.faces.desk.urls")),
]

handler500 = "concerto.config.failing.could_not_answer"
