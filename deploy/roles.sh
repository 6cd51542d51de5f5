#!/bin/sh
# Runs once, when PostgreSQL makes its files. The owner has the tables and migrates; the application's role, by which
# web, worker and beat sign in, owns nothing and gets its rights from `manage.py grant_rights`.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$PORTAL_OWNER_PASSWORD" --set=app_password="$PORTAL_APP_PASSWORD" <<'SQL'
create role portal_owner login nosuperuser nocreatedb nocreaterole password :'owner_password';
create role portal_app login nosuperuser nocreatedb nocreaterole password :'app_password';
create database portal owner portal_owner;
revoke all on database portal from public;
grant connect on database portal to portal_app;
SQL
