#!/usr/bin/env bash
# The one-shot service `init`: installs the suite into the database, or updates it when its files changed.
# Every step can be repeated, so that a broken first run is simply run again.
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/../shell" && pwd)
database=${SUITE_DATABASE:-outsourcing}
stamp=$ODOO_DATA_DIR/suite-$database
PGPASSWORD=$(<"$PASSWORD_FILE")
export PGPASSWORD PGHOST=$HOST PGPORT=${PORT:-5432} PGUSER=$USER

modules=$(cd "$ODOO_ADDONS_PATH" && printf '%s\n' */__manifest__.py | sed 's,/.*,,' | paste -sd,)
state=$( (cd "$ODOO_ADDONS_PATH" && find . -type f -not -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum
    echo "demo=${SUITE_DEMO:-}") | sha256sum | cut -d' ' -f1)

run() {
    odoo -d "$database" --no-http --stop-after-init --log-level=warn "$@"
}

feed() {
    odoo shell -d "$database" --no-http --log-level=warn
}

installed() {
    [ "$(psql -XAtq -d "$database" -c "SELECT state FROM ir_module_module WHERE name = 'property_outsourcing'" \
        2>/dev/null)" = installed ]
}

if ! installed; then
    echo 'installing Odoo, the Chinese chart of accounts and language'
    run -i base,account,l10n_cn --load-language=en_US,zh_CN
    feed <"$scripts/chinese.py"
    [ -z "${ADMIN_PASSWORD_FILE:-}" ] || feed <"$scripts/admin.py"
elif [ "$(cat "$stamp" 2>/dev/null)" = "$state" ]; then
    echo 'the database is up to date'
    exit 0
fi

echo "installing or updating $modules"
run -i "$modules" -u "$modules"
if [ -n "${SUITE_DEMO:-}" ]; then
    echo 'loading the demo data'
    { echo "MODULES = '$modules'.split(',')"; cat "$scripts/demo.py"; } | feed
fi
feed <"$scripts/assets.py"
installed || { echo 'the suite is not installed, see the messages above' >&2; exit 1; }
echo "$state" >"$stamp"
