"""People and what they are charged with, where and from when until when."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property

from foundation import clock
from foundation.areas.models import Area, AreaKind, Whereabouts


class Role(models.TextChoices):
    """What a person does in the programme. Seats on councils live in evaluation, memberships in entities."""

    PRODUCER = "producer", "Chủ thể"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ xã"
    DISTRICT_OFFICER = "district_officer", "Cán bộ huyện"
    PROVINCE_OFFICER = "province_officer", "Cán bộ tỉnh"
    DEPARTMENT_OFFICER = "department_officer", "Cán bộ sở, ngành"
    COUNCIL_MEMBER = "council_member", "Thành viên hội đồng"
    MANAGER = "manager", "Lãnh đạo"
    ADMINISTRATOR = "administrator", "Quản trị"


OFFICERS = frozenset(
    {Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER}
)
# Whoever judges, decides or administers signs in with a second factor.
GUARDED = OFFICERS | {Role.COUNCIL_MEMBER, Role.MANAGER, Role.ADMINISTRATOR}


# Roles that are not tied to a unit, and the level of the unit that the others are tied to.
WITHOUT_AREA = frozenset({Role.PRODUCER, Role.ADMINISTRATOR})
LEVELS = {
    Role.COMMUNE_OFFICER: (AreaKind.COMMUNE,),
    Role.DISTRICT_OFFICER: (AreaKind.DISTRICT,),
    Role.PROVINCE_OFFICER: (AreaKind.PROVINCE,),
    Role.DEPARTMENT_OFFICER: (AreaKind.PROVINCE,),
    Role.COUNCIL_MEMBER: (AreaKind.DISTRICT, AreaKind.PROVINCE),
    Role.MANAGER: (AreaKind.COMMUNE, AreaKind.DISTRICT, AreaKind.PROVINCE),
}


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Administrators see everybody; officers and managers the people of their area; each sees themselves."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        areas = Area.objects.read_by(user.areas_as(*OFFICERS, Role.MANAGER))
        there = Assignment.objects.filter(area__in=areas)
        return self.filter(Q(pk=user.pk) | Q(pk__in=there.values("user")))

    def in_use(self):
        """People who may sign in."""
        return self.filter(is_active=True)

    def colleagues_of(self, person):
        """Other people in use who hold a role today in one of this person's units."""
        today = Assignment.objects.on(clock.today())
        units = today.filter(user=person).exclude(area=None).values("area")
        return self.in_use().exclude(pk=person.pk).filter(pk__in=today.filter(area__in=units).values("user"))

    def for_list(self):
        """With the assignments that a line shows."""
        held = Assignment.objects.on(clock.today()).select_related("area").order_by("pk")
        return self.prefetch_related(models.Prefetch("assignments", held, to_attr="held_today"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes people."""

    def create_user(self, username, password=None, **facts):
        """A person who may sign in; without a password nobody can."""
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def serving(self, area, role):
        """People who hold that role today for that very unit."""
        held = Assignment.objects.on(clock.today()).filter(area=area, role=role)
        return self.filter(is_active=True, assignments__in=held)

    def holding(self, role):
        """People in use who hold that role today, anywhere."""
        held = Assignment.objects.on(clock.today()).filter(role=role)
        return self.filter(is_active=True, pk__in=held.values("user"))

    def named(self, typed):
        """Who is meant at the sign-in page: the user name as it stands, else the address; None when nobody is.

        One question whatever the answer, so that its time tells nothing.
        """
        by_address = Q(low=typed.lower()) & ~Q(email="")
        found = self.alias(low=Lower("email")).filter(Q(username=typed) | by_address)
        return min(found, key=lambda user: user.username != typed, default=None)

    def demo(self):
        """The invented people of a demonstration who have a part in its story: generated crowds have no title."""
        people = self.filter(is_demo=True).exclude(title="")
        return people.prefetch_related("assignments__area").order_by("pk")


class User(AbstractBaseUser):
    """A person who signs in. ``full_name`` of demo people is invented, and they say so."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    title = models.CharField("chức vụ", max_length=160, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    demo_order = models.PositiveSmallIntegerField("thứ tự trình diễn", null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="email_of_one_person",
                condition=~Q(email=""),
                violation_error_message="Địa chỉ thư này đã thuộc về một tài khoản khác.",
            )
        ]

    # For the time of one request: the charge that is acted in (0: the first), and who looks through this person's eyes.
    acting_pk = None
    looked_through_by = None

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("accounts:person", args=[self.username])

    @cached_property
    def charges(self):
        """Assignments in force today, with their areas up to the province. One query per request."""
        return list(
            Assignment.objects.on(clock.today())
            .filter(user=self)
            .select_related("area__parent__parent")
            .order_by("pk")
        )

    @property
    def acting(self):
        """The charge that is acted in within a request: the chosen one, else the first; None without any."""
        chosen = (charge for charge in self.charges if charge.pk == self.acting_pk)
        return next(chosen, next(iter(self.charges), None))

    @property
    def standing(self):
        """The charges that count now: within a request the one that is acted in, elsewhere all of them."""
        if self.acting_pk is None:
            return self.charges
        return [self.acting] if self.charges else []

    @cached_property
    def unread_count(self):
        """Unread notices for the bell. Asked only by the frame that draws it, once per request."""
        return self.notices.bell()

    def has_role(self, *roles):
        """Whether one of these roles counts now, anywhere."""
        return any(charge.role in roles for charge in self.standing)

    def areas_as(self, *roles):
        """Ids of the units in which one of these roles counts now (all roles when none is named)."""
        return [
            charge.area_id
            for charge in self.standing
            if charge.area_id and (not roles or charge.role in roles)
        ]

    @cached_property
    def seats_today(self):
        """Pairs of role and id of the unit in which it acts today.

        A unit that is no more gives no power, unless it goes on under another name.
        """
        today = clock.today()
        gone = {charge.area_id for charge in self.standing if charge.area and not charge.area.lives_on(today)}
        stays = Whereabouts.objects.on(today).filter(origin__in=gone, continues=True) if gone else ()
        now = {stay.origin_id: stay.place_id for stay in stays}
        return {
            (charge.role, now.get(charge.area_id) if charge.area_id in gone else charge.area_id)
            for charge in self.standing
        }

    @property
    def acting_role_label(self):
        """The role that is acted in, with its unit, for the top bar and the trail."""
        return self.acting.label if self.charges else ""


