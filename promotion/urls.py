"""Addresses of trade-promotion events."""

from django.urls import path

from promotion import views

app_name = "promotion"
urlpatterns = [
    path("su-kien/", views.events, name="events"),
    path("su-kien/<slug:code>/", views.event, name="event"),
]
