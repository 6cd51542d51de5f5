"""Addresses of the null pages."""

from django.contrib.auth.views import LoginView
from django.urls import path

from bench.null import views

urlpatterns = [
    path("", views.plain, name="plain"),
    path("rows/", views.rows, name="rows"),
    path("form/", views.form, name="form"),
    path("login/", LoginView.as_view(template_name="page.html"), name="login"),
]
