"""Four pages, each as little as it can be."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from bench.null.models import Note

ROWS = 25


class NoteForm(forms.ModelForm):
    """One line of text."""

    class Meta:
        model = Note
        fields = ["title"]


def plain(request):
    """Nothing but the template."""
    return render(request, "page.html")


@login_required
def rows(request):
    """A signed-in person's list: one query with an index besides session and user."""
    return render(request, "page.html", {"notes": Note.objects.order_by("-created")[:ROWS]})


def form(request):
    """A form; sent, it writes one row and goes to the start."""
    filled = NoteForm(request.POST or None)
    if filled.is_valid():
        filled.save()
        return redirect("plain")
    return render(request, "page.html", {"form": filled})
