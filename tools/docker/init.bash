#!/usr/bin/env bash
# The one-shot service `init`: installs the suite into the database, or updates it when Odoo or our files changed.
# Every step can be repeated, so that a broken first run is simply run again.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"

connect
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/../shell" && pwd)
stamp=property_outsourcing.update_stamp
url=${SUITE_URL:-http://localhost:8069}
modules=$(cd "$ODOO_ADDONS_PATH" && printf '%s\n' */__manifest__.py | sed 's,/.*,,' | paste -sd,)

# Odoo's version and the files of the add-ons, as the database was last updated to.
read_state() {
    echo "$(odoo --version | sed 's/.* //') $(cd "$ODOO_ADDONS_PATH" &&
        find . -type f -not -path '*/tests/*' -not -name '*.pyc' -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
}

run() {
    odoo -d "$database" --no-http --stop-after-init --log-level=warn "$@"
}

feed() {
    odoo shell -d "$database" --no-http --log-level=warn
}

demonstrated() {
    [ "$(sql "$database" <<<"SELECT demo FROM ir_module_module WHERE name = 'property_outsourcing'")" = t ]
}

# The address stays what it was told to be: without the freeze each administrator's login moves it, and with it
# the links of invitations and labels.
write_settings() {
    set_parameter web.base.url "${url%/}"
    set_parameter web.base.url.freeze True
    # what the PDF maker reads, from inside the container
    set_parameter report.url http://localhost:8069
    if [ -s "${METRICS_TOKEN_FILE:-}" ]; then
        set_parameter property_outsourcing.metrics_token "$(<"$METRICS_TOKEN_FILE")"
    fi
    if demonstrated && [[ ! $url =~ ^https?://(localhost|127\.|\[::1\]) ]]; then
        echo "WARNING: $url shows the demonstration, whose passwords are its logins. Real work needs a database without." >&2
    fi
}

state=$(read_state)
if ! installed "$database"; then
    echo 'first start: Odoo, the Chinese chart of accounts and the suite are installed, about four minutes'
    run -i base,account,l10n_cn --load-language=en_US,zh_CN
    feed <"$scripts/chinese.py"
    if [ -n "${ADMIN_PASSWORD_FILE:-}" ]; then feed <"$scripts/admin.py"; fi
elif [ "$(get_parameter $stamp)" = "$state" ] && { [ -z "${SUITE_DEMO:-}" ] || demonstrated; }; then
    write_settings
    echo 'the database is up to date'
    exit 0
elif served; then
    die 'the server still runs the release before: run bin/compose-upgrade, which stops it, backs up and updates.'
fi

echo "installing or updating $modules"
run -i "$modules" -u "$modules"
installed "$database" || die 'the suite is not installed, see the messages above'
if [ -n "${SUITE_DEMO:-}" ] && ! demonstrated; then
    echo 'loading the demo data'
    { echo "MODULES = '$modules'.split(',')"; cat "$scripts/demo.py"; } | feed
fi
feed <"$scripts/assets.py"
write_settings
set_parameter $stamp "$state"
echo "ready: the server answers on $url"
