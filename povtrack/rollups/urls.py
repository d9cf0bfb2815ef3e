from django.urls import path

from povtrack.rollups import views

AREA = "figures/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.figures, name="figures"),
    path(AREA, views.figures_area, name="figures-area"),
    path(f"{AREA}table.csv", views.figures_csv, name="figures-csv"),
]
