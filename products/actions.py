"""Deeds on ideas and dossiers, and the one way by which a product gets stars."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.areas.models import AreaKind
from foundation.regimes.models import CriteriaSet, Regime
from foundation.trail.moves import move, write, write_all
from products import notices, papers, permissions
from products.models import (
    Certificate,
    Decision,
    Dossier,
    DossierStatus,
    Evidence,
    Idea,
    IdeaStatus,
    Product,
    Rating,
    SelfScore,
    Serial,
)
from products.past import Laws

PAST_RATING = "Ghi hạng đã công nhận"


class StaleChoice(ValidationError):
    """Somebody chose otherwise since this page was drawn; ``current`` is the row as it stands."""

    def __init__(self, current):
        super().__init__("Tiêu chí này vừa được chọn ở nơi khác. Hãy chọn giữ giá trị nào.")
        self.current = current


# ---------------------------------------------------------------- ideas (step 2 of the yearly cycle)


@transaction.atomic
def register_idea(*, by, entity, area, kind, criteria_set, name, description, photo=None):
    """Write down a product idea; it is a draft until it is sent."""
    require(permissions.may_register_idea(by, entity, area))
    year = clock.today().year
    idea = Idea(
        code=f"yt-{year}-{Serial.objects.take(f'idea-{year}'):04}",
        entity=entity,
        area=area,
        kind=kind,
        criteria_set=criteria_set,
        name=name,
        description=description,
        created_by=by,
        keeper=by,
        is_demo=entity.is_demo,
    )
    idea.validate_constraints()
    if photo:
        idea.photo.save("photo.jpg", photo, save=False)
    idea.save()
    write(idea, "Lập ý tưởng", by=by, new=IdeaStatus.DRAFT)
    return idea


@transaction.atomic
def revise_idea(idea, *, by, photo=None, **facts):
    """Change an idea that is still in its author's hands."""
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    require(permissions.may_edit_idea(by, idea), "Ý tưởng đã gửi nên không sửa được nữa.")
    place = facts.get("entity", idea.entity), facts.get("area", idea.area)
    require(permissions.may_register_idea(by, *place))
    for name, value in facts.items():
        setattr(idea, name, value)
    idea.validate_constraints()
    if photo:
        idea.photo.save("photo.jpg", photo, save=False)
    idea.save()
    write(idea, "Sửa ý tưởng", by=by)
    return idea


@transaction.atomic
def submit_idea(idea, *, by):
    """Send the idea to the district."""
    require(permissions.may_edit_idea(by, idea))
    move(idea, IdeaStatus.SUBMITTED, by=by, submitted_on=clock.today())
    notices.idea_submitted(idea, by=by)


@transaction.atomic
def return_idea(idea, *, by, note):
    """The district sends the idea back and says what is missing."""
    require(permissions.may_judge_idea(by, idea))
    move(idea, IdeaStatus.RETURNED, by=by, note=note)
    notices.idea_returned(idea, by=by)


@transaction.atomic
def accept_idea(idea, *, by, note=""):
    """The district accepts the idea: from now on it is a product that may have a dossier."""
    require(permissions.may_judge_idea(by, idea))
    move(idea, IdeaStatus.ACCEPTED, by=by, note=note)
    notices.idea_accepted(idea, by=by)
    return Product.objects.create(
        code=idea.code.replace("yt-", "sp-"),
        name=idea.name,
        entity=idea.entity,
        area=idea.area,
        industry=idea.criteria_set.industry_code,
        set_code=idea.criteria_set.code,
        description=idea.description,
        photo=idea.photo.name,
        idea=idea,
        is_demo=idea.is_demo,
    )


@transaction.atomic
def withdraw_idea(idea, *, by):
    """The author gives the idea up."""
    require(permissions.may_edit_idea(by, idea))
    move(idea, IdeaStatus.WITHDRAWN, by=by)


# ---------------------------------------------------------------- dossiers (step 5)


@transaction.atomic
def open_dossier(product, *, by):
    """Begin the dossier of a product under the regime of today; that regime stays with it."""
    require(permissions.may_open_dossier(by, product))
    today = clock.today()
    regime = Regime.objects.for_filing(today)
    dossier = Dossier(
        code=f"hs-{today.year}-{Serial.objects.take(f'dossier-{today.year}'):04}",
        product=product,
        year=today.year,
        regime=regime,
        criteria_set=CriteriaSet.objects.offered().get(regime=regime, code=product.set_code),
        introduction=product.description,
        created_by=by,
    )
    dossier.validate_constraints()
    dossier.save()
    regime.mark_used()
    write(dossier, "Lập hồ sơ", by=by, new=DossierStatus.DRAFT)
    return dossier


