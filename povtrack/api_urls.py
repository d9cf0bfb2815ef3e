"""The REST API, version 1. Programmes register themselves: one that is declared has its endpoints."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.renderers import OpenApiYamlRenderer, OpenApiYamlRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import DefaultRouter

from funding.api import (
    AdjustmentViewSet,
    AllocationViewSet,
    AttachmentViewSet,
    FundSourceViewSet,
    PaymentViewSet,
)
from funding.partner_totals_api import PartnerTotalViewSet
from funding.partners_api import (
    ForeignProjectViewSet,
    PairingReportViewSet,
    PairingViewSet,
    PartnerViewSet,
)
from povtrack.accounts.api import MeViewSet
from povtrack.exports.api import ExportViewSet
from povtrack.lib.rest.generator import OnceGenerator, SchemaJson, SchemaOpenApi
from povtrack.lib.rest.problems_api import ProblemKindViewSet
from povtrack.lib.rest.resources import NoSuchEndpoint
from povtrack.mirrors.api import FeedViewSet
from povtrack.rollups.api import rollup_viewset
from povtrack.rollups.designated_api import designated_viewset
from povtrack.rollups.explain.api import ExplainViewSet
from povtrack.rollups.funds.api import FundTotalViewSet, ReconciliationViewSet
from povtrack.rollups.jobs.api import JobViewSet
from povtrack.rollups.observations_api import ObservationViewSet
from povtrack.rollups.releases.api import ReleaseViewSet
from programmes.api import ProgrammeViewSet, record_viewset
from programmes.flows_api import FlowViewSet
from programmes.indicators_api import IndicatorFigureViewSet, IndicatorViewSet
from programmes.progress_api import ProgressViewSet
from programmes.registry import programmes
from programmes.rounds_api import RoundViewSet
from villages.api import AreaViewSet
from villages.changes_api import ChangeViewSet
from villages.designations.api import DesignationViewSet


class Router(DefaultRouter):
    """Names its root `api-root`, and offers no format suffixes, which would double every address."""

    include_format_suffixes = False


router = Router()
router.register("me", MeViewSet, basename="api-me")
router.register("areas", AreaViewSet, basename="api-area")
router.register("changes", FeedViewSet, basename="api-change")
router.register("boundary-changes", ChangeViewSet, basename="api-boundarychange")
router.register("designations", DesignationViewSet, basename="api-designation")
router.register("exports", ExportViewSet, basename="api-export")
router.register("explain", ExplainViewSet, basename="api-explain")
router.register("releases", ReleaseViewSet, basename="api-release")
router.register("programmes", ProgrammeViewSet, basename="api-programme")
router.register("rounds", RoundViewSet, basename="api-round")
router.register("progress", ProgressViewSet, basename="api-progress")
router.register("jobs", JobViewSet, basename="api-job")
router.register("flows", FlowViewSet, basename="api-flow")
router.register("indicators", IndicatorViewSet, basename="api-indicator")
router.register("indicator-figures", IndicatorFigureViewSet, basename="api-indicatorfigure")
router.register("observations", ObservationViewSet, basename="api-observation")
router.register("fund-totals", FundTotalViewSet, basename="api-fundtotal")
router.register("reconciliation", ReconciliationViewSet, basename="api-reconciliation")
router.register("fund-sources", FundSourceViewSet, basename="api-fundsource")
router.register("allocations", AllocationViewSet, basename="api-allocation")
router.register("adjustments", AdjustmentViewSet, basename="api-adjustment")
router.register("payments", PaymentViewSet, basename="api-payment")
router.register("attachments", AttachmentViewSet, basename="api-attachment")
router.register("partners", PartnerViewSet, basename="api-partner")
router.register("partner-totals", PartnerTotalViewSet, basename="api-partnertotal")
router.register("pairings", PairingViewSet, basename="api-pairing")
router.register("pairing-reports", PairingReportViewSet, basename="api-pairingreport")
router.register("foreign-projects", ForeignProjectViewSet, basename="api-foreignproject")
router.register("problems", ProblemKindViewSet, basename="api-problem")
for model in programmes():
    router.register(f"records/{model.code}", record_viewset(model), basename=f"api-record-{model.code}")
    totals = rollup_viewset(model)
    router.register(f"rollups/{model.code}", totals, basename=f"api-rollup-{model.code}")
    totals_of_lists = designated_viewset(model, totals.serializer_class)
    router.register(f"designated/{model.code}", totals_of_lists, basename=f"api-designated-{model.code}")

# JSON unless YAML is asked for: of a description of this size it is written, and read, twenty times as quickly.
schema = SpectacularAPIView.as_view(
    permission_classes=[IsAuthenticated],
    generator_class=OnceGenerator,
    renderer_classes=[SchemaOpenApi, SchemaJson, OpenApiYamlRenderer, OpenApiYamlRenderer2],
)
docs = SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api/docs.html")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(router.urls)),
    path("schema/", schema, name="api-schema"),
    path("docs/", login_required(docs), name="api-docs"),
    re_path(r"^[\s\S]*$", NoSuchEndpoint.as_view(), name="api-nowhere"),
]
