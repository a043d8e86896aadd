"""The addresses of slips; a slip is named by its serial, which tells nothing of anybody."""

from django.urls import path

from concerto.faces.desk.slips import cases, printing, serials, treated

urlpatterns = [
    path("slips/", serials.slips, name="slips"),
    path("slips/print/", printing.print_slips, name="slips-print"),
    path("slips/treated/", treated.treated, name="slips-treated"),
    path("slips/<int:serial>/", serials.one, name="slips-one"),
    path("slips/<int:serial>/lost/", serials.lost, name="slips-lost"),
    path("cases/<uuid:case>/slip/", cases.give, name="case-slip"),
    path("needs/<uuid:matter>/slip/", serials.give, name="slips-give"),
]
