"""The addresses of rounds, of deeds and wishes, and of the table of the four ones."""

from django.urls import path

from concerto.faces.desk.four_ones import deeds, table, wishes
from concerto.faces.desk.rounds import houses, rounds

urlpatterns = [
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/<uuid:round>/", rounds.round_page, name="round"),
    path("rounds/<uuid:round>/stop/", rounds.stop, name="round-stop"),
    path("rounds/<uuid:round>/<uuid:village>/", houses.houses, name="round-houses"),
    path("deeds/new/<uuid:village>/", deeds.new, name="deed-new"),
    path("households/<uuid:house>/wish/", wishes.wish, name="wish"),
    path("four-ones/", table.four_ones, name="four-ones"),
    path("four-ones/file/", table.four_ones_file, name="four-ones-file"),
]
