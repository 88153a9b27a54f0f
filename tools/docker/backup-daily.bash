#!/usr/bin/env bash
# The service `backup`: one a day at SUITE_BACKUP_AT, and at once where there is none of the last day.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

back_up() {
    until bash "$here/backup.bash"; do
        echo 'the backup failed, the next try is in an hour' >&2
        sleep 3600
    done
}

if [ -z "$(find "$backups" -mindepth 1 -maxdepth 1 -name '2*' -not -name '*.partial' -mmin -1440)" ]; then
    back_up
fi
while true; do
    now=$(date +%s)
    next=$(date -d "today ${SUITE_BACKUP_AT:-02:30}" +%s)
    [ "$next" -gt "$now" ] || next=$(date -d "tomorrow ${SUITE_BACKUP_AT:-02:30}" +%s)
    sleep $((next - now))
    back_up
done
