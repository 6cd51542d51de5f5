#!/usr/bin/env python3
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

# The tables belong to a role of their own; web and worker run as one that owns nothing. These commands are the owner's.
OWNER_COMMANDS = {"migrate", "prepare", "grant_rights"}
# These need the law's files alone: no variable of the environment, no database.
OFFLINE_COMMANDS = {"score"}


def main():
    """Run one management command."""
    if OFFLINE_COMMANDS & set(sys.argv[1:2]):
        os.environ["DJANGO_SETTINGS_MODULE"] = "ocop_portal.offline"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop_portal.settings")
    if OWNER_COMMANDS & set(sys.argv[1:2]) and "DATABASE_OWNER_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
