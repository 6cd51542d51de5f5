"""A portal in miniature, on which the launcher can be tried in seconds."""

import os
import sys

import psycopg2


def prepare():
    """What the real command does, for one table: schema as the owner, rights for the application's role."""
    if reason := os.environ.get("SMALL_REFUSES"):
        sys.exit(reason)
    with psycopg2.connect(os.environ["DATABASE_OWNER_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("create table if not exists life (sign text primary key, at timestamptz not null)")
        cursor.execute("create table if not exists kept (word text)")
        cursor.execute("delete from life")
        cursor.execute("grant select, insert, update, delete on life, kept to portal_app")
        print("lược đồ: 2 bảng")
    print("dữ liệu minh hoạ:", os.environ["PORTAL_DEMO"])


def demo_people():
    """Who may sign in."""
    print("canbo.tinh   mật-khẩu-minh-hoạ   Cán bộ cấp tỉnh")


def ring():
    """Hand one job to the broker."""
    os.execv(
        sys.executable, [sys.executable, "-m", "celery", "-A", "ocop_portal", "call", "ocop_portal.keep"]
    )


{"prepare": prepare, "demo_people": demo_people, "ring": ring}[sys.argv[1]]()
