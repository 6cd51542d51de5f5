"""Addresses of people: signing in and out, and their personal data."""

from django.urls import path

from accounts.views import privacy, requests, signing

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
    path("du-lieu-ca-nhan/", privacy.register, name="register"),
    path("tai-khoan/du-lieu/", privacy.my_data, name="my_data"),
    path("tai-khoan/du-lieu/ban-sao/", privacy.my_data_copy, name="my_data_copy"),
    path("tai-khoan/du-lieu/ban-sao/<uuid:code>/", privacy.my_data_file, name="my_data_file"),
    path("tai-khoan/du-lieu/yeu-cau/", privacy.request_new, name="request_new"),
    path("tai-khoan/du-lieu/dong-y/", privacy.consent, name="consent"),
    path("tai-khoan/du-lieu/rut-dong-y/", privacy.consent_withdrawal, name="consent_withdrawal"),
    path("yeu-cau-du-lieu/", requests.data_requests, name="data_requests"),
    path("yeu-cau-du-lieu/<slug:code>/", requests.data_request, name="data_request"),
    path("yeu-cau-du-lieu/<slug:code>/tra-loi/", requests.request_answer, name="request_answer"),
    path("yeu-cau-du-lieu/<slug:code>/thuc-hien/", requests.request_fulfilment, name="request_fulfilment"),
    path("yeu-cau-du-lieu/<slug:code>/tu-choi/", requests.request_refusal, name="request_refusal"),
]
