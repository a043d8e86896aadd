"""The addresses of the township's year, a branch's year, a handover, and one's own calendar."""

from django.urls import path

from concerto.faces.desk.board import board, branch_year, handover, my_calendar

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/file/", board.board_file, name="board-file"),
    path("branches/", branch_year.branch_years, name="branch-years"),
    path("branches/<uuid:branch>/year/", branch_year.branch_year, name="branch-year"),
    path("handovers/<uuid:posting_id>/", handover.handover, name="handover"),
    path("me/calendar/", my_calendar.my_calendar, name="my-calendar"),
    path("me/calendar/end/", my_calendar.my_calendar_end, name="my-calendar-end"),
]
