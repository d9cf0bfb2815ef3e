from django.urls import path

from povtrack.rollups import designated_page, views

AREA = "figures/<slug:programme>/<int:year>/<str:code>/"
LIST = "figures/<slug:programme>/<int:year>/designation/<slug:code>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.figures, name="figures"),
    path(AREA, views.figures_area, name="figures-area"),
    path("figures/designation/<slug:code>/", designated_page.designation_newest, name="figures-designation-newest"),
    path(LIST, designated_page.designation_figures, name="figures-designation"),
    path(f"{LIST}table.csv", designated_page.designation_csv, name="figures-designation-csv"),
    path(f"{AREA}table.csv", views.figures_csv, name="figures-csv"),
]
