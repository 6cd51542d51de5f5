"""Addresses of cases, sheets and outcomes."""

from django.urls import path

from evaluation.views import beyond, cases, chair, decisions, outcomes, papers, sheets

app_name = "evaluation"
urlpatterns = [
    path("phien-danh-gia/", cases.cases, name="cases"),
    path("phien-danh-gia/dua-ra/", cases.admissions, name="admissions"),
    path("phien-danh-gia/dua-ra/<slug:code>/", cases.admission, name="admission"),
    path("phien-danh-gia/giay-moi/", papers.invitation, name="invitation"),
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
    path("phien-danh-gia/<slug:code>/tra-lai/", beyond.returning, name="returning"),
    path("phien-danh-gia/<slug:code>/de-nghi-trung-uong/", beyond.proposing, name="proposing"),
    path("phien-danh-gia/<slug:code>/ket-qua-trung-uong/", beyond.central_result, name="central_result"),
    path("phien-danh-gia/<slug:code>/doi-chieu/", beyond.comparing, name="proof"),
    path("phien-danh-gia/<slug:code>/phieu-<int:seat>.<slug:form>", papers.sheet_paper, name="sheet_paper"),
    path("phien-danh-gia/<slug:code>/<slug:kind>.<slug:form>", papers.case_paper, name="case_paper"),
    path("giay-to/<slug:code>/<str:day>/<slug:kind>.<slug:form>", papers.day_paper, name="day_paper"),
    path("quyet-dinh/", decisions.drafts, name="drafts"),
    path("quyet-dinh/moi/", decisions.draft_new, name="draft_new"),
    path("quyet-dinh/<slug:code>/", decisions.draft, name="draft"),
    path("quyet-dinh/<slug:code>/sua/", decisions.draft_edit, name="draft_edit"),
    path("quyet-dinh/<slug:code>/phu-luc/", decisions.annex, name="annex"),
    path("quyet-dinh/<slug:code>/cong-bo/", decisions.release, name="release"),
    path("quyet-dinh/<slug:code>/bo/", decisions.withdrawal, name="draft_withdrawal"),
    path("quyet-dinh/<slug:code>/ban-quet/", decisions.scan, name="scan"),
    path("quyet-dinh/<slug:code>/ban-quet/tep/", decisions.scan_file, name="scan_file"),
    path("quyet-dinh/<slug:code>/<slug:kind>.<slug:form>", papers.draft_paper, name="draft_paper"),
]
