"""Addresses of ideas, dossiers and the public catalogue."""

from django.urls import include, path

from products.views import channels, dossiers, evidence_files, ideas, public, self_scores, support

app_name = "products"
more_evidence = [
    path("", evidence_files.evidence_files, name="evidence_files"),
    path("dia-chi/", evidence_files.evidence_address, name="evidence_address"),
    path("ghep/", evidence_files.evidence_joining, name="evidence_joining"),
    path("<int:row>/bo/", evidence_files.evidence_file_removal, name="evidence_file_removal"),
    path("<uuid:file>/", evidence_files.evidence_pages, name="evidence_pages"),
    path("<uuid:file>/trang/<int:page>/", evidence_files.evidence_page, name="evidence_page"),
    path("<uuid:file>/tai-ve/", evidence_files.evidence_download, name="evidence_download"),
]
urlpatterns = [
    path("y-tuong/", ideas.ideas, name="ideas"),
    path("y-tuong/moi/", ideas.idea_new, name="idea_new"),
    path("y-tuong/<slug:code>/", ideas.idea, name="idea"),
    path("y-tuong/<slug:code>/sua/", ideas.idea_edit, name="idea_edit"),
    path("y-tuong/<slug:code>/anh/", ideas.idea_photo, name="idea_photo"),
    path("y-tuong/<slug:code>/gui/", ideas.idea_submission, name="idea_submission"),
    path("y-tuong/<slug:code>/chap-nhan/", ideas.idea_acceptance, name="idea_acceptance"),
    path("y-tuong/<slug:code>/tra-lai/", ideas.idea_return, name="idea_return"),
    path("y-tuong/<slug:code>/rut/", ideas.idea_withdrawal, name="idea_withdrawal"),
    path("y-tuong/<slug:code>/ho-tro/", support.idea_visit_new, name="idea_visit_new"),
    path("chu-the/<slug:code>/ho-tro/", support.entity_support, name="entity_support"),
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/<slug:code>/", dossiers.dossier, name="dossier"),
    path("ho-so/<slug:code>/dang-ky/", dossiers.registration, name="registration"),
    path("ho-so/<slug:code>/tu-danh-gia/", self_scores.self_score, name="self_score"),
    path("ho-so/<slug:code>/tu-danh-gia/chon/", self_scores.choices, name="choices"),
    path("ho-so/<slug:code>/minh-chung/", self_scores.evidence_new, name="evidence_new"),
    path("ho-so/<slug:code>/minh-chung/<uuid:number>/", self_scores.evidence_file, name="evidence_file"),
    path(
        "ho-so/<slug:code>/minh-chung/<uuid:number>/bo/",
        self_scores.evidence_removal,
        name="evidence_removal",
    ),
    path("ho-so/<slug:code>/goi-tep/", evidence_files.dossier_bundle, name="dossier_bundle"),
    path("ho-so/<slug:code>/minh-chung/<uuid:number>/tep-kem/", include(more_evidence)),
    path("ho-so/<slug:code>/nop/", dossiers.submission, name="submission"),
    path("ho-so/<slug:code>/tiep-nhan/", dossiers.acceptance, name="acceptance"),
    path("ho-so/<slug:code>/tra-lai/", dossiers.dossier_return, name="return"),
    path("ho-so/<slug:code>/rut/", dossiers.dossier_withdrawal, name="dossier_withdrawal"),
    path("kenh-ban-hang/<slug:code>/san-pham/", channels.carried_new, name="carried_new"),
    path(
        "kenh-ban-hang/<slug:code>/san-pham/<slug:product>/ngung/",
        channels.carried_ending,
        name="carried_ending",
    ),
    path("san-pham/", public.catalogue, name="catalogue"),
    path("san-pham/<slug:code>/", public.product, name="public"),
    path("san-pham/<slug:code>/anh/", public.photo, name="photo"),
    path("san-pham/<slug:code>/ho-so/", dossiers.dossier_opening, name="dossier_opening"),
    path("giay-chung-nhan/<slug:token>/", public.certificate, name="certificate"),
    path("giay-chung-nhan/<slug:token>/tep/", public.certificate_file, name="certificate_file"),
]
