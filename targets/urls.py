"""Addresses of the year's plan and of the progress reports."""

from django.urls import path

from targets import plan_views, views

app_name = "targets"
urlpatterns = [
    path("ke-hoach/", views.plans, name="plans"),
    path("ke-hoach/moi/", plan_views.plan_new, name="plan_new"),
    path("ke-hoach/<int:year>/", views.plan, name="plan"),
    path("ke-hoach/<int:year>/van-ban/", plan_views.plan_file, name="plan_file"),
    path("ke-hoach/<int:year>/giao-chi-tieu/", plan_views.allocation, name="allocation"),
    path("ke-hoach/<int:year>/nhiem-vu/", plan_views.tasks, name="tasks"),
    path("ke-hoach/<int:year>/nhiem-vu/moi/", plan_views.task_new, name="task_new"),
    path("ke-hoach/<int:year>/chi-so/", plan_views.indicator_list, name="indicators"),
    path("ke-hoach/<int:year>/chi-so/<slug:slug>/", views.indicator, name="indicator"),
    path("ke-hoach/<int:year>/dang-lam/<slug:slug>/", views.stage, name="stage"),
    path("nhiem-vu/<slug:code>/", plan_views.task, name="task"),
    path("nhiem-vu/<slug:code>/sua/", plan_views.task_edit, name="task_edit"),
    path("nhiem-vu/<slug:code>/minh-chung/", plan_views.task_evidence, name="task_evidence"),
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/lap/", views.report_new, name="report_new"),
    path("bao-cao/<slug:code>/", views.report, name="report"),
    path("bao-cao/<slug:code>/<str:kind>/", views.report_file, name="report_file"),
]
