from django.urls import path

from programmes.views import entry, work

GRID = "work/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", work.work, name="work"),
    path(GRID, entry.entry, name="entry"),
    path(f"{GRID}save/", entry.save, name="entry-save"),
    path(f"{GRID}submit/", entry.submit, name="entry-submit"),
]