@transaction.atomic
def save_registration(dossier, *, by, **facts):
    """Keep the registration facts of a dossier."""
    dossier = _in_hand(dossier, by)
    for name, value in facts.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=list(facts))


@transaction.atomic
def choose(dossier, criterion, option, *, version, by, note=""):
    """Keep the producer's choice for one criterion.

    Raises StaleChoice when ``version`` is not the row's, unless the row says the same already: then the answer to an
    earlier save was lost on its way.
    """
    dossier = _in_hand(dossier, by)
    row = SelfScore.objects.select_for_update().filter(dossier=dossier, criterion=criterion).first()
    if (row.version if row else 0) != version:
        if row and (row.option, row.note) == (option, note):
            return row
        raise StaleChoice(row)
    row = row or SelfScore(dossier=dossier, criterion=criterion, version=0)
    row.option, row.note, row.version = option, note, row.version + 1
    row.save()
    return row


@transaction.atomic
def attach(dossier, *, by, kind, title, criteria, file):
    """Add a file of evidence. ``file`` comes checked, with ``content_type``, ``size`` and ``sha256``."""
    dossier = _in_hand(dossier, by)
    evidence = Evidence(
        dossier=dossier,
        kind=kind,
        title=title,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        added_by=by,
    )
    evidence.validate_constraints()
    evidence.file.save(file.name, file, save=False)
    evidence.save()
    evidence.criteria.set(criteria)
    write(dossier, "Thêm minh chứng", by=by, note=title)
    return evidence


@transaction.atomic
def detach(evidence, *, by):
    """Take a file of evidence out of a dossier that was not sent yet."""
    dossier = _in_hand(evidence.dossier, by)
    write(dossier, "Bỏ minh chứng", by=by, note=evidence.title)
    stored, storage = evidence.file.name, evidence.file.storage
    evidence.delete()
    transaction.on_commit(lambda: storage.delete(stored))


@transaction.atomic
def submit(dossier, *, by):
    """The producer hands the dossier over to the district."""
    require(permissions.may_submit_dossier(by, dossier))
    if missing := dossier.missing():
        raise ValidationError(f"Hồ sơ còn thiếu: {'; '.join(missing)}.")
    move(dossier, DossierStatus.SUBMITTED, by=by, submitted_on=clock.today())
    notices.dossier_submitted(dossier, by=by)


@transaction.atomic
def send_back(dossier, *, by, note):
    """The district returns the dossier and lists what to complete."""
    require(permissions.may_check_dossier(by, dossier))
    move(dossier, DossierStatus.RETURNED, by=by, note=note)
    notices.dossier_returned(dossier, by=by)


@transaction.atomic
def accept(dossier, *, by, note=""):
    """The district finds the dossier complete and gives it the product code of its regime."""
    require(permissions.may_check_dossier(by, dossier))
    code = product_code(dossier)
    move(dossier, DossierStatus.ACCEPTED, by=by, note=note, accepted_on=clock.today(), product_code=code)
    notices.dossier_accepted(dossier, by=by)


@transaction.atomic
def withdraw(dossier, *, by):
    """The producer takes the dossier back for good."""
    require(permissions.may_edit_dossier(by, dossier))
    move(dossier, DossierStatus.WITHDRAWN, by=by)


def product_code(dossier):
    """The next code in the regime's format; the serial runs per commune and year."""
    area = dossier.product.area
    codes = {kind.value: (unit.code if (unit := area.part(kind)) else "") for kind in AreaKind}
    series = "-".join(("product", *codes.values(), str(dossier.year)))
    return dossier.regime.product_code(**codes, serial=Serial.objects.take(series), year=dossier.year)


