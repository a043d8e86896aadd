"""The addresses of the desk, a file per area; `desk:` is their namespace."""

from .blank import urlpatterns as blank
from .board import urlpatterns as board
from .branch import urlpatterns as branch
from .branch_register import urlpatterns as branch_register
from .cases import urlpatterns as cases
from .journal import urlpatterns as journal
from .leads import urlpatterns as leads
from .mechanism import urlpatterns as mechanism
from .needs import urlpatterns as needs
from .owed import urlpatterns as owed
from .panel import urlpatterns as panel
from .places import urlpatterns as places
from .privacy import urlpatterns as privacy
from .protected import urlpatterns as protected
from .register import urlpatterns as register
from .roster import urlpatterns as roster
from .rounds import urlpatterns as rounds
from .slips import urlpatterns as slips
from .suggestions import urlpatterns as suggestions
from .triage import urlpatterns as triage
from .trips import urlpatterns as trips
from .village import urlpatterns as village

app_name = "desk"
urlpatterns = [
    *mechanism, *branch_register, *places, *journal, *privacy, *register, *roster, *branch, *board, *blank, *owed,
    *trips, *slips, *rounds, *needs, *village, *suggestions, *panel, *triage, *cases, *leads, *protected,
]  # fmt: skip
