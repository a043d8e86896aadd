"""What the phone says of a photo of a paper."""

from django.utils.translation import gettext as _


def said() -> dict[str, str]:
    """Give the sentences by name."""
    return {
        "paper_busy": _("The photos are being made ready…"),
        "paper_ready": _("Ready, {size} kB. It is sent by itself where there is signal."),
        "paper_unread": _("This photo can't be read here. Take it anew."),
        "paper_none": _("Take or choose a photo first, or go back."),
    }
