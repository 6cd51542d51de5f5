"""People and what they are charged with, where and from when until when."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from foundation import clock
from foundation.areas.models import Area


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


class UserManager(BaseUserManager):
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

    def __str__(self):
        return self.full_name

    @cached_property
    def charges(self):
        """Assignments in force today, with their areas up to the province. One query per request."""
        return list(
            Assignment.objects.on(clock.today())
            .filter(user=self)
            .select_related("area__parent__parent")
            .order_by("pk")
        )

    def has_role(self, *roles):
        """Whether one of these roles is held today, anywhere."""
        return any(charge.role in roles for charge in self.charges)

    def areas_as(self, *roles):
        """Ids of the units in which one of these roles is held today (all roles when none is named)."""
        return [
            charge.area_id
            for charge in self.charges
            if charge.area_id and (not roles or charge.role in roles)
        ]

    @property
    def acting_role_label(self):
        """The first role held today, with its unit, for the top bar and the trail."""
        charge = next(iter(self.charges), None)
        if charge is None:
            return ""
        return f"{charge.get_role_display()} – {charge.area}" if charge.area else charge.get_role_display()


class AssignmentQuerySet(models.QuerySet):
    def on(self, day):
        """Assignments in force on that day."""
        return self.filter(Q(start__lte=day), Q(until__isnull=True) | Q(until__gte=day))


class Assignment(models.Model):
    """A role in a unit for a time. ``area`` is empty only for producers and administrators."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField("vai trò", max_length=20, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    start = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)

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
                condition=Q(area__isnull=False) | Q(role__in=[Role.PRODUCER, Role.ADMINISTRATOR]),
                violation_error_message="Hãy chọn địa bàn cho vai trò này.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
