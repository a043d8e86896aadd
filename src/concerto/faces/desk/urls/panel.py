"""The addresses of the panel of mediators."""

from django.urls import path

from concerto.faces.desk.panel import listed, writing

urlpatterns = [
    path("panel/", listed.panel, name="panel"),
    path("panel/<uuid:unit>/new/", writing.new, name="panel-new"),
    path("panel/lines/<uuid:panel_member>/", writing.change, name="panel-change"),
]
