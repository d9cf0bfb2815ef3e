from django.urls import path

from villages.views import places

urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/<int:pk>/", places.place, name="place"),
]
