"""Mounts the apps."""

from django.urls import include, path

from accounts.views import notices
from ocop_portal import crawlers, views

urlpatterns = [
    path("", views.home, name="home"),
    path("ban-lam-viec/", views.desk, name="desk"),
    path("thong-bao/", notices.notices, name="notices"),
    path("healthz", views.health, name="health"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", crawlers.sitemap_part, name="sitemap_part"),
    path("", include("accounts.signing_urls")),
    path("", include("accounts.urls")),
    path("", include("foundation.jobs.urls")),
    path("", include("foundation.files.urls")),
    path("", include("foundation.ui.urls")),
    path("", include("entities.urls")),
    path("", include("products.urls")),
    path("", include("evaluation.urls")),
    path("", include("promotion.urls")),
    path("", include("targets.urls")),
]

handler400 = "foundation.ui.errors.bad_request"
handler403 = "foundation.ui.errors.permission_denied"
handler404 = "foundation.ui.errors.page_not_found"
handler429 = "foundation.ui.errors.too_many_requests"  # asked for by allauth
handler500 = "foundation.ui.errors.server_error"
