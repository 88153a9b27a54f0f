#!/usr/bin/env bash
# Run once by the database's image on an empty data folder: the role of Odoo, which is no superuser.
set -euo pipefail
export DB_PASSWORD_FILE
psql -Xq -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat "$DB_PASSWORD_FILE"`
CREATE ROLE odoo LOGIN CREATEDB NOSUPERUSER PASSWORD :'password';
SQL
