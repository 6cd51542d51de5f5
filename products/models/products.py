"""A product of a producer, and what sources state about its standing."""

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField, TrigramSimilarity
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import OFFICERS, Role
from entities.models import CraftVillage, Entity
from foundation import clock
from foundation.areas.located import Located, LocatedQuerySet, reads
from foundation.areas.models import Area, AreaKind
from foundation.sources.models import Source
from foundation.ui.alphabet import Alphabetical
from products.models.ideas import Idea, photo_path
from products.models.ratings import Rating
from products.models.words import VnWords, forgiving_query, query_of

MOST_FOUND = 300  # products that one search looks at; more are said to be more, never counted


class VnNorm(Func):
    """Lower case without Vietnamese marks, as stored for search (function vn_norm of the database)."""

    function = "vn_norm"
    output_field = models.TextField()


def raw(query):
    """A tsquery made by products.models.words, of letters, digits and its operators alone."""
    return SearchQuery(query, config="simple", search_type="raw")


class ProductQuerySet(LocatedQuerySet):
    def visible_to(self, user):
        """Products of producers that this person may see; officers and managers also those in their area."""
        theirs = reads(Product, user.areas_as(*OFFICERS, Role.MANAGER))
        return self.filter(Q(entity__in=Entity.objects.visible_to(user)) | theirs)

    def with_stars(self, day=None):
        """Add ``stars`` and ``rated_until``: the rating in force that day (today when not said), or None."""
        current = (
            Rating.objects.in_force(day or clock.today()).filter(product=OuterRef("pk")).order_by("-stars")
        )
        return self.annotate(
            stars=Subquery(current.values("stars")[:1]), rated_until=Subquery(current.values("ends_on")[:1])
        )

    def rated(self, day=None):
        """Products with a rating in force that day."""
        return self.with_stars(day).filter(stars__isnull=False)

    def public(self):
        """What the public catalogue shows: rated products, and real ones that a source names as OCOP products."""
        stated = StatedStanding.objects.filter(product=OuterRef("pk")).exclude(
            standing=Standing.IDEA_REGISTERED
        )
        in_force = Rating.objects.in_force().filter(product=OuterRef("pk"))
        return self.with_stars().filter(Exists(in_force) | Exists(stated))

    def known_to_public(self):
        """What has a public page: the catalogue, and products whose rating ran out or was revoked."""
        stated = StatedStanding.objects.filter(product=OuterRef("pk")).exclude(
            standing=Standing.IDEA_REGISTERED
        )
        rated = Rating.objects.filter(product=OuterRef("pk"))
        return self.with_stars().filter(Exists(stated) | Exists(rated))

    def told(self):
        """Products of which officers were told: with stars or a source, with a dossier that was sent, or without idea
        and dossier because an officer wrote them down. Until then the accepted idea stands for the product.
        """
        known = self.model.objects.known_to_public().order_by().values("pk")
        sent = Q(dossiers__submitted_on__isnull=False)
        written_down = Q(idea=None, dossiers=None)
        rows = self.model.objects.filter(Q(pk__in=known) | sent | written_down)
        return self.filter(pk__in=rows.order_by().values("pk"))

    def known_to(self, user, entity):
        """Of this producer's products those that the person knows: its own people all, others what they were told."""
        own = Entity.objects.run_by(user).filter(pk=entity.pk).exists()
        return self.filter(entity=entity) if own else self.filter(entity=entity).told()

    def followed_up_between(self, first, last, *kinds):
        """Products that were maintained, strengthened or upgraded in that time, by these kinds if any are named."""
        more = {"facts__kind__in": kinds} if kinds else {}
        return self.filter(facts__day__range=(first, last), **more).distinct()

    def due_return(self, year):
        """Products of a known producer that had stars at any time of the year: their producers return its figures."""
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        held = Rating.objects.filter(product=OuterRef("pk"), starts_on__lte=last, ends_on__gte=first)
        return self.filter(Exists(held.exclude(revoked_on__lte=first)), entity__isnull=False)

    def featured(self):
        """Stars in force first, the newest of them first, then stars that sources state."""
        return self.order_by(
            F("stars").desc(nulls_last=True),
            F("rated_until").desc(nulls_last=True),
            F("stated__stars").desc(nulls_last=True),
            "alphabet",
            "pk",
        )

    def found_by(self, words):
        """Products in whose name or producer's name all the words stand; the last may be unfinished.

        ``words`` carry no marks (foundation.ui.text.plain); nothing is found by no words.
        """
        return self.filter(search=raw(query_of(words))) if words else self.none()

    def nearly_found_by(self, words):
        """The second chance: as ``found_by``, with one typo in a word."""
        query = forgiving_query(words) if words else ""
        return self.filter(search=raw(query)) if query else self.none()

    def first_keys(self, words):
        """Keys of at most MOST_FOUND products of ``found_by``; those named exactly so, or beginning so, among them.

        When there are enough of these the rest, less near, is not looked for.
        """
        if not words:
            return []
        rows, name = self.order_by(), " ".join(words)
        exact = rows.filter(plain=name).values_list("pk")[:MOST_FOUND]
        begins = rows.filter(plain__startswith=name).values_list("pk")[:MOST_FOUND]
        keys = dict.fromkeys(key for (key,) in exact.union(begins, all=True))
        if len(keys) < MOST_FOUND:
            keys |= dict.fromkeys(rows.found_by(words).values_list("pk", flat=True)[:MOST_FOUND])
        return list(keys)[:MOST_FOUND]

    def near_keys(self, words):
        """Keys of at most MOST_FOUND products of ``nearly_found_by``."""
        return list(self.order_by().nearly_found_by(words).values_list("pk", flat=True)[:MOST_FOUND])

    def most_relevant(self, words, *, nearly=False):
        """Exactly this name first, then what begins so, what holds the words in a row; by weight, the shorter first.

        What was found only ``nearly`` goes by how much of it is as typed.
        """
        name = " ".join(words)
        if nearly:
            return self.order_by(TrigramSimilarity("plain", Value(name)).desc(), "plain", "pk")
        closeness = Case(
            When(plain=name, then=0),
            When(plain__startswith=f"{name} ", then=1),
            When(plain__contains=name, then=2),
            default=3,
        )
        weight = SearchRank(F("search"), raw(query_of(words))).desc()
        return self.order_by(closeness, weight, Length("plain"), "plain", "pk")

    def within(self, area):
        """Products of the unit."""
        return self.filter(area__in=Area.objects.within(area))

    def in_district(self, code):
        """Products of the district or of one of its communes, in whatever period the unit is named."""
        own = Q(area__kind=AreaKind.DISTRICT, area__code=code)
        return self.filter(own | Q(area__parent__kind=AreaKind.DISTRICT, area__parent__code=code))

    def for_open_data(self):
        """With all that leaves the portal as open data."""
        rows = self.select_related("entity", "village", "area__parent__parent", "stated").with_papers()
        return rows.order_by("code")

    def with_papers(self, day=None):
        """With ``papers``: the ratings in force, each with its certificate, the newest first."""
        current = (
            Rating.objects.in_force(day)
            .select_related("certificate", "decision")
            .order_by("-starts_on", "-pk")
        )
        return self.prefetch_related(Prefetch("ratings", queryset=current, to_attr="papers"))

    def for_list(self):
        return self.select_related("entity", "area__parent__parent", "stated").order_by("alphabet", "pk")


