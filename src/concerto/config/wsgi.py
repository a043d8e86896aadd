"""The entrance for a WSGI server."""

import ctypes
import multiprocessing
import os
import signal
import sys

from django.core.wsgi import get_wsgi_application

from .collecting import leave_out_what_is_loaded

PR_SET_PDEATHSIG = 1


def end_with_the_server() -> None:
    """Let the kernel end this worker when its server is killed: left alone, it would go on serving the port.

    Outright, as its server ended: while a worker wakes up or stops, a politer signal gets lost.
    """
    server = multiprocessing.parent_process()
    if sys.platform != "linux" or server is None or not os.environ.get("CONCERTO_WORKERS_END"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server.pid:  # it was killed while this worker was still waking up
        os._exit(1)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerto.config.settings")
end_with_the_server()
application = get_wsgi_application()
leave_out_what_is_loaded()
