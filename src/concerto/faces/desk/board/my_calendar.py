"""My calendar: the secret address at which a calendar on my phone asks what I have to do; made and ended by me."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.places import calendars

FEED = "/calendar/{secret}.ics"  # the address of another face, which the desk does not know by name


@open_to()
@sensitive_variables("secret", "address")
def my_calendar(request: SignedIn) -> HttpResponse:
    """Show whether there is an address; on POST make one, and show it this once."""
    address = ""
    if request.method == "POST":
        secret = calendars.make(request.user, at=clock.now())
        address = request.build_absolute_uri(FEED.format(secret=secret))
    return page(request, "desk/board/my_calendar.html", address=address, made_at=calendars.made_at(request.user))


@open_to()
@require_POST
def my_calendar_end(request: SignedIn) -> HttpResponse:
    """End the address; calendars that know it find nothing any more."""
    calendars.end(request.user)
    return done(request, _("Ended. Calendars that know the address find nothing there."), "desk:my-calendar")
