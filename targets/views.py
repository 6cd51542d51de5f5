"""The year's plan as a dashboard, the lists behind its numbers, and the progress reports."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from accounts.permissions import require
from foundation import clock
from foundation.areas import maps
from foundation.jobs.models import Job
from foundation.ui.exports import WRITERS, respond
from foundation.ui.figures import band
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import EXPORT_PARAMETER, render_list
from targets import actions, consolidation, feed, papers, periods, permissions, pipeline, producers, progress
from targets.exports import listing_sheet, producer_sheet
from targets.forms import DayForm, ReportForm, SigningForm, TextsForm, indicator_of
from targets.models import Indicator, ProgressReport, Remark, YearPlan

TONES = {
    progress.Word.REACHED: "good",
    progress.Word.ON_PACE: "info",
    progress.Word.BEHIND: "attention",
    progress.Word.UNKNOWN: "neutral",
    progress.Word.NOT_YET: "neutral",
}
SHOWN_RUNS = 5
FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _books(request, year):
    """The plan's books for the day in the address, for those who may read them; 404 for a year without a plan."""
    require(permissions.may_read_plan(request.user))
    found = get_object_or_404(YearPlan.objects.select_related("area__parent__parent"), year=year)
    return progress.open_books(found, DayForm(request.GET).day)


@page
def plans(request):
    """The way to the plan in force: the latest that has begun."""
    require(permissions.may_read_plan(request.user))
    latest = YearPlan.objects.latest_on(clock.today()).first()
    return redirect("targets:plan", latest.year if latest else clock.today().year)


@page
def plan(request, year):
    """How far the year's plan has come on a day: targets, districts, stars, what is under way, what sources say."""
    if year == clock.today().year and not YearPlan.objects.filter(year=year).exists():
        require(permissions.may_read_plan(request.user))
        return render(request, "targets/no_plan.html", {"year": year, "plans": YearPlan.objects.all()})
    books = _books(request, year)
    day, today = books.day, clock.today()
    rows = progress.progress_of(books)
    districts = progress.by_district(books)
    context = {
        "plan": books.plan,
        "day": day,
        "today": today,
        "form": DayForm({"ngay": day}),
        "rows": [{"progress": row, "bar": _bar(row), "tone": TONES[row.word]} for row in rows],
        "total": books.figure(Indicator.TOTAL_PRODUCTS),
        "districts": districts,
        "own": permissions.own_areas(request.user),
        "map": _map(districts),
        "stars": progress.by_star(books),
        "stages": pipeline.stages(request.user, books.plan, day, today),
        "remarks": Remark.objects.for_page(),
        "demo": max((row.figure.demo for row in rows), default=0),
        "reportable": permissions.reportable(request.user, books),
    }
    return render(request, "targets/plan.html", context)


def _bar(row):
    """Where the parts of a target's bar stand."""
    figure, target = row.figure, row.target
    return target and band(
        low=target.low,
        high=target.high,
        done=figure.low,
        expected=row.expected if figure.known else None,
        forecast_low=figure.low,
        forecast_high=figure.high,
    )


def _map(districts):
    """Shapes of the districts with their figures; a district without a shape stands in the table only."""
    drawn = maps.shapes()
    most = max((total.high for _, total, _ in districts if total.known), default=0)
    places = [
        {"area": area, "figure": total, "tone": _tone(total, most), **drawn["districts"][area.code]}
        for area, total, _ in districts
        if area.code in drawn["districts"]
    ]
    return {**drawn, "districts": places}


def _tone(figure, most):
    """How dark: 1 to 4 by the share of the largest, 0 while unknown."""
    return 1 + min(int(4 * figure.low / most), 3) if figure.known and most else 0


