"""Addresses of people: signing in and out, and their personal data."""

from django.urls import path

from accounts.views import acting, invitations, notices, people, privacy, requests, signing, trail

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing.login, name="login"),
    path("dang-xuat/", signing.logout, name="logout"),
    path("vai-tro/", acting.roles, name="roles"),
    path("vai-tro/chon/", acting.role_choice, name="role_choice"),
    path("thoi-nhin-qua/", acting.looking_end, name="looking_end"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/<str:username>/", people.person, name="person"),
    path("nguoi-dung/<str:username>/vai-tro/", people.charge_new, name="charge_new"),
    path("nguoi-dung/<str:username>/vai-tro/<int:number>/", people.charge_end, name="charge_end"),
    path("nguoi-dung/<str:username>/ban-giao/", people.handing_over, name="handing_over"),
    path("nguoi-dung/<str:username>/khoa/", people.closing, name="closing"),
    path("nguoi-dung/<str:username>/nhin-qua/", acting.looking, name="looking"),
    path("loi-moi/", invitations.invitations, name="invitations"),
    path("loi-moi/moi/", invitations.invitation_new, name="invitation_new"),
    path("loi-moi/<uuid:code>/", invitations.invitation, name="invitation"),
    path("loi-moi/<uuid:code>/thu-hoi/", invitations.invitation_withdrawal, name="invitation_withdrawal"),
    path("nhan-loi-moi/<str:token>/", invitations.joining, name="joining"),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/<str:kind>/<int:key>/", trail.trail_record, name="trail_record"),
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
    path("thong-bao/da-doc/", notices.notices_reading, name="notices_reading"),
    path("thong-bao/cai-dat/", notices.notice_settings, name="notice_settings"),
    path("thong-bao/<uuid:code>/mo/", notices.notice_opening, name="notice_opening"),
    path("thu-da-gui/", notices.letters, name="letters"),
    path("thu-da-gui/<uuid:code>/", notices.letter, name="letter"),
    path("thu-da-gui/<uuid:code>/gui-lai/", notices.letter_resending, name="letter_resending"),
]
