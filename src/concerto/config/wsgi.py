"""The entrance for a WSGI server."""

import ctypes
import os
import signal
import sys

from django.core.wsgi import get_wsgi_application

PR_SET_PDEATHSIG = 1


def end_with_the_server() -> None:
    """Let the kernel end this worker when its server is killed: left alone, it would go on serving the port."""
    if sys.platform == "linux" and os.environ.get("CONCERTO_WORKERS_END"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerto.config.settings")
end_with_the_server()
application = get_wsgi_application()
