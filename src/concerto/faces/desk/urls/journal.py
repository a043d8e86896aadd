"""The addresses of recording, of entries and of the five ledgers."""

from django.urls import path, register_converter

from concerto.faces.desk.entries import corrections, entries
from concerto.faces.desk.ledgers import ledgers
from concerto.faces.desk.visits import visits
from concerto.places.sight import Part


class PartConverter:
    """One of the five parts, as it stands in an address."""

    regex = "|".join(Part)

    def to_python(self, value: str) -> str:
        """Keep it as the code it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as the code it is."""
        return str(value)


class DigestConverter:
    """The digest of sealed words."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """Keep it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as it is."""
        return value


register_converter(PartConverter, "part")
register_converter(DigestConverter, "digest")

urlpatterns = [
    path("record/", visits.record_key, name="record"),
    path("visits/new/<uuid:household>/", visits.visit_new, name="visit-new"),
    path("visits/gathering/<uuid:village>/", visits.gathering_new, name="gathering-new"),
    path("visits/<uuid:entry>/recorded/", visits.visit_saved, name="visit-saved"),
    path("entries/<uuid:entry>/", entries.entry, name="entry"),
    path("entries/<uuid:entry>/words/<digest:digest>/", entries.entry_words, name="entry-words"),
    path("entries/<uuid:entry>/correct/", visits.visit_correct, name="entry-correct"),
    path("entries/<uuid:entry>/withdraw/", corrections.withdraw, name="entry-withdraw"),
    path("entries/<uuid:entry>/undo/", corrections.undo, name="entry-undo"),
    path("ledgers/<part:part>/", ledgers.ledger, name="ledger"),
    path("ledgers/<part:part>/file/", ledgers.download, name="ledger-file"),
]
