"""Fills a demonstration with many invented producers, products, ratings and dossiers, for measuring.

The rows are written as the deeds would leave them, but in bulk: no trail, no evidence, and paper only for the first few
certificates. Every producer of a dossier has a person, whose user name is the producer's code.
"""

import datetime as dt
import random
import time
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.models import Assignment, Consent, Role, User
from entities import kinds, taxcodes
from entities.models import (
    Entity,
    EntityKind,
    EntityStatus,
    Membership,
    SalesChannel,
    Spell,
    Strengthening,
)
from foundation import clock
from foundation.areas.models import Area, AreaKind
from foundation.regimes.models import CriteriaSet, Criterion, Regime
from ocop_portal.demo.seeding import PASSWORD, read
from products import actions
from products.models import Decision, Dossier, DossierStatus, Product, Rating, SelfScore

BATCH = 1000  # rows per statement
LARGEST_SEED = 9999  # so that codes fit their columns
CERTIFICATES = 20  # so many ratings of a run get their paper
RATED_SHARE = 0.6  # of the products without a dossier
STARS = (3, 3, 3, 3, 3, 3, 3, 4, 4, 5)
STATES = (
    DossierStatus.DRAFT,
    DossierStatus.RATED,
    DossierStatus.SUBMITTED,
    DossierStatus.ACCEPTED,
    DossierStatus.RATED,
    DossierStatus.RETURNED,
    DossierStatus.SUBMITTED,
    DossierStatus.RATED,
    DossierStatus.DRAFT,
    DossierStatus.RATED,
)
WITH_CODE = {DossierStatus.ACCEPTED, DossierStatus.RATED}
CHANNEL_SHARE, STRENGTHENED_SHARE = 0.7, 0.2  # of the producers
ENDED_SHARE = 0.25  # of the channels
DECISION_DAYS = 12  # a year of sessions
LEAD_DAYS = 60  # from handing in to the decision
CENTRAL_ISSUER = "Bộ Nông nghiệp và Phát triển nông thôn"


class Command(BaseCommand):
    """Only in demo mode. The same numbers and the same seed on the same day give the same rows."""

    help = "Tạo nhiều dữ liệu giả định để đo; chỉ chạy khi PORTAL_DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--producers", type=int, default=1000)
        parser.add_argument("--products", type=int, default=2000)
        parser.add_argument("--dossiers", type=int, default=500)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--more", action="store_true", help="thêm vào dữ liệu đã tạo với cùng seed")

    def handle(self, *args, producers, products, dossiers, seed, more, **options):
        began = time.monotonic()
        if not settings.DEMO:
            raise CommandError("Dữ liệu giả định chỉ được tạo khi PORTAL_DEMO=1.")
        if min(producers, products, dossiers) < 0 or not 0 <= seed <= LARGEST_SEED:
            raise CommandError(f"Số lượng không được âm; seed từ 0 đến {LARGEST_SEED}.")
        if dossiers > products or (products and not producers):
            raise CommandError("Mỗi hồ sơ cần một sản phẩm riêng, mỗi sản phẩm cần một chủ thể.")
        if not more and Entity.objects.filter(code__startswith=f"g{seed}-").exists():
            raise CommandError(
                f"Dữ liệu với seed {seed} đã có. Thêm --more để tạo thêm, hoặc chọn seed khác."
            )
        with transaction.atomic():
            counts = Maker(seed).make(producers, products, dossiers)
        with connection.cursor() as cursor:
            cursor.execute("analyze")  # the planner knows the new rows at once
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"Xong trong {time.monotonic() - began:.1f} giây.")


