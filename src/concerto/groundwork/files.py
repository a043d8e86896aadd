"""Why a file could not be opened, in words: the system says it in its own language."""

import errno

from django.utils.translation import gettext as _


def why_not(error: OSError) -> str:
    """Say why a file or folder could not be read or written; what is rare is said as the system says it."""
    words = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("it may not be opened: the rights are missing"),
        errno.EISDIR: _("this is a folder, not a file"),
    }
    return words.get(error.errno or 0) or str(error.strerror or error)
