"""The Celery application. With no broker configured its tasks run inline, after commit."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povtrack.settings")

app = Celery("povtrack", task_cls="povtrack.rollups.jobs.task:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
