"""Who is told about ideas, dossiers and stars. Called by the deeds inside their transaction."""

from django.urls import reverse

from accounts.models import NoticeKind, Role, User
from accounts.notices import tell
from foundation import clock
from foundation.areas.models import AreaKind
from products import houses
from products.models import DossierStatus, RenewalKind

OFFICER_OF = {
    AreaKind.COMMUNE: Role.COMMUNE_OFFICER,
    AreaKind.DISTRICT: Role.DISTRICT_OFFICER,
    AreaKind.PROVINCE: Role.PROVINCE_OFFICER,
}


def _officers(unit):
    """The officers who serve in that very unit."""
    return User.objects.serving(unit, OFFICER_OF[unit.kind])


def _office(record):
    """The officers of the place where the record is today: the district's, else the province's."""
    return _officers(houses.above(record))


def _commune(record):
    """The officers of the commune where the record is today; none where that is no commune."""
    unit = record.place_on(clock.today()).unit.part(AreaKind.COMMUNE)
    return User.objects.serving(unit, Role.COMMUNE_OFFICER) if unit else []


# ---------------------------------------------------------------- ideas


def idea_submitted(idea, *, by):
    """The office above the commune has an idea to judge."""
    text = f"{idea.entity} gửi ý tưởng “{idea.name}”, chờ {houses.above(idea)} xem xét."
    tell(_office(idea), NoticeKind.IDEA_SUBMITTED, idea, text=text, area=idea.area, by=by)
    text = f"{idea.entity} gửi ý tưởng “{idea.name}”, chờ xã cho ý kiến."
    tell(_commune(idea), NoticeKind.IDEA_SUBMITTED, idea, text=text, area=idea.area, by=by)


def opinion_given(opinion, *, by):
    """The district knows what the commune says; so do the producer's people."""
    idea = opinion.idea
    said = "đồng ý" if opinion.agreed else "không đồng ý"
    text = f"Xã {said} với ý tưởng “{idea.name}” của {idea.entity}."
    people = [*_office(idea), *_idea_people(idea)]
    tell(people, NoticeKind.IDEA_OPINION, idea, text=text, area=idea.area, by=by)


def idea_rejected(idea, *, by):
    """The producer's people, whoever keeps the idea and the commune learn that it does not go on."""
    text = f"Ý tưởng “{idea.name}” không được chấp nhận; lý do ghi ở trang của ý tưởng."
    people = [*_idea_people(idea), *_commune(idea)]
    tell(people, NoticeKind.IDEA_REJECTED, idea, text=text, area=idea.area, by=by)


def idea_returned(idea, *, by):
    """The producer's people and whoever keeps the idea have something to complete."""
    text = f"Ý tưởng “{idea.name}” được trả lại, cần bổ sung."
    tell(_idea_people(idea), NoticeKind.IDEA_RETURNED, idea, text=text, area=idea.area, by=by)


def idea_accepted(idea, *, by):
    """The producer's people and whoever keeps the idea may go on to the dossier."""
    text = f"Ý tưởng “{idea.name}” đã được chấp nhận, có thể lập hồ sơ."
    tell(_idea_people(idea), NoticeKind.IDEA_ACCEPTED, idea, text=text, area=idea.area, by=by)


def _idea_people(idea):
    return [*idea.entity.people(), idea.keeper]


# ---------------------------------------------------------------- plans


def plan_submitted(plan, *, by):
    """The office above the commune has a plan to look at."""
    text = f"{plan.product.entity} gửi phương án “{plan.product.name}”, chờ {houses.above(plan.product)} xem."
    tell(_office(plan.product), NoticeKind.PLAN_SUBMITTED, plan, text=text, area=plan.area, by=by)


def plan_returned(plan, *, by):
    """The producer's people have something to complete."""
    text = f"Phương án “{plan.product.name}” được trả lại, cần bổ sung."
    tell(plan.product.entity.people(), NoticeKind.PLAN_RETURNED, plan, text=text, area=plan.area, by=by)


def plan_approved(plan, *, by):
    """The producer's people may carry the plan out; the commune knows."""
    text = f"Phương án “{plan.product.name}” được đồng ý, bắt đầu thực hiện."
    people = [*plan.product.entity.people(), *_commune(plan.product)]
    tell(people, NoticeKind.PLAN_APPROVED, plan, text=text, area=plan.area, by=by)


