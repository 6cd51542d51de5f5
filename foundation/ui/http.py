"""Three kinds of view, each marked by one word; and how a deed answers.

``@page`` shows (and cannot write), ``@form_page`` shows and takes a form, ``@deed`` only does.
"""

import functools
import logging
import re
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connections
from django.forms import CharField, PasswordInput
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

log = logging.getLogger("portal.http")

READS = re.compile(
    r"[\s(]*(SELECT|WITH|VALUES|SHOW|EXPLAIN|DECLARE|FETCH|CLOSE|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b",
    re.IGNORECASE,
)
WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|INTO|NEXTVAL|SETVAL)\b", re.IGNORECASE)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")  # names and texts inside quotes are not commands
LOCKS = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b", re.IGNORECASE)
COLLISION = (
    "Dữ liệu này trùng với dữ liệu đã có hoặc vừa được người khác thay đổi. Hãy tải lại trang rồi thử lại."
)
CLOSED = "Phần này không mở để bạn sửa: trạng thái đã đổi, hoặc việc này thuộc người khác."
SAFE_INLINE = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


class WriteRefused(RuntimeError):
    """A view marked @page tried to change the database."""


def is_reading(sql):
    """Whether this statement leaves the database as it was."""
    text = LOCKS.sub(" ", QUOTED.sub("", str(sql)))
    return bool(READS.match(text)) and not WRITES.search(text) and ";" not in text.rstrip("; \n\t")


def refuse_writes(execute, sql, params, many, context):
    """A wrapper around every statement of one view."""
    if many or not is_reading(sql):
        raise WriteRefused(f"A view marked @page may not write: {str(sql)[:120]}")
    return execute(sql, params, many, context)


@contextmanager
def reading(connection):
    """Inside, the connection refuses to write. First in the row: judges what was asked, not what others make of it."""
    connection.execute_wrappers.insert(0, refuse_writes)
    try:
        yield
    finally:
        connection.execute_wrappers.remove(refuse_writes)


def reading_only(view):
    """Call the view while every database connection refuses to write."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(reading(connection))
            return view(request, *args, **kwargs)

    return wrapped


def private(view):
    """What a signed-in person sees is kept by no cache, neither the browser's nor anybody else's."""

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if not wrapped.public or (getattr(request, "_cached_user", None) and request.user.is_authenticated):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return wrapped


def kind_of_view(kind, methods, *, guard=None):
    """The decorator for one kind of view; usable bare or as ``@page(public=True)``."""

    def mark(view=None, *, public=False):
        if view is None:
            return functools.partial(mark, public=public)
        wrapped = require_http_methods(list(methods))(private(guard(view) if guard else view))
        inner = wrapped.__wrapped__
        for marked in (wrapped, inner):
            marked.kind, marked.methods, marked.public = kind, methods, public
        return login_not_required(wrapped) if public else wrapped

    mark.__doc__ = f"Mark a view as a {kind}: it answers {', '.join(methods)}."
    return mark


page = kind_of_view("page", ("GET", "HEAD"), guard=reading_only)
form_page = kind_of_view("form_page", ("GET", "HEAD", "POST"))
deed = kind_of_view("deed", ("POST",))


def perform(request, action, subject, *, done, goes_to=None, **details):
    """Run one deed for the signed-in user, say how it went, go back to its subject (or to ``goes_to``).

    A refusal by the domain becomes a message; PermissionDenied is left to become 403.
    """
    try:
        action(subject, by=request.user, **details)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except IntegrityError:
        log.warning("collision in %s", getattr(action, "__name__", action), exc_info=True)
        messages.error(request, COLLISION)
    else:
        messages.success(request, done)
    return redirect(goes_to if goes_to is not None else subject)


def carried_out(form, action, *args, **details):
    """Run the action on checked data; a refusal becomes the form's own error, and what was typed stays.

    Returns whether it was done; what the action returned is then ``form.outcome``.
    """
    try:
        form.outcome = action(*args, **details)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    except IntegrityError:
        log.warning("collision in %s", getattr(action, "__name__", action), exc_info=True)
        form.add_error(None, COLLISION)
        return False
    return True


def turned_away(request, form, subject):
    """This form is not, or no longer, open to this person. A reader is led back to the subject and told so;
    whoever has typed gets the own words back to copy (403), and nothing else of the form: its choices may be
    names that this person does not see.
    """
    if not form.is_bound:
        messages.info(request, CLOSED)
        return redirect(subject)
    context = {"reason": CLOSED, "typed": typed_words(form), "back_to": resolve_url(subject)}
    return render(request, "errors/closed.html", context, status=403)


def typed_words(form):
    """Label and words of each text field that was filled in; no passwords, no files, no choices."""
    texts = [field for field in form if type(field.field) is CharField and not field.is_hidden]
    shown = [field for field in texts if not isinstance(field.field.widget, PasswordInput)]
    return [(field.label, said) for field in shown if (said := str(field.data or "").strip())]


def add_refusal(form, refusal):
    """Put each message beside its field, or above the form when the form has no such field."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)


def serve_private_file(request, file, name, *, inline=False, content_type=None):
    """Answer with a stored file after the caller has checked the right to it.

    ``file`` is a FieldFile or an open binary file, ``name`` what the person's computer will call it. Only PDF
    and pictures may open inside the browser; everything else is a download. Behind nginx (``X_ACCEL_PREFIX``)
    the bytes are sent by nginx, from the same storage.
    """
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", "_", name)[:150] or "tep"
    content_type = content_type or "application/octet-stream"
    inline = inline and content_type in SAFE_INLINE
    stored = getattr(file, "name", "")
    if settings.X_ACCEL_PREFIX and hasattr(file, "storage"):
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(stored)}"
    else:
        handle = file.open("rb") if hasattr(file, "storage") else file
        response = FileResponse(handle, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name)
    response["X-Content-Type-Options"] = "nosniff"
    # A file from outside never acts inside our origin, whatever it contains.
    response._csp_exempt = True
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    patch_cache_control(response, private=True, no_store=True)
    return response
