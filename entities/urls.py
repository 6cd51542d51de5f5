"""Addresses of craft villages."""

from django.urls import path

from entities import views

app_name = "entities"
urlpatterns = [
    path("lang-nghe/", views.villages, name="villages"),
    path("lang-nghe/<slug:code>/", views.village, name="village"),
]
