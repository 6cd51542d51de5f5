"""Addresses of signing in and out."""

from django.urls import path

from accounts.views import signing

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
]