@page
def indicator(request, year, slug):
    """The exact rows behind a figure, in the unit and of the star in the address."""
    books = _books(request, year)
    measured = indicator_of(slug)
    if measured in progress.OF_PRODUCERS:
        return _producers(request, books, measured)
    code, stars = request.GET.get("dia-ban", ""), request.GET.get("sao", "")
    area = next((area for area in books.districts if area.code == code), None)
    star = next((star for star in books.stars if str(star) == stars), None)
    if measured is None or (code and area is None) or (stars and star is None):
        raise Http404
    figure = books.figure(measured, area, star)
    listing = progress.listing(figure)
    if (kind := request.GET.get(EXPORT_PARAMETER)) in WRITERS:
        name = f"{slug}-{code or books.plan.area.code}-{books.day.isoformat()}"
        return respond(request, listing_sheet(name, measured.label, figure, listing), kind)
    context = {
        "plan": books.plan,
        "day": books.day,
        "form": DayForm({"ngay": books.day}),
        "indicator": measured,
        "area": area,
        "star": star,
        "figure": figure,
        "listing": listing,
        "by_village": measured in {Indicator.NEW_VILLAGES, Indicator.TOTAL_VILLAGES},
    }
    return render(request, "targets/indicator.html", context)


def _producers(request, books, measured):
    """The exact producers behind a figure, in the unit and of the kind in the address."""
    code, chosen, section = (request.GET.get(name, "") for name in ("dia-ban", "loai", "muc"))
    area = next((area for area in books.districts if area.code == code), None)
    kind = next((kind for kind in producers.KINDS if kind == chosen), None)
    if (code and area is None) or (chosen and kind is None) or section not in producers.SECTIONS[measured]:
        raise Http404
    figure, fresh = books.figure(measured, area, kind=kind), producers.newcomers(books)
    name = f"{measured.slug}-{code or books.plan.area.code}-{books.day.isoformat()}"
    return render_list(
        request,
        "targets",
        producers.rows_of(figure, section, books),
        export=lambda rows: producer_sheet(name, f"{measured.label}: {figure.text}", rows, fresh),
        context={
            **{"plan": books.plan, "day": books.day, "indicator": measured, "area": area, "kind": kind},
            **{"figure": figure, "section": section, "newcomers": fresh},
            "by_kind": progress.by_kind(books, area) if measured == Indicator.ENTITIES else [],
            "sections": [
                (word, title, len(figure.sections.get(word, ())))
                for word, title in producers.SECTIONS[measured].items()
            ],
        },
        name="producers",
    )


@page
def stage(request, year, slug):
    """The ideas or dossiers of one stage."""
    require(permissions.may_read_plan(request.user))
    found = get_object_or_404(YearPlan.objects.select_related("area"), year=year)
    day = DayForm(request.GET).day
    known = pipeline.stages(request.user, found, day, clock.today())
    shown = next((stage for stage in known if stage.slug == slug), None)
    if shown is None:
        raise Http404
    context = {"plan": found, "day": day, "stage": shown}
    return render_list(request, "targets", shown.rows.for_list(), context=context, name="stage")


# ---------------------------------------------------------------- reports
@page
def reports(request):
    """Reports that this person may read, and those they have just asked for."""
    jobs = Job.objects.visible_to(request.user).doing("targets.works.write_report").recent()[:3]
    may_ask = request.user.has_role(*permissions.REPORTERS)
    mine = ProgressReport.objects.visible_to(request.user).for_list()
    return render_list(request, "targets", mine, context={"jobs": jobs, "may_ask": may_ask}, name="reports")


@form_page
def report_new(request):
    """Choose unit and day; the report itself is written by a worker."""
    latest = YearPlan.objects.latest_on(clock.today()).select_related("area__parent__parent").first()
    areas = permissions.reportable(request.user, progress.open_books(latest, clock.today())) if latest else []
    require(areas, "Chỉ cán bộ huyện, tỉnh, sở ngành và lãnh đạo lập được báo cáo của địa bàn mình.")
    form = ReportForm(request.POST or None, areas=areas, year=latest.year)
    if form.is_valid() and carried_out(
        form, actions.ask_report, latest, **form.cleaned_data, by=request.user
    ):
        return redirect("targets:reports")
    return render(request, "targets/report_new.html", {"form": form, "plan": latest})


