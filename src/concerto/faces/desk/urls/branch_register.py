"""The addresses of what a branch decides about its own, of waivers, and of not having been there."""

from django.urls import path

from concerto.faces.desk.branch_register import groups, not_there, page, seats, votes, waivers

urlpatterns = [
    path("branches/<uuid:branch>/committee/", page.branch_register, name="branch-register"),
    path("branches/<uuid:branch>/seats/new/", seats.new, name="seat-new"),
    path("seats/<uuid:seat>/change/", seats.change, name="seat-change"),
    path("members/<uuid:member>/vote-rests/", votes.new, name="vote-rests"),
    path("votes/<uuid:suspension>/change/", votes.change, name="vote-back"),
    path("members/<uuid:member>/group/", groups.change, name="member-group"),
    path("waivers/", waivers.waivers, name="waivers"),
    path("waivers/<uuid:waiver>/", waivers.waiver, name="waiver"),
    path("entries/<uuid:entry>/not-there/", not_there.not_there, name="not-there"),
]
