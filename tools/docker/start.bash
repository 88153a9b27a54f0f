#!/usr/bin/env bash
# Entry point of the containers with Odoo: passwords go from their files into the environment, then the command runs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"

connect
if [ -s "${SMTP_PASSWORD_FILE:-}" ]; then
    ODOO_SMTP_PASSWORD=$(<"$SMTP_PASSWORD_FILE")
    export ODOO_SMTP_PASSWORD
fi
# After a reboot all containers start at once.
for _try in {1..60}; do
    if pg_isready -q; then break; fi
    sleep 1
done
exec "$@"
