"""Addresses of the year's plan and of the progress reports."""

from django.urls import path

from targets import views

app_name = "targets"
urlpatterns = [
    path("ke-hoach/", views.plans, name="plans"),
    path("ke-hoach/<int:year>/", views.plan, name="plan"),
    path("ke-hoach/<int:year>/chi-so/<slug:slug>/", views.indicator, name="indicator"),
    path("ke-hoach/<int:year>/dang-lam/<slug:slug>/", views.stage, name="stage"),
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/lap/", views.report_new, name="report_new"),
    path("bao-cao/<slug:code>/", views.report, name="report"),
    path("bao-cao/<slug:code>/<str:kind>/", views.report_file, name="report_file"),
]
