"""The business plan as a paper, in the form of Nghị định 30/2020/NĐ-CP."""

import io
from pathlib import Path

from django.utils import timezone

from foundation import clock
from foundation.ui.papers import render_pdf
from foundation.ui.templatetags.ui import number
from products import planning

TEMPLATE = Path(__file__).with_name("plan.typ")


def plan_paper(plan, table):
    """The PDF as an open file. ``table``: (title, lines, sum) of each kind of the finance table."""
    moment = timezone.make_aware(clock.now().replace(tzinfo=None, hour=8, minute=0, second=0, microsecond=0))
    return io.BytesIO(render_pdf(TEMPLATE, plan_data(plan, table), moment=moment))


def plan_data(plan, table):
    """What the paper says, from the plan alone."""
    product, totals = plan.product, plan.totals()
    written = dict(plan.parts.values_list("section", "text"))
    return {
        "code": plan.code.upper(),
        "year": plan.year,
        "product": product.name,
        "entity": product.entity.name,
        "place": product.area.place if product.area else "",
        "status": plan.get_status_display(),
        "day": f"{clock.today():%d/%m/%Y}",
        "sections": [
            {"title": row.title, "text": written.get(row.code, "")} for row in planning.sections().values()
        ],
        "table": [
            {"title": title, "total": number(total, 0), "lines": [line_data(line) for line in lines]}
            for title, lines, total in table
        ],
        "profit": number(totals.profit, 0),
        "milestones": [
            {
                "title": row.title,
                "due_on": f"{row.due_on:%d/%m/%Y}",
                "done_on": f"{row.done_on:%d/%m/%Y}" if row.done_on else "",
                "note": row.note,
            }
            for row in plan.milestones.all()
        ],
        "is_demo": plan.is_demo,
        "source": planning.source(),
    }


def line_data(line):
    """One line of the finance table, in words."""
    return {
        "name": line.name,
        "unit": line.unit,
        "quantity": number(line.quantity),
        "price": number(line.price, 0),
        "amount": number(line.amount, 0),
    }
