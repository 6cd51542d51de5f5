"""Addresses of signing in and out, of units and of records that wait for one."""

from django.urls import path

from accounts.views import areas, placements, signing

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
    path("dia-ban/tim/", areas.area_search, name="area_search"),
    path("dia-ban/cho-xac-dinh/", placements.waiting, name="waiting"),
    path("dia-ban/cho-xac-dinh/<slug:slug>/", placements.waiting_from, name="waiting_from"),
    path("dia-ban/cho-xac-dinh/<slug:slug>/xac-dinh/", placements.placement, name="placement"),
]
