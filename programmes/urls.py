from django.urls import path

from programmes.views import entry, entry_json, work

GRID = "work/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", work.work, name="work"),
    path(GRID, entry.entry, name="entry"),
    path(f"{GRID}save/", entry_json.save, name="entry-save"),
    path(f"{GRID}submit/", entry_json.submit, name="entry-submit"),
]
