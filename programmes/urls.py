from django.urls import path

from programmes.views import catalogue, entry, entry_json, village, work

GRID = "work/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", work.work, name="work"),
    path(GRID, entry.entry, name="entry"),
    path(f"{GRID}save/", entry_json.save, name="entry-save"),
    path(f"{GRID}submit/", entry_json.submit, name="entry-submit"),
    path("villages/<int:year>/<str:code>/", village.village, name="village"),
    path("places/<int:pk>/records/", village.village_place, name="village-place"),
    path("programmes/", catalogue.catalogue, name="catalogue"),
    path("programmes/<slug:code>/", catalogue.programme, name="programme"),
]