def _in_hand(dossier, by):
    """The dossier, locked, if this person may still change it."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",)).select_related("product__entity").get(pk=dossier.pk)
    )
    require(permissions.may_edit_dossier(by, dossier), "Hồ sơ đã nộp nên không sửa được nữa.")
    return dossier


# ---------------------------------------------------------------- outcomes: evaluation asks its gates, then calls these


@transaction.atomic
def begin_evaluation(dossier, *, by):
    """A council takes the dossier up."""
    move(dossier, DossierStatus.UNDER_EVALUATION, by=by)


@transaction.atomic
def close_unrated(dossier, *, by, note):
    """The evaluation ends without stars that are recognised."""
    move(dossier, DossierStatus.UNRATED, by=by, note=note)


@transaction.atomic
def grant_rating(dossier, *, stars, total, decision_number, decided_on, level, issuer, area, by):
    """Write the decision, the stars it gives and the certificate. The only way to stars in this portal.

    The rating runs the regime's number of calendar months from the day of the decision.
    """
    move(dossier, DossierStatus.RATED, by=by, note=f"{stars} sao, {decision_number}")
    paper = {"number": decision_number, "day": decided_on, "issuer": issuer}
    place = {"level": level, "area": area, "is_demo": dossier.product.is_demo}
    decision, _ = Decision.objects.get_or_create(**paper, defaults=place)
    rating = Rating.objects.create(
        product=dossier.product,
        dossier=dossier,
        regime=dossier.regime,
        stars=stars,
        total=total,
        decision=decision,
        year=dossier.year,
        starts_on=decided_on,
        ends_on=clock.add_months(decided_on, dossier.regime.certificate_months),
    )
    issue_certificate(rating, by=by)
    notices.rating_granted(rating, by=by)
    return rating


@transaction.atomic
def issue_certificate(rating, *, by):
    """Enter the certificate in the register and print it; its QR leads to the register's public page."""
    province = rating.decision.area.part(AreaKind.PROVINCE) or rating.decision.area
    year = rating.starts_on.year
    serial = Serial.objects.take(f"certificate-{rating.decision.area.code}-{year}")
    certificate = Certificate(
        rating=rating,
        number=f"{province.code}-{rating.decision.area.code}/{year}/{serial:04}",
        issued_on=rating.starts_on,
    )
    content, certificate.sha256 = papers.certificate_paper(certificate)
    certificate.file.save("certificate.pdf", content, save=False)
    certificate.save()
    write(rating.dossier, "Cấp giấy chứng nhận", by=by, note=certificate.number)
    return certificate


# ---------------------------------------------------------------- recognised before the portal kept it


def record_past_rating(product, past, *, by):
    """Write down one decision that was made before the portal kept decisions; returns its rating."""
    return record_past_ratings([(product, past)], by=by)[0]


@transaction.atomic
def record_past_ratings(facts, *, by, laws=None, sources=None):
    """Write down many such decisions: (product, PastRating). Ratings without dossier, total and certificate.

    ``sources``: key of the product → where its decisions were read, for the trail.
    Historic facts: they are judged by the law of their day, and figures treat what counted on the day of an opening
    balance as part of it. Nothing is overwritten: the database refuses a second rating of one product on one day.
    """
    laws = laws or Laws()
    for product, past in facts:
        require(permissions.may_record_past_rating(by, product), "Sản phẩm này ngoài địa bàn của bạn.")
        if trouble := laws.trouble(past):
            raise ValidationError(f"{product}: {trouble}.")
    decisions = _decisions_of(facts, laws)
    ratings = [
        Rating(
            product=product,
            regime=laws.on(past.decided_on),
            stars=past.stars,
            decision=decisions[past.number, past.decided_on, past.issuer],
            year=past.decided_on.year,
            starts_on=past.decided_on,
            ends_on=laws.ends_on(past),
        )
        for product, past in facts
    ]
    Rating.objects.bulk_create(ratings, batch_size=1_000)
    for regime in {rating.regime for rating in ratings}:
        regime.mark_used()
    told = {}
    for rating in ratings:
        source = (sources or {}).get(rating.product_id)
        said = told.setdefault(rating.product, [source] if source else [])
        said.append(f"{rating.stars} sao theo quyết định {rating.decision}")
    write_all([(product, PAST_RATING, "; ".join(said)) for product, said in told.items()], by=by)
    return ratings


def _decisions_of(facts, laws):
    """The decisions behind these facts by number, day and issuer; those not yet known are written down."""
    wanted = {}
    for product, past in facts:
        level = laws.on(past.decided_on).level_for(past.stars)
        unit = product.place_today.unit
        area = unit.part(level) if level in set(AreaKind) else None
        wanted.setdefault(
            (past.number, past.decided_on, past.issuer),
            Decision(
                number=past.number,
                day=past.decided_on,
                issuer=past.issuer,
                level=level,
                area=area or unit.part(AreaKind.PROVINCE),
                is_demo=product.is_demo,
            ),
        )
    Decision.objects.bulk_create(wanted.values(), ignore_conflicts=True, batch_size=1_000)
    numbers = Decision.objects.filter(number__in={number for number, *_ in wanted})
    return {(row.number, row.day, row.issuer): row for row in numbers}