class Maker:
    """Makes rows, each kind in one go. Numbering goes on where an earlier run with this seed stopped."""

    def __init__(self, seed):
        self.seed = seed
        self.first = {
            model: model.objects.filter(code__startswith=prefix).count() + 1
            for model, prefix in (
                (Entity, self.code("", "")),
                (Product, self.code("sp-", "")),
                (Dossier, self.code("hs-", "")),
            )
        }
        self.random = random.Random(f"{seed}/{self.first[Entity]}/{self.first[Product]}")
        self.today = clock.today()
        self.regime = Regime.objects.for_filing(self.today)
        self.words = read("words.yaml")
        self.communes = list(Area.objects.communes().on(self.today).with_parents().order_by("code"))
        self.sets = list(CriteriaSet.objects.offered().of(self.regime).order_by("number"))
        self.criteria = {}  # set: its criteria with options, read when needed
        self.decisions = {}  # level, unit, day: Decision

    def code(self, kind, number):
        """A code of this seed: g1-00001, g1-sp-00001."""
        return f"g{self.seed}-{kind}{number:05}" if number else f"g{self.seed}-{kind}"

    def numbers(self, model, count):
        """So many numbers that this seed has not given out yet."""
        return range(self.first[model], self.first[model] + count)

    def make(self, producers, products, dossiers):
        """Everything; how many of each there are now more, by their Vietnamese name."""
        makers = self.make_producers(producers)
        goods = self.make_products(products, makers)
        files = self.make_dossiers(dossiers, goods)
        scores = self.make_self_scores(files)
        Dossier.objects.bulk_update(files, ["status"], BATCH)
        ratings = self.make_ratings(goods, files)
        certificates = self.print_certificates(ratings)
        channels, strengthenings = self.make_channels(makers), self.make_strengthenings(makers)
        return {
            "Chủ thể": len(makers),
            "Sản phẩm": len(goods),
            "Hồ sơ": len(files),
            "Điểm tự chấm": scores,
            "Quyết định": len(self.decisions),
            "Hạng sao": len(ratings),
            "Giấy chứng nhận": certificates,
            "Kênh bán hàng": channels,
            "Việc củng cố": strengthenings,
        }

    # ---------------------------------------------------------------- producers and products

    def make_producers(self, count):
        """Producers in real communes."""
        kinds = [EntityKind(kind) for kind in self.words["kinds"]]
        rows = []
        for number in self.numbers(Entity, count):
            kind, area = self.random.choice(kinds), self.random.choice(self.communes)
            form, brand = (
                self.random.choice(self.words["kinds"][kind]),
                self.random.choice(self.words["brands"]),
            )
            name = f"{form} {brand} {area.name}"
            facts = {"name": name, "kind": kind, "area": area, **self.facts_of_producer(number)}
            rows.append(Entity(code=self.code("", number), is_demo=True, **facts))
        makers = Entity.objects.bulk_create(rows, BATCH)
        seen = {
            "status": EntityStatus.PARTICIPATING,
            "seen_on": self.today,
            "note": "Nội dung giả định để đo",
        }
        Spell.objects.bulk_create([Spell(entity=maker, **seen) for maker in makers], BATCH)
        return makers

    def facts_of_producer(self, number):
        """Invented facts of one producer; its tax code passes the check, where its first nine digits allow one."""
        nine = f"{80 + self.seed % 10}{number:07}"
        taxed = self.seed < 10 and taxcodes.check_digit(nine) < 10
        workers = self.random.randint(2, 80)
        return {
            "status": EntityStatus.PARTICIPATING,
            "tax_code": f"{nine}{taxcodes.check_digit(nine)}" if taxed else "",
            "phone": f"09{self.seed % 100:02}{number:06}",
            "address": f"Thôn {number % 12 + 1}",
            "representative": f"{self.random.choice(self.words['family_names'])} Văn Trình Diễn",
            "workers": workers,
            "local_workers": self.random.randint(0, workers),
        }

    def make_products(self, count, makers):
        """Products; every producer has one before any has two."""
        rows = []
        for place, number in enumerate(self.numbers(Product, count)):
            maker = makers[place] if place < len(makers) else self.random.choice(makers)
            kind = self.random.choice(self.sets)
            noun = self.random.choice(self.words["products"][kind.number])
            name = f"{noun} {self.random.choice(self.words['qualities'])} {maker.area.name}"
            rows.append(
                Product(
                    code=self.code("sp-", number),
                    name=name,
                    entity=maker,
                    area=maker.area,
                    industry=kind.industry_code,
                    set_code=kind.code,
                    description=f"{name}, do {maker.name} làm ra. Nội dung giả định để đo.",
                    is_demo=True,
                )
            )
        return Product.objects.bulk_create(rows, BATCH)

    # ---------------------------------------------------------------- dossiers

    def make_dossiers(self, count, goods):
        """Dossiers in all states that need no council; each with the people of its producer."""
        people = self.make_people([product.entity for product in goods[:count]])
        sets, rows = {row.code: row for row in self.sets}, []
        for place, (number, product) in enumerate(
            zip(self.numbers(Dossier, count), goods[:count], strict=True)
        ):
            dossier = Dossier(
                code=self.code("hs-", number),
                product=product,
                year=self.today.year,
                regime=self.regime,
                criteria_set=sets[product.set_code],
                spec="Gói 500 g, theo tiêu chuẩn cơ sở",
                capacity=f"{self.random.randint(2, 90) * 100} gói mỗi tháng",
                introduction=product.description,
                status=STATES[place % len(STATES)],
                created_by=people[product.entity.code],
            )
            self.date(dossier)
            rows.append(dossier)
        if rows:
            self.regime.mark_used()
        return self.still_drafts(rows)

    def still_drafts(self, rows):
        """Stored as drafts, because nothing is added to what was sent; each row keeps in mind what it becomes."""
        becomes = [row.status for row in rows]
        for row in rows:
            row.status = DossierStatus.DRAFT
        stored = Dossier.objects.bulk_create(rows, BATCH)
        for row, status in zip(stored, becomes, strict=True):
            row.status = status
        return stored

    def date(self, dossier):
        """The days on which it was sent and accepted, and the code it got then."""
        if dossier.status == DossierStatus.DRAFT:
            return
        latest = self.today - dt.timedelta(LEAD_DAYS if dossier.status == DossierStatus.RATED else 0)
        dossier.submitted_on = max(
            latest - dt.timedelta(self.random.randint(0, 60)), self.regime.effective_from
        )
        if dossier.status in WITH_CODE:
            dossier.accepted_on = min(dossier.submitted_on + dt.timedelta(10), self.today)
            dossier.product_code = actions.product_code(dossier)

    def make_people(self, makers):
        """One invented person for each of these producers, by its code; they share the demonstration's password."""
        password, makers = make_password(PASSWORD), {maker.code: maker for maker in makers}
        names = [self.words[part] for part in ("family_names", "middle_names")]
        users = User.objects.bulk_create(
            [
                User(
                    username=code,
                    full_name=f"{' '.join(map(self.random.choice, names))} Trình Diễn",
                    password=password,
                    is_demo=True,
                )
                for code in makers
            ],
            BATCH,
        )
        start = self.today.replace(month=1, day=1)
        charges = [Assignment(user=user, role=Role.PRODUCER, start=start) for user in users]
        Assignment.objects.bulk_create(charges, BATCH)
        members = [Membership(entity=makers[user.username], user=user) for user in users]
        Membership.objects.bulk_create(members, BATCH)
        Consent.objects.grant(users, self.today)
        return {user.username: user for user in users}

    def make_self_scores(self, dossiers):
        """All criteria answered where the dossier was sent, about half of them in a draft; how many answers."""
        rows = []
        for dossier in dossiers:
            criteria = self.criteria_of(dossier.criteria_set)
            if dossier.status == DossierStatus.DRAFT:
                criteria = criteria[: len(criteria) // 2]
            rows += [
                SelfScore(dossier=dossier, criterion=criterion, option=self.random.choice(options))
                for criterion, options in criteria
            ]
        return len(SelfScore.objects.bulk_create(rows, BATCH))

    def criteria_of(self, criteria_set):
        """Pairs of a criterion and its better half of boxes, in the order of the form."""
        if criteria_set.pk not in self.criteria:
            pairs = []
            for criterion in Criterion.objects.of(criteria_set):
                boxes = sorted(criterion.options.all(), key=lambda box: (box.points, box.pk))
                pairs.append((criterion, boxes[len(boxes) // 2 :]))
            self.criteria[criteria_set.pk] = pairs
        return self.criteria[criteria_set.pk]

    # ---------------------------------------------------------------- channels and strengthening

    def make_channels(self, makers):
        """One to three channels for most producers, some of them ended; how many."""
        words, rows = kinds.channels(), []
        for maker in makers:
            if self.random.random() > CHANNEL_SHARE:
                continue
            for number in range(self.random.randint(1, 3)):
                kind, name = self.random.choice(words)
                since = self.today - dt.timedelta(self.random.randint(30, 900))
                over = self.random.random() < ENDED_SHARE
                rows.append(
                    SalesChannel(
                        entity=maker,
                        kind=kind,
                        partner=f"{name} {self.random.choice(self.words['brands'])} {number + 1}",
                        since=since,
                        until=since + dt.timedelta(self.random.randint(0, 400)) if over else None,
                        is_demo=True,
                    )
                )
        return len(SalesChannel.objects.bulk_create(rows, BATCH))

    def make_strengthenings(self, makers):
        """A share of the producers, each strengthened once within a year; how many."""
        rows = [
            Strengthening(
                entity=maker,
                kind=self.random.choice(kinds.strengthening())[0],
                day=self.today - dt.timedelta(self.random.randint(0, 300)),
                note="Nội dung giả định để đo.",
                is_demo=True,
            )
            for maker in makers
            if self.random.random() < STRENGTHENED_SHARE
        ]
        return len(Strengthening.objects.bulk_create(rows, BATCH))

    # ---------------------------------------------------------------- stars

    def make_ratings(self, goods, dossiers):
        """Stars in force: by their dossier where it ended so, else for a share of the products without one."""
        earliest = max(
            self.regime.effective_from, clock.add_months(self.today, 1 - self.regime.certificate_months)
        )
        span = max((self.today - earliest).days, 1)
        days = sorted(self.today - dt.timedelta(self.random.randrange(span)) for _ in range(DECISION_DAYS))
        rated = [(row.product, row, days[-1]) for row in dossiers if row.status == DossierStatus.RATED]
        rest = goods[len(dossiers) :]
        rated += [
            (product, None, self.random.choice(days))
            for product in rest
            if self.random.random() < RATED_SHARE
        ]
        rows = [self.rating(*facts) for facts in rated]
        Decision.objects.bulk_create(self.decisions.values(), BATCH)
        return Rating.objects.bulk_create(rows, BATCH)

    def rating(self, product, dossier, day):
        """Stars by an invented decision of the level that recognises them."""
        band = self.regime.bands[self.random.choice(STARS) - 1]
        if dossier:
            day = max(day, dossier.accepted_on)
        total = Decimal(self.random.randrange(band.floor * 100, (band.below or 100) * 100)) / 100
        return Rating(
            product=product,
            dossier=dossier,
            regime=self.regime,
            stars=band.stars,
            total=total,
            decision=self.decision(self.regime.level_for(band.stars), product.area, day),
            year=day.year,
            starts_on=day,
            ends_on=clock.add_months(day, self.regime.certificate_months),
        )

    def decision(self, level, area, day):
        """The decision of that level for that place and day; one for all its products."""
        unit = (area.part(AreaKind.DISTRICT) if level == "district" else None) or area.part(AreaKind.PROVINCE)
        number = f"{len(self.decisions) + 1}.{self.code('', self.first[Product])}/QĐ-TRÌNH DIỄN"
        issuer = CENTRAL_ISSUER if level == "central" else f"Ủy ban nhân dân {unit.full_name}"
        fresh = Decision(number=number, day=day, level=level, issuer=issuer, area=unit, is_demo=True)
        return self.decisions.setdefault((level, unit.pk, day), fresh)

    def print_certificates(self, ratings):
        """Enter the first few in the register, with their paper; how many."""
        chosen = [rating for rating in ratings if rating.dossier_id][:CERTIFICATES]
        for rating in chosen:
            actions.issue_certificate(rating, by=None)
        return len(chosen)
