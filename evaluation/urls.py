"""Addresses of cases, sheets and outcomes."""

from django.urls import path

from evaluation.views import cases, chair, outcomes, petitions, sheets

app_name = "evaluation"
urlpatterns = [
    path("ho-so/<slug:code>/kien-nghi/", petitions.petition_new, name="petition_new"),
    path("kien-nghi/<slug:code>/", petitions.petition, name="petition"),
    path("kien-nghi/<slug:code>/tra-loi/", petitions.petition_answer, name="petition_answer"),
    path("phien-danh-gia/", cases.cases, name="cases"),
    path("phien-danh-gia/dua-ra/", cases.admissions, name="admissions"),
    path("phien-danh-gia/dua-ra/<slug:code>/", cases.admission, name="admission"),
    path("phien-danh-gia/<slug:code>/", cases.case, name="case"),
    path("phien-danh-gia/<slug:code>/ho-so/", cases.dossier, name="dossier"),
    path("phien-danh-gia/<slug:code>/minh-chung/<uuid:number>/", cases.evidence, name="evidence"),
    path("phien-danh-gia/<slug:code>/tiep-nhan/", cases.forwarded_admission, name="forwarded_admission"),
    path("phien-danh-gia/<slug:code>/phieu/", sheets.sheet, name="sheet"),
    path("phien-danh-gia/<slug:code>/phieu/chon/", sheets.choices, name="choices"),
    path("phien-danh-gia/<slug:code>/phieu/loai/<str:where>/", sheets.strike, name="strike"),
    path("phien-danh-gia/<slug:code>/phieu/nop/", sheets.hand_in, name="hand_in"),
    path("phien-danh-gia/<slug:code>/mo-phieu/", chair.opening, name="opening"),
    path("phien-danh-gia/<slug:code>/so-sanh/", chair.comparison, name="comparison"),
    path("phien-danh-gia/<slug:code>/cham-lai/", chair.reopening, name="reopening"),
    path("phien-danh-gia/<slug:code>/ket-luan/", chair.conclusion, name="conclusion"),
    path("phien-danh-gia/<slug:code>/chuyen-cap-tren/", outcomes.forwarding, name="forwarding"),
    path("phien-danh-gia/<slug:code>/chuyen-cap-duoi/", outcomes.sending_down, name="sending_down"),
    path("phien-danh-gia/<slug:code>/quyet-dinh/", outcomes.decision, name="decision"),
    path("phien-danh-gia/<slug:code>/khep-lai/", outcomes.closing, name="closing"),
]
