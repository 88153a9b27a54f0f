#!/usr/bin/env bash
# Healthy: the server answers, reaches its database, and its schedules run.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"

connect
curl --fail --silent --show-error --max-time 8 --output /dev/null \
    "http://127.0.0.1:${ODOO_HTTP_PORT:-8069}/web/health?db_server_status=1"
# Something is half an hour late, and nothing has run for half an hour.
stopped=$(sql "$database" <<'SQL'
SELECT EXISTS (SELECT 1 FROM ir_cron WHERE active AND nextcall < now() AT TIME ZONE 'UTC' - INTERVAL '30 minutes')
   AND NOT EXISTS (SELECT 1 FROM ir_cron WHERE lastcall > now() AT TIME ZONE 'UTC' - INTERVAL '30 minutes')
SQL
)
[ "$stopped" = f ] || die 'the scheduled actions have stopped'