class Product(Located):
    """A product. Real ones carry sources and only sourced facts; invented ones carry ``is_demo``.

    ``set_code`` names one of the 26 criteria sets (stable across regimes), ``industry`` its top group I–VI;
    for real products only the group is known, by our own classification. ``represents`` > 1: the source counts so many
    products without naming each.
    """

    code = models.SlugField("mã sản phẩm", max_length=40, unique=True)
    name = models.CharField("tên sản phẩm", max_length=160)
    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="products", verbose_name="chủ thể"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    industry = models.CharField("nhóm sản phẩm", max_length=4)
    set_code = models.SlugField("bộ sản phẩm", max_length=60, blank=True)
    description = models.TextField("mô tả", blank=True)
    photo = models.ImageField("ảnh", upload_to=photo_path, blank=True)
    village = models.ForeignKey(
        CraftVillage, models.PROTECT, null=True, blank=True, related_name="products", verbose_name="làng nghề"
    )
    idea = models.OneToOneField(Idea, models.PROTECT, null=True, blank=True, related_name="product")
    represents = models.PositiveSmallIntegerField("số sản phẩm nguồn nêu gộp", default=1)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")
    plain = models.GeneratedField(
        expression=VnWords(F("name")), output_field=models.TextField(), db_persist=True
    )
    alphabet = models.GeneratedField(
        expression=Alphabetical(F("name")), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    search = SearchVectorField(
        null=True, editable=False
    )  # a trigger keeps it: name, and less heavy the producer's

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm"
        verbose_name_plural = "sản phẩm"
        ordering = ["name", "pk"]
        indexes = [
            GinIndex(fields=["search"], name="product_search"),
            models.Index(fields=["alphabet", "id"], name="product_by_alphabet"),
            models.Index(fields=["plain"], name="product_beginning", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(name="product_represents_at_least_one", condition=Q(represents__gte=1)),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("products:public", args=[self.code])


class Standing(models.TextChoices):
    """What a source says about a product whose decision we have not seen."""

    RECOGNISED = "recognised", "Nguồn nêu đã được công nhận"
    COUNCIL_SCORED = "district_council_scored", "Hội đồng cấp huyện chấm đạt, chưa thấy quyết định"
    NAMED = "named_as_ocop", "Nguồn nêu tên trong các sản phẩm OCOP"
    MENTIONED = "mentioned", "Nguồn nhắc tới, chưa thấy hạng"
    IDEA_REGISTERED = "idea_registered", "Mới đăng ký ý tưởng"


class StatedStanding(models.Model):
    """A real product's standing as sources state it. It is not a Rating: no decision was seen, so it adds to no figure.

    Its number of products is already inside the opening balances; pages say so.
    """

    product = models.OneToOneField(Product, models.CASCADE, related_name="stated")
    standing = models.CharField("nguồn nêu", max_length=30, choices=Standing)
    stars = models.PositiveSmallIntegerField("số sao nguồn nêu", null=True, blank=True)
    stars_basis = models.CharField("căn cứ", max_length=30, blank=True)
    year = models.PositiveSmallIntegerField("năm đánh giá", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "hạng theo nguồn"
        verbose_name_plural = "hạng theo nguồn"
        constraints = [
            models.CheckConstraint(
                name="stated_stars_in_range", condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=5)
            ),
        ]

    def __str__(self):
        return self.get_standing_display()

    @property
    def in_words(self):
        """What the source says and what it does not: 4 sao, năm 2019, chưa thấy quyết định."""
        said = {
            Standing.COUNCIL_SCORED: _("hội đồng cấp huyện chấm"),
            Standing.MENTIONED: _("được nhắc tới trong chương trình"),
        }.get(self.standing, "")
        if not self.stars:
            said = said or (
                _("đã được công nhận")
                if self.standing == Standing.RECOGNISED
                else _("có tên trong sản phẩm OCOP")
            )
            return _("%(said)s, chưa nêu hạng") % {"said": said}
        facts = {"said": said, "stars": self.stars, "year": self.year}
        if self.year:
            return (_("%(said)s %(stars)s sao, năm %(year)s, chưa thấy quyết định") % facts).strip()
        return (_("%(said)s %(stars)s sao, chưa thấy quyết định") % facts).strip()
