"""The addresses of the mechanism: duties by the name they have for ever."""

from django.urls import path

from concerto.faces.desk.mechanism import answering, days, pages, proposing

urlpatterns = [
    path("mechanism/", pages.mechanism, name="mechanism"),
    path("mechanism/duties/<slug:duty>/", pages.duty, name="duty"),
    path("mechanism/duties/<slug:duty>/propose/", proposing.propose, name="duty-propose"),
    path("mechanism/proposals/<uuid:proposal>/", answering.proposal, name="proposal"),
    path("mechanism/days/", days.days, name="mechanism-days"),
    path("mechanism/days/new/", days.days_new, name="days-new"),
]
