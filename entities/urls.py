"""Addresses of craft villages."""

from django.urls import path

from entities.views import villages

app_name = "entities"
urlpatterns = [
    path("lang-nghe/", villages.villages, name="villages"),
    path("lang-nghe/<slug:code>/", villages.village, name="village"),
]
