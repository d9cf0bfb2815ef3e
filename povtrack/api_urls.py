"""The REST API, version 1. Programmes register themselves: one that is declared has its endpoints."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import DefaultRouter

from povtrack.lib.resources import NoSuchEndpoint
from povtrack.rollups.api import rollup_viewset
from programmes.api import ProgrammeViewSet, record_viewset
from programmes.registry import programmes
from villages.api import AreaViewSet


class Router(DefaultRouter):
    """Names its root `api-root`, and offers no format suffixes, which would double every address."""

    include_format_suffixes = False


router = Router()
router.register("areas", AreaViewSet, basename="api-area")
router.register("programmes", ProgrammeViewSet, basename="api-programme")
for model in programmes():
    router.register(f"records/{model.code}", record_viewset(model), basename=f"api-record-{model.code}")
    router.register(f"rollups/{model.code}", rollup_viewset(model), basename=f"api-rollup-{model.code}")

schema = SpectacularAPIView.as_view(permission_classes=[IsAuthenticated])
docs = SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/docs.html")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(router.urls)),
    path("schema/", schema, name="api-schema"),
    path("docs/", login_required(docs), name="api-docs"),
    re_path(r"^.*$", NoSuchEndpoint.as_view(), name="api-nowhere"),
]
