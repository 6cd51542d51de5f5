"""Addresses of jobs."""

from django.urls import path

from foundation.jobs import views

app_name = "jobs"
urlpatterns = [
    path("viec-nen/", views.jobs, name="jobs"),
    path("viec-nen/<uuid:code>/", views.job, name="job"),
]