def return_wanted(product, year):
    """The producer's people state the figures of a year for a product with stars."""
    text = f"Hãy khai báo sản lượng, doanh thu năm {year} của sản phẩm “{product.name}”."
    url = reverse("products:yearly_return", args=[year, product.code])
    people = product.entity.people()
    tell(people, NoticeKind.PRODUCT_RETURN, product, text=text, url=url, area=product.area)


# ---------------------------------------------------------------- dossiers


def waits_at(dossier):
    """The people of the office where the dossier waits: the commune's, or those above the commune."""
    product = dossier.product
    if dossier.status != DossierStatus.AT_COMMUNE:
        return _office(product)
    return User.objects.serving(product.place_on(clock.today()).unit, Role.COMMUNE_OFFICER)


def _waiting(dossier):
    """Where the dossier waits and for what, in words that name the office; else its status."""
    if dossier.status == DossierStatus.AT_COMMUNE:
        return f"chờ {houses.holder(dossier)} đánh giá"
    if dossier.status == DossierStatus.SUBMITTED:
        return f"chờ {houses.holder(dossier)} kiểm tra"
    return dossier.get_status_display().lower()


def dossier_submitted(dossier, *, by):
    """The office where the dossier has arrived has something to check."""
    product = dossier.product
    text = f"{product.entity} nộp hồ sơ “{product.name}”, {_waiting(dossier)}."
    tell(waits_at(dossier), NoticeKind.DOSSIER_SUBMITTED, dossier, text=text, area=product.area, by=by)


def dossier_returned(dossier, *, by):
    """The producer's people have something to complete, until a day."""
    text = f"Hồ sơ “{dossier.product.name}” được trả lại, cần bổ sung đến hết ngày {dossier.due_on:%d/%m/%Y}."
    _tell_producer(dossier, NoticeKind.DOSSIER_RETURNED, text, by)


def round_extended(dossier, *, by):
    """The producer's people have more time."""
    text = f"Hạn bổ sung hồ sơ “{dossier.product.name}” được gia hạn đến hết ngày {dossier.due_on:%d/%m/%Y}."
    _tell_producer(dossier, NoticeKind.DOSSIER_RETURNED, text, by)


def late_asked(dossier, *, by):
    """The office that would receive the dossier is asked to take it late."""
    product = dossier.product
    text = f"{product.entity} đề nghị nhận muộn hồ sơ “{product.name}” ({dossier.code.upper()})."
    people, url = (
        _officers(houses.receiver(dossier)),
        reverse("products:late_acceptance", args=[dossier.code]),
    )
    tell(people, NoticeKind.DOSSIER_DUE, dossier, text=text, url=url, area=product.area, by=by)


def late_accepted(late, *, by):
    """The producer's people may still hand the dossier in, until a day."""
    dossier = late.dossier
    text = f"Hồ sơ “{dossier.product.name}” được nhận muộn, hãy nộp đến hết ngày {late.until:%d/%m/%Y}."
    _tell_producer(dossier, NoticeKind.DOSSIER_DUE, text, by)


def deadline_near(dossier, people):
    """A deadline is near or has passed."""
    passed = "đã quá hạn" if dossier.is_overdue else "đến hạn"
    text = f"Hồ sơ “{dossier.product.name}” ({_waiting(dossier)}) {passed} {dossier.due_on:%d/%m/%Y}."
    tell(people, NoticeKind.DOSSIER_DUE, dossier, text=text, area=dossier.product.area)


def dossier_accepted(dossier, *, by):
    """The producer's people learn that the dossier goes before a council."""
    text = f"Hồ sơ “{dossier.product.name}” đủ điều kiện, chờ hội đồng."
    _tell_producer(dossier, NoticeKind.DOSSIER_ACCEPTED, text, by)


def rating_granted(rating, *, by, dossier=None):
    """The producer's people learn of the stars and the decision."""
    text = granted_text(rating.product, rating.stars, rating.decision)
    _tell_producer(dossier or rating.dossier, NoticeKind.RATING_GRANTED, text, by)


def granted_text(product, stars, decision):
    """What the letter says; a rehearsal shows it beforehand."""
    return f"Sản phẩm “{product.name}” được công nhận {stars} sao, Quyết định {decision}."