@page
def report(request, code):
    """One report as it was frozen, and whether the data of its day still say the same."""
    found = get_object_or_404(ProgressReport.objects.visible_to(request.user).for_list(), code=code)
    books = progress.open_books(found.plan, found.as_of)
    same = papers.digest(papers.frozen(books, found.area)) == found.digest
    period = periods.parse(found.period)
    whole = period is not None and found.area_id == found.plan.area_id
    context = {
        "report": found,
        "figures": found.figures,
        "same": same,
        "missing": [papers.FILES[kind] for kind in found.failures]
        + [papers.PARTS[part] for part in found.figures.get("failed", ())],
        "runs": found.runs.all()[:SHOWN_RUNS],
        "standings": consolidation.standings(found.plan, period, clock.today()) if whole else [],
        "may_edit": permissions.may_edit_report(request.user, found),
        "may_send": permissions.may_send_report(request.user, found),
        "may_run": permissions.may_ask_report(request.user, found.area),
    }
    return render(request, "targets/report.html", context)


def _report(request, code):
    """A report in sight, for the pages that change it."""
    return get_object_or_404(ProgressReport.objects.visible_to(request.user).for_list(), code=code)


@form_page
def report_texts(request, code):
    """Edit the words of a draft."""
    found = _report(request, code)
    form = TextsForm(request.POST or None, report=found)
    if not permissions.may_edit_report(request.user, found):
        return turned_away(request, form, found)
    if form.is_valid() and carried_out(
        form, actions.edit_texts, found, form.texts, edition=form.cleaned_data["edition"], by=request.user
    ):
        return redirect(found)
    context = {"report": found, "form": form, "title": "Sửa lời văn báo cáo"}
    return render(request, "targets/report_edit.html", context)


@form_page
def report_signing(request, code):
    """Note number, day and signer of a report that was signed."""
    found = _report(request, code)
    form = SigningForm(request.POST or None)
    if not permissions.may_edit_report(request.user, found):
        return turned_away(request, form, found)
    if form.is_valid() and carried_out(
        form, actions.sign_report, found, **form.cleaned_data, by=request.user
    ):
        return redirect(found)
    context = {"report": found, "form": form, "title": "Ghi số, ngày ký báo cáo"}
    return render(request, "targets/report_edit.html", context)


@deed
def report_sending(request, code):
    """Send a district's signed report up to the province."""
    return perform(request, actions.send_up, _report(request, code), done="Đã gửi báo cáo lên tỉnh.")


@deed
def report_again(request, code):
    """Have a report run again."""
    done = "Đang chạy lại; kết quả hiện ở trang này sau vài giây."
    return perform(request, actions.run_again, _report(request, code), done=done)


@page
def ministry_table(request, year, kind):
    """The ministry's table PTNT_OCOP of the plan's unit or of a district, as CSV or JSON."""
    found = get_object_or_404(YearPlan.objects.select_related("area__parent__parent"), year=year)
    code = request.GET.get("dia-ban", "")
    areas = consolidation.districts_of(found, clock.today()) if code else [found.area]
    area = next((area for area in areas if code in {"", area.code}), None)
    if area is None or kind not in feed.WRITERS:
        raise Http404
    require(permissions.may_ask_report(request.user, area))
    return feed.respond(request, area, year, kind)


@page
def report_file(request, code, kind):
    """The report as PDF, Word or XLSX, for those who may read it."""
    found = get_object_or_404(ProgressReport.objects.visible_to(request.user), code=code)
    if kind not in FILES or not getattr(found, kind):
        raise Http404
    name = f"bao-cao-ocop-{found.as_of.isoformat()}.{kind}"
    return serve_private_file(request, getattr(found, kind), name, content_type=FILES[kind])
