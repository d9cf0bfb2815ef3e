"""Every address of povtrack."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from povtrack import help as guides
from povtrack.health import Health, checks

# Admins sign in where everyone does, so that the lock-out holds for them too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("api/v1/", include("povtrack.api_urls")),
    path("", include("povtrack.rollups.urls")),
    path("", include("povtrack.exports.urls")),
    path("", include("funding.partner_urls")),
    path("", include("funding.urls")),
    path("", include("programmes.urls")),
    path("", include("villages.urls")),
    path("", include("povtrack.accounts.urls")),
    path("admin/", admin.site.urls),
    path("help/", guides.guides, name="help"),
    path("help/<slug:code>/", guides.guide, name="help-guide"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("health/", login_not_required(Health.as_view(checks=checks())), name="health"),
]
