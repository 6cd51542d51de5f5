"""Addresses of craft villages, and of the support that producers get."""

from django.urls import path

from entities.views import calendars, guides, policies, villages, visits

app_name = "entities"
urlpatterns = [
    path("lang-nghe/", villages.villages, name="villages"),
    path("lang-nghe/<slug:code>/", villages.village, name="village"),
    path("ho-tro/", visits.visits, name="visits"),
    path("ho-tro/moi/", visits.visit_new, name="visit_new"),
    path("ho-tro/viec/", visits.agreed, name="agreed"),
    path("ho-tro/viec/<uuid:code>/xong/", visits.action_done, name="action_done"),
    path("ho-tro/viec/<uuid:code>/tep/", visits.action_evidence, name="action_evidence"),
    path("ho-tro/<uuid:code>/", visits.visit, name="visit"),
    path("ho-tro/<uuid:code>/sua/", visits.visit_edit, name="visit_edit"),
    path("ho-tro/<uuid:code>/ket-qua/", visits.visit_record, name="visit_record"),
    path("ho-tro/<uuid:code>/anh/", visits.visit_photos, name="visit_photos"),
    path("ho-tro/<uuid:code>/anh/<uuid:number>/", visits.visit_photo, name="visit_photo"),
    path("ho-tro/<uuid:code>/viec/", visits.action_new, name="action_new"),
    path("ho-tro/<uuid:code>/huy/", visits.visit_cancellation, name="visit_cancellation"),
    path("ho-tro/<uuid:code>/lich/", visits.visit_calendar, name="visit_calendar"),
    path("lich/", calendars.calendar, name="calendar"),
    path("lich/lien-ket/moi/", calendars.calendar_renewal, name="calendar_renewal"),
    path("lich/lien-ket/bo/", calendars.calendar_end, name="calendar_end"),
    path("lich/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("chinh-sach/", policies.policies, name="policies"),
    path("chinh-sach/moi/", policies.policy_new, name="policy_new"),
    path("chinh-sach/<slug:code>/", policies.policy, name="policy"),
    path("chinh-sach/<slug:code>/sua/", policies.policy_edit, name="policy_edit"),
    path("chinh-sach/<slug:code>/ho-tro/", policies.grant_new, name="grant_new"),
    path("ho-tro-da-nhan/", policies.grants, name="grants"),
    path("ho-tro-da-nhan/<uuid:code>/sua/", policies.grant_edit, name="grant_edit"),
    path("huong-dan/", guides.guides, name="guides"),
    path("huong-dan/moi/", guides.guide_new, name="guide_new"),
    path("huong-dan/<slug:code>/", guides.guide, name="guide"),
    path("huong-dan/<slug:code>/sua/", guides.guide_edit, name="guide_edit"),
    path("huong-dan/<slug:code>/ban/", guides.guide_versions, name="guide_versions"),
    path("huong-dan/<slug:code>/ban/<int:number>/", guides.guide_version, name="guide_version"),
    path("huong-dan/<slug:code>/danh-dau/", guides.guide_ticks, name="guide_ticks"),
    path("huong-dan/<slug:code>/tep/", guides.sample_new, name="sample_new"),
    path("huong-dan/<slug:code>/tep/<uuid:number>/", guides.sample, name="sample"),
    path("huong-dan/<slug:code>/tep/<uuid:number>/go/", guides.sample_removal, name="sample_removal"),
]
