from django.urls import path

from programmes.views import entry, entry_json, notifications, progress, record, review, rounds, work

GRID = "work/<slug:programme>/<int:year>/<str:code>/"
PROGRESS = "progress/<slug:programme>/<int:year>/<str:code>/"

urlpatterns = [
    path("work/", work.work, name="work"),
    path(GRID, entry.entry, name="entry"),
    path(f"{GRID}save/", entry_json.save, name="entry-save"),
    path(f"{GRID}submit/", entry_json.submit, name="entry-submit"),
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
]
