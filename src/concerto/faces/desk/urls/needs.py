"""The addresses of needs, and of the one list of needs and cases; nothing in them names anybody."""

from django.urls import path

from concerto.faces.desk import open_list
from concerto.faces.desk.needs import board, merging, need, numbers, paper, steps, telling

urlpatterns = [
    path("open/", open_list.open_list, name="open-list"),
    path("needs/", board.board, name="needs"),
    path("needs/numbers/", numbers.numbers, name="needs-numbers"),
    path("needs/numbers/file/", numbers.file, name="needs-numbers-file"),
    path("needs/<uuid:need>/", need.need, name="need"),
    path("needs/<uuid:need>/words/<digest:digest>/", need.need_words, name="need-words"),
    path("needs/<uuid:need>/paper/", paper.paper, name="need-paper"),
    path("needs/<uuid:need>/same/", merging.find, name="need-merge"),
    path("needs/<uuid:need>/same/<uuid:other>/", merging.merge, name="need-merge-with"),
    path("needs/<uuid:need>/correct/", telling.correct, name="need-correct"),
    path("needs/<uuid:need>/<slug:act>/", steps.step, name="need-step"),
    path("households/<uuid:house>/need/", telling.new, name="need-new"),
]
