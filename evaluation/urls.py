"""Addresses of cases, sheets and outcomes."""

from django.urls import path

from evaluation.views import advice, cases, chair, outcomes, paper, sheets, turns

app_name = "evaluation"
urlpatterns = [
    path("phien-danh-gia/", cases.cases, name="cases"),
    path("phien-danh-gia/dua-ra/", cases.admissions, name="admissions"),
    path("phien-danh-gia/dua-ra/<slug:code>/", cases.admission, name="admission"),
    path("phien-danh-gia/phieu-cua-toi/", cases.my_sheets, name="my_sheets"),
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
    path("phien-danh-gia/<slug:code>/do-chenh/", turns.spread_desk, name="spread_desk"),
    path("phien-danh-gia/<slug:code>/lich-su-diem/", turns.history, name="history"),
    path("phien-danh-gia/<slug:code>/cham-lai/", turns.reopening, name="reopening"),
    path("phien-danh-gia/<slug:code>/cham-lai/xac-nhan/", turns.turn_confirmation, name="turn_confirmation"),
    path("phien-danh-gia/<slug:code>/cham-lai/bo/", turns.turn_refusal, name="turn_refusal"),
    path("phien-danh-gia/<slug:code>/tu-van/", advice.advice, name="advice"),
    path("phien-danh-gia/<slug:code>/phieu-giay/", paper.paper_sheets, name="paper_sheets"),
    path("phien-danh-gia/<slug:code>/phieu-giay/<int:seat>/", paper.paper_entry, name="paper_entry"),
    path("phien-danh-gia/<slug:code>/ket-luan/", chair.conclusion, name="conclusion"),
    path("phien-danh-gia/<slug:code>/chuyen-cap-tren/", outcomes.forwarding, name="forwarding"),
    path("phien-danh-gia/<slug:code>/chuyen-cap-duoi/", outcomes.sending_down, name="sending_down"),
    path("phien-danh-gia/<slug:code>/quyet-dinh/", outcomes.decision, name="decision"),
    path("phien-danh-gia/<slug:code>/khep-lai/", outcomes.closing, name="closing"),
]
