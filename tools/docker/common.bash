# Shared by the scripts of the containers; sourced. libpq finds the server by PGHOST, PGPORT and PGUSER.

database=${SUITE_DATABASE:-outsourcing}
backups=${SUITE_BACKUPS:-/backups}
store=$ODOO_DATA_DIR/filestore

# Programs take the password from the environment: no process list shows it.
connect() {
    PGPASSWORD=$(<"$PASSWORD_FILE")
    export PGPASSWORD
}

die() {
    echo "$*" >&2
    exit 1
}

# sql DATABASE [-v NAME=VALUE ...]: runs what stands on stdin, where :'NAME' is the quoted value
sql() {
    psql -XAtq -v ON_ERROR_STOP=1 -d "$@"
}

exists() {
    [ "$(sql postgres -v name="$1" <<<"SELECT 1 FROM pg_database WHERE datname = :'name'")" = 1 ]
}

installed() {
    exists "$1" && [ "$(sql "$1" 2>/dev/null <<'SQL'
SELECT state FROM ir_module_module WHERE name = 'property_outsourcing'
SQL
    )" = installed ]
}

get_parameter() {
    sql "$database" -v key="$1" <<<"SELECT value FROM ir_config_parameter WHERE key = :'key'"
}

set_parameter() {
    sql "$database" -v key="$1" -v value="$2" <<'SQL'
INSERT INTO ir_config_parameter (key, value, create_uid, create_date, write_uid, write_date)
     VALUES (:'key', :'value', 1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC')
ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, write_date = EXCLUDED.write_date
SQL
}

# Whether an Odoo server is connected: it calls itself odoo-PID. One that has just ended is given some seconds.
served() {
    for _try in {1..5}; do
        if [ "$(sql postgres -v name="$database" <<'SQL'
SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = :'name' AND application_name LIKE 'odoo-%'
SQL
        )" = f ]; then return 1; fi
        sleep 1
    done
}

drop_database() {
    if exists "$1"; then dropdb --force "$1"; fi
}

create_database() {
    drop_database "$1"
    createdb --template=template0 --encoding=UTF8 --lc-collate=C "$1"
}

# restore_dump FILE DATABASE: into a new database
restore_dump() {
    create_database "$2"
    pg_restore --no-owner --no-privileges --exit-on-error --jobs=2 -d "$2" "$1"
}

# Names of the complete backups, the newest last.
list_backups() {
    find "$backups" -mindepth 1 -maxdepth 1 -type d -name '2*' -not -name '*.partial' -printf '%f\n' | sort
}
