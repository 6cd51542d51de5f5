"""Addresses of one's own account, and of what officers do for others' accounts."""

from django.urls import path

from accounts.views import account, factors, signing

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/ma-trinh-dien/", signing.demo_codes, name="demo_codes"),
    path("tai-khoan/", account.profile, name="profile"),
    path("tai-khoan/thu-dien-tu/", account.email, name="email"),
    path("tai-khoan/thu-dien-tu/<str:token>/", account.email_confirmation, name="email_confirmation"),
    path("tai-khoan/phien/ket-thuc/", account.other_sessions_end, name="other_sessions_end"),
    path("tai-khoan/phien/<int:number>/ket-thuc/", account.session_end, name="session_end"),
    path("nguoi-dung/<str:username>/ket-thuc-phien/", account.person_sessions_end, name="end_sessions"),
    path("mat-thiet-bi/", factors.resets, name="factor_resets"),
    path("mat-thiet-bi/<int:number>/xac-nhan/", factors.reset_confirmation, name="factor_reset_confirm"),
    path("mat-thiet-bi/<int:number>/khong-dong-y/", factors.reset_refusal, name="factor_reset_decline"),
]
