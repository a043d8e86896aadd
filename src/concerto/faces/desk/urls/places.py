"""Places and access: coming in, my page, units, people, postings, devices, acts."""

from django.urls import path

from concerto.faces.desk.phones import alarms, carrying
from concerto.faces.desk.places import accounts, acts, devices, mine, people, postings, units

TOWNSHIP = "townships/<uuid:log>/units/"
POSTINGS = "townships/<uuid:log>/postings/"

urlpatterns = [
    path("", accounts.home, name="home"),
    path("slip/", accounts.slip, name="slip"),
    # my page
    path("me/", mine.my_page, name="my-page"),
    path("me/held/", mine.my_held, name="my-held"),
    path("me/held.json", mine.my_held_file, name="my-held-file"),
    path("me/devices/<uuid:device_id>/", mine.my_device, name="my-device"),
    path("me/devices/<uuid:device_id>/lost/", mine.my_device_lost, name="my-device-lost"),
    path("me/devices/<uuid:device_id>/end/", mine.my_device_end, name="my-device-end"),
    path("me/carry/", carrying.carry, name="carry"),
    # units
    path("units/", units.units, name="units"),
    path("units/open/", units.unit_open, name="unit-open"),
    path("divisions/<uuid:division>/", units.unit_division, name="unit-division"),
    path(TOWNSHIP, units.unit_list, name="unit-list"),
    path(TOWNSHIP + "new/", units.unit_new, name="unit-new"),
    path(TOWNSHIP + "<uuid:unit_id>/", units.unit, name="unit"),
    path("townships/<uuid:log>/groups/<uuid:group_id>/end/", units.unit_group_end, name="unit-group-end"),
    # people
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/slip/", people.person_slip, name="person-slip"),
    path("people/<uuid:person_id>/close/", people.person_close, name="person-close"),
    path("people/<uuid:person_id>/reopen/", people.person_reopen, name="person-reopen"),
    # postings
    path("postings/", postings.postings, name="postings"),
    path(POSTINGS, postings.posting_list, name="posting-list"),
    path(POSTINGS + "new/", postings.posting_new, name="posting-new"),
    path(POSTINGS + "<uuid:posting_id>/", postings.posting, name="posting"),
    path(POSTINGS + "<uuid:posting_id>/withdraw/", postings.posting_withdraw, name="posting-withdraw"),
    path(POSTINGS + "<uuid:posting_id>/<slug:what>/", postings.posting_change, name="posting-change"),
    # devices of others, and the book of acts
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device_id>/revoke/", devices.device_revoke, name="device-revoke"),
    path("alarms/", alarms.alarms, name="alarms"),
    path("alarms/<uuid:log>/<uuid:alarm>/seen/", alarms.alarm_seen, name="alarm-seen"),
    path("acts/", acts.acts, name="acts"),
    path("acts/slips/", acts.act_slips, name="act-slips"),
]
