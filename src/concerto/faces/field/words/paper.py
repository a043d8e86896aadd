"""What the phone says of a photo or a PDF of a paper."""

from django.utils.translation import gettext as _


def said() -> dict[str, str]:
    """Give the sentences by name."""
    return {
        "paper_busy": _("The photos are being made ready…"),
        "paper_ready": _("Ready, {size} kB. It is sent by itself where there is signal."),
        "paper_unread": _("This can't be read here. Take the photo anew, or choose a PDF."),
        "paper_none": _("Take a photo or choose a file first, or go back."),
        "untaken": _("A paper that you attached was not taken. {why}"),
    }
