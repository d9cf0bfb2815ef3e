from django.urls import path

from povtrack.rollups import designated_page, views
from povtrack.rollups.explain.views import explain
from povtrack.rollups.funds import views as funds
from povtrack.rollups.jobs import page
from povtrack.rollups.releases import compare_views
from povtrack.rollups.releases import views as releases
from povtrack.rollups.white_paper.page import decade, decade_csv

AREA = "figures/<slug:programme>/<int:year>/<str:code>/"
LIST = "figures/<slug:programme>/<int:year>/designation/<slug:code>/"

RELEASE = "figures/releases/<slug:name>/"

FUNDS = "funds/figures/<int:year>/<str:code>/"
RECONCILIATION = "funds/reconciliation/<int:year>/<str:code>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("status/", page.status, name="status"),
    path("jobs/", page.jobs, name="jobs"),
    path("jobs/do/", page.do, name="jobs-do"),
    path("figures/", views.figures, name="figures"),
    path("figures/decade/", decade, name="decade"),
    path("figures/decade/table.csv", decade_csv, name="decade-csv"),
    path("figures/explain/", explain, name="explain"),
    path("figures/releases/", releases.releases, name="releases"),
    path("figures/releases/new/", releases.release_new, name="release-new"),
    path(RELEASE, releases.release, name="release"),
    path(f"{RELEASE}state/", releases.release_state, name="release-state"),
    path(f"{RELEASE}again/", releases.release_again, name="release-again"),
    path(f"{RELEASE}publish/", releases.release_publish, name="release-publish"),
    path(f"{RELEASE}withdraw/", releases.release_withdraw, name="release-withdraw"),
    path(f"{RELEASE}table.csv", releases.release_csv, name="release-csv"),
    path(f"{RELEASE}compare/", compare_views.release_compare, name="release-compare"),
    path(f"{RELEASE}why/", compare_views.release_why, name="release-why"),
    path(AREA, views.figures_area, name="figures-area"),
    path("figures/designation/<slug:code>/", designated_page.designation_newest, name="figures-designation-newest"),
    path(LIST, designated_page.designation_figures, name="figures-designation"),
    path(f"{LIST}table.csv", designated_page.designation_csv, name="figures-designation-csv"),
    path(FUNDS, funds.fund_figures, name="fund-figures"),
    path(f"{FUNDS}table.csv", funds.fund_figures_csv, name="fund-figures-csv"),
    path(RECONCILIATION, funds.fund_reconciliation, name="fund-reconciliation"),
    path(f"{RECONCILIATION}table.csv", funds.fund_reconciliation_csv, name="fund-reconciliation-csv"),
    path(f"{AREA}table.csv", views.figures_csv, name="figures-csv"),
]
