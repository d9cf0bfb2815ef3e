from django.urls import path

from povtrack.exports import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/state/", views.exports_state, name="exports-state"),
    path("exports/new/", views.exports_new, name="exports-new"),
    path("exports/<int:pk>/", views.exports_do, name="exports-do"),
]
