"""What is there before five judges begin: themselves on a council, and a product whose dossier waits for it.

``manage.py shell`` of a portal with the demonstration runs it; nothing here knows of levels or of laws but by the
regime of the portal's day.
"""

from accounts.models import Assignment, Consent, Role, User
from entities.models import Entity
from evaluation.models import Council, Post
from evaluation.scoring import entry_level
from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet, Criterion, Regime
from ocop_portal.demo import dossiers, seeding
from ocop_portal.demo.planning import first
from products import actions, permissions, rules, stages
from products.models import DossierStatus, IdeaKind, Product
from tests.factories.evaluation import CouncilFactory, SeatFactory

PRODUCT = "Khăn lụa Năm Giám Khảo Trình Diễn"
DISTRICT = "349"
# Who sits where; the secretary scores too.
JUDGES = {
    "gk.chutich": (Post.CHAIR, "Nguyễn Thị Ưỡng Trình Diễn"),
    "gk.pho": (Post.VICE, "Trần Văn Thưởng Trình Diễn"),
    "gk.mot": (Post.MEMBER, "Lê Thị Nguyệt Trình Diễn"),
    "gk.hai": (Post.MEMBER, "Phạm Quỳnh Trình Diễn"),
    "gk.thuky": (Post.SECRETARY, "Đỗ Thị Lữ Trình Diễn"),
}
OFFICERS = ("canboxa", "canbohuyen", "canbotinh")
REGISTRATION = {
    "spec": "Hộp một khăn 60 × 180 cm",
    "capacity": "500 khăn mỗi tháng",
    "introduction": "Dệt tay từ tơ tằm của xã. Nội dung giả định.",
}


def lay():
    """The council of five by the law of the day, and a dossier accepted for it; prints the dossier's code."""
    appoint(Entity.objects.get(code="td-chuyen-ngoai").place_on(clock.today()).unit)
    council_of_five(entry_level(Regime.objects.for_filing(clock.today()).process))
    dossier = dossier_of(product())
    hand_over(dossier)
    print(dossier.code)


def council_of_five(level):
    """The council of that level, in the unit that has it today, unless it sits already."""
    code = f"hd-nam-giam-khao-{level}"
    place = Area.objects.places_on(seeding.CODES_DAY)
    people = judges(place)
    if Council.objects.filter(code=code).exists():
        return
    area = place(district=DISTRICT) if level == "district" else seeding.province()
    unit = "thị xã Duy Tiên" if level == "district" else f"tỉnh {area.name}"
    council = CouncilFactory(
        code=code,
        name=f"Hội đồng đánh giá, phân hạng sản phẩm OCOP {unit} (trình diễn)",
        level=level,
        area=area,
        issuer=f"Ủy ban nhân dân {unit}",
        decision_number="03/QĐ-TRÌNH DIỄN",
        rules_source="Quy chế trình diễn",
        is_demo=True,
    )
    for username, (post, name) in JUDGES.items():
        SeatFactory(council=council, user=people[username], name=name, post=post)


def judges(place):
    """The five, by user name."""
    rows = [
        {
            "username": username,
            "full_name": name,
            "role": "council_member",
            "title": "Người chấm điểm trình diễn",
        }
        for username, (_, name) in JUDGES.items()
    ]
    known = User.objects.filter(username__in=JUDGES)
    Consent.objects.grant(known, clock.today())  # the text of that day
    return {user.username: user for user in known} or seeding.make_people(rows, seeding.STORY_BEGINS, place)


def product():
    """An invented product of a commune that was merged in 2025: from the producer's idea, accepted by its office."""
    if known := Product.objects.filter(name=PRODUCT).first():
        return known
    entity, by = Entity.objects.get(code="td-chuyen-ngoai"), User.objects.get(username="chuthe")
    law = Regime.objects.for_filing(clock.today())
    idea = actions.register_idea(
        by=by,
        entity=entity,
        area=entity.place_on(clock.today()).unit,
        kind=IdeaKind.NEW,
        criteria_set=CriteriaSet.objects.get(regime=law, code="22-vai-may-mac"),
        name=PRODUCT,
        description="Khăn dệt tay từ tơ tằm của xã. Nội dung giả định.",
    )
    actions.submit_idea(idea, by=by)
    return actions.accept_idea(idea, by=first(officers(), permissions.may_judge_idea, idea))


def appoint(place):
    """After a merger the officers of commune and province hold the units of today."""
    offices = {"canboxa": (Role.COMMUNE_OFFICER, "commune"), "canbotinh": (Role.PROVINCE_OFFICER, "province")}
    for username, (role, kind) in offices.items():
        facts = {"user": User.objects.get(username=username), "role": role, "area": place.part(kind)}
        Assignment.objects.get_or_create(**facts, defaults={"start": clock.today()})


def officers():
    """Those of commune, district and province in the demonstration."""
    return [User.objects.get(username=name) for name in OFFICERS]


def dossier_of(made):
    """Filled in by its producer under the law of the day; a product that has stars applies for more of them."""
    by = User.objects.get(username="chuthe")
    dossier = actions.open_dossier(made, by=by, application=stages.applications(made)[0])
    actions.save_registration(dossier, by=by, **REGISTRATION)
    known = set(dossier.self_scores.values_list("criterion", flat=True))  # copied from the dossier before
    for criterion in Criterion.objects.of(dossier.criteria_set).exclude(pk__in=known):
        options = criterion.options.all()
        actions.choose(dossier, criterion, options[len(options) // 2], version=0, by=by)
    papers = set(dossier.evidence.values_list("kind", flat=True))
    for kind in dossier.required_papers():
        if kind.code not in papers:
            facts = {"kind": kind.code, "title": kind.name, "criteria": [], "valid_until": None}
            actions.attach(dossier, by=by, file=dossiers.make_paper(kind.name, dossier), **facts)
    return dossier


def hand_over(dossier):
    """From the producer through every office that the law names, until it waits for the council."""
    actions.submit(dossier, by=User.objects.get(username="chuthe"))
    dossier.refresh_from_db()
    samples = dossier.criteria_set.sample_count or 0
    if dossier.status == DossierStatus.AT_COMMUNE:
        by, form = first(officers(), permissions.may_assess, dossier), rules.commune_form(dossier.regime)
        actions.receive(dossier, by=by, samples=samples)
        findings = {row["code"]: "Đúng như hồ sơ, nội dung giả định." for row in form["findings"]}
        actions.assess(dossier, by=by, findings=findings, proposal="Đề nghị tỉnh đánh giá.")
        dossier.refresh_from_db()
    by = first(officers(), permissions.may_accept, dossier)
    actions.receive(dossier, by=by, samples=samples)
    actions.accept(dossier, by=by)
