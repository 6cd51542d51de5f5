"""Addresses of sales channels, strengthening and craft villages."""

from django.urls import path

from entities.views import channels, strengthening, villages

app_name = "entities"
urlpatterns = [
    path("kenh-ban-hang/", channels.channels, name="channels"),
    path("kenh-ban-hang/<slug:code>/", channels.channel, name="channel"),
    path("kenh-ban-hang/<slug:code>/sua/", channels.channel_edit, name="channel_edit"),
    path("kenh-ban-hang/<slug:code>/ket-thuc/", channels.channel_ending, name="channel_ending"),
    path("kenh-ban-hang/<slug:code>/bo/", channels.channel_strike, name="channel_strike"),
    path("kenh-ban-hang/<slug:code>/minh-chung/", channels.channel_evidence, name="channel_evidence"),
    path("chu-the/<slug:code>/kenh-ban-hang/", channels.producer_channels, name="producer_channels"),
    path("chu-the/<slug:code>/kenh-ban-hang/moi/", channels.channel_new, name="channel_new"),
    path("chu-the/<slug:code>/cung-co/moi/", strengthening.strengthening_new, name="strengthening_new"),
    path("cung-co/", strengthening.strengthenings, name="strengthenings"),
    path("cung-co/<slug:code>/", strengthening.strengthening, name="strengthening"),
    path("cung-co/<slug:code>/sua/", strengthening.strengthening_edit, name="strengthening_edit"),
    path("cung-co/<slug:code>/bo/", strengthening.strengthening_strike, name="strengthening_strike"),
    path(
        "cung-co/<slug:code>/minh-chung/", strengthening.strengthening_evidence, name="strengthening_evidence"
    ),
    path("lang-nghe/", villages.villages, name="villages"),
    path("lang-nghe/so/", villages.village_book, name="village_book"),
    path("lang-nghe/moi/", villages.village_new, name="village_new"),
    path("lang-nghe/<slug:code>/", villages.village, name="village"),
    path("lang-nghe/<slug:code>/so/", villages.village_record, name="village_record"),
    path("lang-nghe/<slug:code>/sua/", villages.village_edit, name="village_edit"),
    path("lang-nghe/<slug:code>/cong-nhan/", villages.village_recognition, name="village_recognition"),
    path("lang-nghe/<slug:code>/thu-hoi/", villages.village_withdrawal, name="village_withdrawal"),
    path("lang-nghe/<slug:code>/anh/moi/", villages.village_photo_new, name="village_photo_new"),
    path("lang-nghe/<slug:code>/anh/<uuid:number>/", villages.village_photo, name="village_photo"),
    path(
        "lang-nghe/<slug:code>/anh/<uuid:number>/bo/",
        villages.village_photo_removal,
        name="village_photo_removal",
    ),
]
