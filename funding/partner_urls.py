"""Addresses of the pages about partners, whom they help, and foreign projects."""

from django.urls import path

from funding.views import pairings, partner_totals, partners, projects, reports

TOTALS = "funds/partners/totals/<int:year>/<str:code>/"
AREA = "funds/pairings/area/<int:year>/<str:code>/"
PAIRING = "funds/pairings/<int:pk>/"

urlpatterns = [
    path("funds/partners/", partners.partners, name="partners"),
    path("funds/partners/new/", partners.partner_new, name="partner-new"),
    path("funds/partners/<int:pk>/", partners.partner, name="partner"),
    path("funds/partners/<int:pk>/edit/", partners.partner_edit, name="partner-edit"),
    path("funds/partners/totals/", partner_totals.newest, name="partner-totals-newest"),
    path(TOTALS, partner_totals.totals, name="partner-totals"),
    path(f"{TOTALS}table.csv", partner_totals.totals_csv, name="partner-totals-csv"),
    path(AREA, pairings.pairings, name="pairings"),
    path(f"{AREA}new/", pairings.pairing_new, name="pairing-new"),
    path(PAIRING, pairings.pairing, name="pairing"),
    path(f"{PAIRING}edit/", pairings.pairing_edit, name="pairing-edit"),
    path(f"{PAIRING}remove/", pairings.pairing_remove, name="pairing-remove"),
    path(f"{PAIRING}report/<int:year>/", reports.report, name="pairing-report"),
    path("funds/projects/", projects.projects, name="projects"),
    path("funds/projects/new/", projects.project_new, name="project-new"),
    path("funds/projects/<int:pk>/", projects.project, name="project"),
    path("funds/projects/<int:pk>/book/", projects.project_book, name="project-book"),
    path("funds/projects/<int:pk>/edit/", projects.project_edit, name="project-edit"),
]
