"""The addresses of what is owed: Today, and why. Ids, duties and turns stand in them, no names."""

from django.urls import path, register_converter

from concerto.faces.desk.branch_register import waivers
from concerto.faces.desk.today import default_desk, today, why


class TurnConverter:
    """A turn as an entry names it, or two days for the time of an answer."""

    regex = r"[0-9]{4}[0-9WQ.-]{0,20}"

    def to_python(self, value: str) -> str:
        """Keep it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as it is."""
        return str(value)


register_converter(TurnConverter, "turn")

urlpatterns = [
    path("today/", today.today, name="today"),
    path("today/seen/<uuid:thing>/", today.today_seen, name="today-seen"),
    path("today/unanswered/", default_desk.unanswered_list, name="unanswered"),
    path("today/take-over/<slug:sort>/<uuid:matter>/", default_desk.take_over, name="take-over"),
    path("why/<slug:duty>/<uuid:owner>/<uuid:about>/<turn:turn>/", why.why, name="why"),
    path("waivers/ask/<slug:duty>/<uuid:owner>/<uuid:about>/<turn:turn>/", waivers.new, name="waiver-new"),
]
