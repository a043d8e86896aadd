"""The addresses of rosters that come in; an import and a waiting row are named by their keys alone."""

from django.urls import path

from concerto.faces.desk.roster import rosters as roster
from concerto.faces.desk.roster import waiting as roster_waiting

urlpatterns = [
    path("roster/", roster.roster, name="roster"),
    path("roster/waiting/", roster_waiting.roster_waiting, name="roster-waiting"),
    path("roster/waiting/<uuid:flag>/", roster_waiting.roster_settle, name="roster-settle"),
    path("roster/<uuid:batch>/", roster.roster_look, name="roster-look"),
    path("roster/<uuid:batch>/take/", roster.roster_take, name="roster-take"),
    path("roster/<uuid:batch>/done/", roster.roster_done, name="roster-done"),
    path("roster/<uuid:batch>/marked.xlsx", roster.roster_file, name="roster-file"),
    path("roster/<uuid:batch>/leave/", roster.roster_drop, name="roster-drop"),
]
