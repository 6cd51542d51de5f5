"""Addresses of signing in and out, of notices and of letters."""

from django.urls import path

from accounts.views import notices, signing

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
    path("thong-bao/da-doc/", notices.notices_reading, name="notices_reading"),
    path("thong-bao/cai-dat/", notices.notice_settings, name="notice_settings"),
    path("thong-bao/<uuid:code>/mo/", notices.notice_opening, name="notice_opening"),
    path("thu-da-gui/", notices.letters, name="letters"),
    path("thu-da-gui/<uuid:code>/", notices.letter, name="letter"),
    path("thu-da-gui/<uuid:code>/gui-lai/", notices.letter_resending, name="letter_resending"),
]
