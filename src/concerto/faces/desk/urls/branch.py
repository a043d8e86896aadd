"""The addresses of recording what a branch does."""

from django.urls import path

from concerto.faces.desk.branch import meetings, minutes, pages

urlpatterns = [
    path("own-study/new/", pages.own_study_new, name="own-study-new"),
    path("branches/<uuid:branch>/study/new/", pages.study_new, name="study-new"),
    path("branches/<uuid:branch>/talks/new/", pages.talk_new, name="talk-new"),
    path("branches/<uuid:branch>/meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<uuid:entry>/correct/", meetings.meeting_correct, name="meeting-correct"),
    path("meetings/<uuid:entry>/minutes/", minutes.minutes, name="minutes"),
    path("branches/entries/<uuid:entry>/correct/", pages.branch_correct, name="branch-correct"),
]