def dossier_unrated(dossier, reason, *, by):
    """The producer's people learn that no stars were recognised, and why."""
    text = f"Hồ sơ “{dossier.product.name}” chưa được công nhận hạng sao: {reason}"
    _tell_producer(dossier, NoticeKind.DOSSIER_RETURNED, text, by)


def _tell_producer(dossier, kind, text, by):
    product = dossier.product
    tell(product.entity.people(), kind, dossier, text=text, area=product.area, by=by)


# ---------------------------------------------------------------- stars after the decision


def _paper_office(rating):
    """The officers of the office that keeps the papers of these stars."""
    unit = rating.product.place_today.unit
    if unit is None:
        return []
    district = unit.part(AreaKind.DISTRICT) if rating.decision.level == AreaKind.DISTRICT else None
    return _officers(district or unit.part(AreaKind.PROVINCE))


def renewal_step(step):
    """A step before the end is due: the producer, and for the letter the office, learn of it."""
    rating, product = step.rating, step.rating.product
    name, end = f"“{product.name}”", f"{rating.ends_on:%d/%m/%Y}"
    texts = {
        RenewalKind.OPENS: f"Từ nay đến hết ngày {step.due_on:%d/%m/%Y} nhận hồ sơ đánh giá lại của {name}.",
        RenewalKind.CLOSING: f"Hạn nộp hồ sơ đánh giá lại của {name} là hết ngày {step.due_on:%d/%m/%Y}.",
        RenewalKind.NOTICE: f"Cần thông báo bằng văn bản trước ngày {step.due_on:%d/%m/%Y}: hạng sao của {name} "
        f"hết hiệu lực sau ngày {end}.",
        RenewalKind.ENDED: f"Hạng {rating.stars} sao của {name} đã hết hiệu lực sau ngày {end}.",
    }
    people = [] if step.kind == RenewalKind.NOTICE or product.entity is None else product.entity.people()
    if step.kind in {RenewalKind.NOTICE, RenewalKind.ENDED}:
        people = [*people, *_paper_office(rating)]
    tell(people, NoticeKind.RATING_STEP, step, text=texts[step.kind], area=product.area)


def notice_sent(step, *, by):
    """The producer reads the letter's number and day at the bell too."""
    rating = step.rating
    text = (
        f"Thông báo số {step.number} ngày {step.sent_on:%d/%m/%Y}: hạng {rating.stars} sao của "
        f"“{rating.product.name}” hết hiệu lực sau ngày {rating.ends_on:%d/%m/%Y}."
    )
    _tell_holder(rating, NoticeKind.RATING_STEP, text, by)


def certificate_extended(extension, *, by):
    """The producer's people learn how long the stars hold on."""
    rating = extension.rating
    text = f"Giấy chứng nhận của “{rating.product.name}” được kéo dài {extension}."
    _tell_holder(rating, NoticeKind.RATING_STEP, text, by)


def certificate_replaced(certificate, *, by):
    """The producer's people have a new paper."""
    rating = certificate.recognition
    text = f"Giấy chứng nhận của “{rating.product.name}” được cấp lại, số {certificate.number}."
    _tell_holder(rating, NoticeKind.RATING_STEP, text, by)


def rating_revoked(revocation, *, by):
    """The producer's people and the commune learn that the stars are taken back."""
    rating = revocation.rating
    text = f"Hạng {rating.stars} sao của “{rating.product.name}” bị thu hồi theo Quyết định {revocation}."
    _tell_holder(rating, NoticeKind.RATING_REVOKED, text, by, *_commune(rating.product))


def inspection_recorded(inspection, *, by):
    """The producer's people learn what was found, and until when it must be mended."""
    product = inspection.product
    text = f"Kiểm tra “{product.name}” ngày {inspection.day:%d/%m/%Y}: {inspection.get_result_display().lower()}."
    if inspection.mended_on:
        text = f"Việc phải khắc phục của “{product.name}” đã ghi là xong."
    elif inspection.mend_until:
        text += f" Khắc phục đến hết ngày {inspection.mend_until:%d/%m/%Y}."
    people = product.entity.people() if product.entity else []
    tell(people, NoticeKind.RATING_INSPECTED, inspection, text=text, area=product.area, by=by)


def _tell_holder(rating, kind, text, by, *others):
    product = rating.product
    people = product.entity.people() if product.entity else []
    tell([*people, *others], kind, rating, text=text, area=product.area, by=by)
