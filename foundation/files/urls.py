"""Addresses of files on their way."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from foundation.files import views


class ByteConverter(IntConverter):
    """A place in a file: short enough for any number of bytes."""

    regex = "[0-9]{1,12}"


register_converter(ByteConverter, "byte")

app_name = "files"
urlpatterns = [
    path("tep-len/", views.begin, name="begin"),
    path("tep-len/<uuid:code>/", views.upload, name="upload"),
    path("tep-len/<uuid:code>/tu/<byte:start>/", views.piece, name="piece"),
    path("tep-len/<uuid:code>/xong/", views.finish, name="finish"),
    path("tep-len/<uuid:code>/bo/", views.discard, name="discard"),
    path("goi-tep/<uuid:code>/", views.bundle, name="bundle"),
]
