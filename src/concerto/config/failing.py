"""What somebody hears when the server can't answer: that the disk is full, where it is; else that something broke."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concerto.groundwork.room import disk_is_full


def could_not_answer(request: HttpRequest) -> HttpResponse:
    """Answer in place of a page that failed; Django calls it while the error is still in hand."""
    if disk_is_full(sys.exc_info()[1]):
        return render(request, "507.html", status=507)
    return render(request, "500.html", status=500)
