#!/usr/bin/env bash
# One backup: database and filestore in step, tried by restoring it into a scratch database.
# A backup is a folder that holds all of its moment; files it has in common with the one before are hard links.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.bash"
umask 077

connect
mkdir -p "$backups"
exec 9>"$backups/.lock"
flock -n 9 || die 'another backup is being made'
scratch=${database}_verify
name=$(date -u +%Y%m%d-%H%M%S)
new=$backups/$name.partial
rm -rf "$backups"/*.partial
trap 'rm -rf "$new"; drop_database "$scratch"' EXIT

files_of() {
    (cd "$1" && find . -type f -printf '%P\n' | LC_ALL=C sort)
}

# A file that disappears meanwhile is told by the check below, if the database needs it.
copy_files() {
    cp -au "$store/$database/." "$new/filestore/" || echo 'some files could not be copied'
}

# Files that the restored database names and the backup lacks; what the store itself lost is only told.
check_files() {
    local missing path lost=0
    missing=$(LC_ALL=C comm -13 <(cd "$new/filestore" && find . -type f -printf '%P %s\n' | LC_ALL=C sort) \
        <(sql "$scratch" <<<"SELECT DISTINCT store_fname || ' ' || file_size FROM ir_attachment
            WHERE store_fname IS NOT NULL AND file_size > 0" | LC_ALL=C sort))
    while read -r path _size; do
        if [ -z "$path" ]; then continue; fi
        if [ -f "$store/$database/$path" ]; then die "the backup lacks $path or has it in another size"; fi
        lost=$((lost + 1))
    done <<<"$missing"
    if [ $lost -gt 0 ]; then echo "WARNING: $lost files are missing from the filestore itself" >&2; fi
}

mkdir -p "$new/filestore" "$store/$database"
last=$(list_backups | tail -n 1)
if [ -n "$last" ]; then
    cp -al "$backups/$last/filestore/." "$new/filestore/"
    LC_ALL=C comm -23 <(files_of "$new/filestore") <(files_of "$store/$database") |
        (cd "$new/filestore" && xargs -r -d '\n' rm -f)
fi
copy_files
pg_dump -Fc -d "$database" -f "$new/database.dump"
copy_files # what was written until the dump began

restore_dump "$new/database.dump" "$scratch"
installed "$scratch" || die 'the dump does not hold the suite'
check_files
touch "$new"
mv "$new" "$backups/$name"
set_parameter property_outsourcing.backup_date "$(date -u '+%F %T')"
list_backups | head -n "-${SUITE_BACKUP_KEEP:-14}" | (cd "$backups" && xargs -r rm -rf)
echo "backup $name: $(du -sh "$backups/$name" | cut -f1), restored once on trial"
