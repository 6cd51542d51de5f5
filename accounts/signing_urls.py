"""Addresses under the names that allauth looks for. Only what the portal offers: nobody signs up here."""

from django.urls import path

from accounts.views import account, factors, passwords, signing, single_sign_on

urlpatterns = [
    path("dang-nhap/", signing.login, name="account_login"),
    path("dang-nhap/ma/", factors.authenticate, name="mfa_authenticate"),
    path("dang-nhap/quen-mat-khau/", passwords.ask_reset, name="account_reset_password"),
    path("dang-nhap/quen-mat-khau/da-gui/", passwords.reset_sent, name="account_reset_password_done"),
    path(
        "dang-nhap/mat-khau-moi/<str:uid>/<str:token>/",
        passwords.set_new,
        name="account_reset_password_from_key",
    ),
    path("dang-nhap/he-thong/<slug:provider_id>/", single_sign_on.login, name="openid_connect_login"),
    path(
        "dang-nhap/he-thong/<slug:provider_id>/tra-loi/",
        single_sign_on.callback,
        name="openid_connect_callback",
    ),
    path("dang-xuat/", signing.logout, name="account_logout"),
    path("xac-nhan-lai/", factors.password_again, name="account_reauthenticate"),
    path("xac-nhan-lai/ma/", factors.code_again, name="mfa_reauthenticate"),
    path("xac-nhan-lai/khoa/", factors.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("tai-khoan/mat-khau/", passwords.change, name="account_change_password"),
    path("tai-khoan/phien/", account.sessions, name="usersessions_list"),
    path("tai-khoan/xac-nhan/", factors.index, name="mfa_index"),
    path("tai-khoan/xac-nhan/ung-dung/", factors.new_app, name="mfa_activate_totp"),
    path("tai-khoan/xac-nhan/ung-dung/o-vuong.png", factors.app_square, name="mfa_square"),
    path("tai-khoan/xac-nhan/ung-dung/bo/", factors.remove_app, name="mfa_deactivate_totp"),
    path("tai-khoan/xac-nhan/khoa-moi/", factors.new_passkey, name="mfa_add_webauthn"),
    path("tai-khoan/xac-nhan/khoa/<int:pk>/bo/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("tai-khoan/xac-nhan/ma-du-phong/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/xac-nhan/ma-du-phong/tao/",
        factors.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
