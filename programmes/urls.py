from django.urls import path

from programmes.views import entry, entry_cell, entry_json, offline, work

GRID = "work/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", offline.tells_whose(work.work), name="work"),
    path("work/kept/", offline.tells_whose(offline.kept), name="kept"),
    path("work/worker.js", offline.worker, name="worker"),
    path("work/manifest.json", offline.manifest, name="manifest"),
    path(GRID, offline.tells_whose(entry.entry), name="entry"),
    path(f"{GRID}save/", entry_json.save, name="entry-save"),
    path(f"{GRID}submit/", entry_json.submit, name="entry-submit"),
    path(f"{GRID}cell/<int:area>/<slug:measure>/", entry_cell.cell, name="entry-cell"),
]
