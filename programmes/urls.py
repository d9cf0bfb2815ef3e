from django.urls import path

from programmes.views import (
    catalogue,
    entry,
    entry_cell,
    entry_json,
    flows,
    indicators,
    notifications,
    offline,
    progress,
    record,
    review,
    rounds,
    sheets,
    village,
    work,
)

REPORT = "figures/<slug:programme>/<int:year>/<str:code>/"
GRID = "work/<slug:programme>/<int:year>/<str:code>/"
SHEETS = f"{GRID}sheets/"
SHEET = f"{SHEETS}<int:pk>/"
PROGRESS = "progress/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", offline.tells_whose(work.work), name="work"),
    path("work/kept/", offline.tells_whose(offline.kept), name="kept"),
    path("work/worker.js", offline.worker, name="worker"),
    path("work/manifest.json", offline.manifest, name="manifest"),
    path(GRID, offline.tells_whose(entry.entry), name="entry"),
    path(f"{GRID}save/", entry_json.save, name="entry-save"),
    path(f"{GRID}submit/", entry_json.submit, name="entry-submit"),
    path(SHEETS, sheets.sheets, name="sheets"),
    path(f"{SHEETS}template.<str:form>", sheets.download, name="sheets-template"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}state/", sheets.state, name="sheet-state"),
    path(f"{SHEET}reasons/", sheets.reasons, name="sheet-reasons"),
    path(f"{SHEET}save/", sheets.save, name="sheet-save"),
    path(f"{SHEET}resume/", sheets.resume, name="sheet-resume"),
    path(f"{SHEET}delete/", sheets.delete, name="sheet-delete"),
    path(f"{SHEET}errors.xlsx", sheets.errors, name="sheet-errors"),
    path("villages/<int:year>/<str:code>/", village.village, name="village"),
    path("places/<int:pk>/records/", village.village_place, name="village-place"),
    path("programmes/", catalogue.catalogue, name="catalogue"),
    path("programmes/<slug:code>/", catalogue.programme, name="programme"),
    path(f"{GRID}indicators/", indicators.indicators_entry, name="indicators-entry"),
    path(f"{REPORT}indicators/", indicators.indicators, name="indicators"),
    path(f"{REPORT}indicators/table.csv", indicators.indicators_csv, name="indicators-csv"),
    path(f"{REPORT}flows/", flows.flows, name="flows"),
    path(f"{REPORT}flows/table.csv", flows.flows_csv, name="flows-csv"),
    path("review/", review.queue, name="review-queue"),
    path("review/<slug:programme>/<int:year>/<str:code>/", review.review_area, name="review-area"),
    path("records/<slug:programme>/<int:year>/<str:code>/", record.record, name="record"),
    path("progress/", progress.progress, name="progress"),
    path(PROGRESS, progress.progress_area, name="progress-area"),
    path(f"{PROGRESS}table.csv", progress.progress_csv, name="progress-csv"),
    path("overdue/<slug:programme>/<int:year>/", rounds.overdue, name="overdue"),
    path("extensions/<slug:programme>/<int:year>/", rounds.extensions, name="extensions"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_all, name="notifications-read"),
    path("notifications/<int:pk>/", notifications.open_notification, name="notification-open"),
    path(f"{GRID}cell/<int:area>/<slug:measure>/", entry_cell.cell, name="entry-cell"),
]
