"""Addresses of signing in and out."""

from django.urls import path

from accounts.views import signing, trail

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/<str:kind>/<int:key>/", trail.trail_record, name="trail_record"),
]