class AssignmentQuerySet(models.QuerySet):
    def on(self, day):
        """Assignments in force on that day."""
        return self.filter(
            Q(start__lte=day),
            Q(until__isnull=True) | Q(until__gte=day),
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day),
        )

    def overlapping(self, role, area, start, until):
        """Assignments of the same role and unit that share a day with this time."""
        later = Q() if until is None else Q(start__lte=until)
        open_end = Q(until__isnull=True) | Q(until__gte=start)
        running = Q(revoked_on__isnull=True) | Q(revoked_on__gt=start)
        return self.filter(later, open_end, running, role=role, area=area)

    def of_ended_units(self, day=None):
        """Assignments in force whose unit is no more on that day (today when not said)."""
        day = day or clock.today()
        return self.on(day).filter(area__valid_to__lt=day)

    def with_successor(self, day=None):
        """Add ``successor_id``: the one unit that took the whole unit over and lives on that day, or None.

        ``goes_on`` tells whether that is the same unit under another name: then the assignment still acts there.
        """
        stays = Whereabouts.objects.on(day or clock.today()).filter(origin=OuterRef("area"), left=None)
        return self.annotate(
            successor_id=Subquery(stays.values("place")[:1]), goes_on=Subquery(stays.values("continues")[:1])
        )


class Assignment(models.Model):
    """A role in a unit for a time. ``area`` is empty only for producers and administrators.

    ``until`` is the last day that was planned; ``revoked_on`` the day on which the role was taken back at once: it no
    longer counts on that day. ``basis`` is the paper or the reason behind it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField("vai trò", max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    start = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        constraints = [
            models.CheckConstraint(
                name="assignment_runs_forward",
                condition=Q(until__isnull=True) | Q(until__gte=F("start")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="assignment_of_an_officer_names_an_area",
                condition=Q(area__isnull=False) | Q(role__in=sorted(WITHOUT_AREA)),
                violation_error_message="Hãy chọn địa bàn cho vai trò này.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    @property
    def label(self):
        """The role with its unit: Cán bộ xã – Xã Chuyên Ngoại."""
        return f"{self.get_role_display()} – {self.area}" if self.area else self.get_role_display()

    @property
    def period(self):
        """From when until when, in words."""
        last = self.revoked_on and f", thu hồi {self.revoked_on:%d/%m/%Y}"
        until = f" đến {self.until:%d/%m/%Y}" if self.until else ""
        return f"từ {self.start:%d/%m/%Y}{until}{last or ''}"

    def is_over(self, day):
        """No longer in force on that day, nor later."""
        ended = self.until is not None and self.until < day
        return ended or (self.revoked_on is not None and self.revoked_on <= day)
