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
    path("bao-cao/ptnt-ocop/<int:year>/<str:kind>/", views.ministry_table, name="ministry_table"),
    path("bao-cao/<slug:code>/", views.report, name="report"),
    path("bao-cao/<slug:code>/loi-van/", views.report_texts, name="report_texts"),
    path("bao-cao/<slug:code>/ky/", views.report_signing, name="report_signing"),
    path("bao-cao/<slug:code>/gui/", views.report_sending, name="report_sending"),
    path("bao-cao/<slug:code>/chay-lai/", views.report_again, name="report_again"),
    path("bao-cao/<slug:code>/<str:kind>/", views.report_file, name="report_file"),
]
