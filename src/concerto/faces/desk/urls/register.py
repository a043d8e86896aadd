"""The addresses of the register and of the tray; they name things by their keys alone."""

from django.urls import path

from concerto.faces.desk.register import (
    consents,
    helper_links,
    household_card,
    household_changes,
    household_new,
    households,
    members,
    mergers,
    residents,
)
from concerto.faces.desk.tray import settling, township, tray

urlpatterns = [
    path("households/", households.households, name="households"),
    path("households/new/", household_new.new, name="household-new"),
    path("households/<uuid:house>/", household_card.household, name="household"),
    path("households/<uuid:house>/change/", household_changes.change, name="household-change"),
    path("households/<uuid:house>/places/", household_changes.places, name="household-places"),
    path("households/<uuid:house>/move/", household_changes.move, name="household-move"),
    path("households/<uuid:house>/left/", household_changes.left, name="household-left"),
    path("households/<uuid:house>/back/", household_changes.back, name="household-back"),
    path("households/<uuid:house>/merge/", mergers.find, name="household-merge"),
    path("households/<uuid:house>/merge/<uuid:other>/", mergers.merge, name="household-merge-with"),
    path("households/<uuid:house>/unmerge/", mergers.unmerge, name="household-unmerge"),
    path("households/<uuid:house>/split/", mergers.split, name="household-split"),
    path("households/<uuid:house>/consent/", consents.new, name="consent-new"),
    path("consents/<uuid:entry>/correct/", consents.correct, name="consent-correct"),
    path("households/<uuid:house>/people/new/", residents.new, name="resident-new"),
    path("households/<uuid:house>/helper/new/", helper_links.new, name="helper-new"),
    path("helpers/<uuid:link>/change/", helper_links.change, name="helper-change"),
    path("residents/<uuid:person>/change/", residents.change, name="resident-change"),
    path("residents/<uuid:person>/left/", residents.left, name="resident-left"),
    path("residents/<uuid:person>/back/", residents.back, name="resident-back"),
    path("residents/<uuid:person>/move/", residents.find, name="resident-move"),
    path("residents/<uuid:person>/move/<uuid:house>/", residents.move, name="resident-move-to"),
    path("residents/<uuid:person>/merge/<uuid:other>/", mergers.merge_people, name="resident-merge-with"),
    path("residents/<uuid:person>/member/new/", members.new, name="member-new"),
    path("members/", members.members, name="members"),
    path("members/<uuid:member>/change/", members.change, name="member-change"),
    path("tray/", tray.tray, name="tray"),
    path("tray/township/", township.tray_township, name="tray-township"),
    path("tray/township/<uuid:entry>/", township.theirs, name="tray-theirs"),
    path("tray/township/<uuid:entry>/again/", township.again, name="tray-theirs-again"),
    path("tray/township/<uuid:entry>/let-go/", township.let_go, name="tray-theirs-let-go"),
    path("tray/township/<uuid:entry>/sides/", township.theirs_clash, name="tray-theirs-clash"),
    path("tray/<uuid:entry>/", settling.clash, name="clash"),
    path("tray/<uuid:entry>/again/", tray.again, name="tray-again"),
    path("tray/<uuid:entry>/let-go/", tray.let_go, name="tray-let-go"),
]
