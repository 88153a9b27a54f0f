#!/usr/bin/env bash
# restore.bash NAME: puts a backup in the place of the database. Until it is complete nothing is touched, and what
# was there before is kept as DATABASE_replaced until the next time.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"

connect
from=$backups/${1:-}
if [ -z "${1:-}" ] || [ ! -f "$from/database.dump" ]; then
    die "name one of the backups: $(list_backups | paste -sd' ')"
fi
if served; then die 'the server is running: stop it first, or use bin/compose-restore.'; fi
new=${database}_restoring
old=${database}_replaced

rename() {
    sql postgres -v old="$1" -v new="$2" <<<'ALTER DATABASE :"old" RENAME TO :"new"'
    rm -rf "${store:?}/$2"
    if [ -d "$store/$1" ]; then mv "$store/$1" "$store/$2"; fi
}

restore_dump "$from/database.dump" "$new"
mkdir -p "$store"
rm -rf "${store:?}/$new"
cp -a "$from/filestore" "$store/$new"
chmod -R u=rwX,go= "$store/$new"
chown -R --reference="$ODOO_DATA_DIR" "$store"
drop_database "$old"
rm -rf "${store:?}/$old"
if exists "$database"; then rename "$database" "$old"; fi
rename "$new" "$database"
echo "restored $1 into $database; what was there before is the database $old"
