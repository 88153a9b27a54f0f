"""Backups that were restored once on trial, and the way back."""

import hashlib

from tools import cluster
from tools.docker.tests.conftest import PASSWORD


def _store(box, content):
    """An attachment with its file; returns its path in the store."""
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    name = f"{digest[:2]}/{digest}"
    (box.store / name).parent.mkdir(exist_ok=True)
    (box.store / name).write_bytes(content)
    box.sql(
        "INSERT INTO ir_attachment (name, type, store_fname, file_size, checksum) "
        f"VALUES ('photo', 'binary', '{name}', {len(content)}, '{digest}')"
    )
    return name


def _photos(box):
    return box.sql("SELECT count(*) FROM ir_attachment WHERE name = 'photo'")[0][0]


def test_backup_holds_database_and_files_and_was_tried(box):
    name = _store(box, b"a photo")
    assert "restored once on trial" in box.run("backup.bash")
    (backup,) = box.names()
    assert (box.backups / backup / "filestore" / name).read_bytes() == b"a photo"
    assert (box.backups / backup / "database.dump").stat().st_size > 1000
    assert box.parameter("property_outsourcing.backup_date")
    assert f"{box.name}_verify" not in box.server.databases()


def test_backup_is_private(box):
    box.run("backup.bash")
    backup = box.backups / box.names()[0]
    assert backup.stat().st_mode & 0o077 == 0
    assert (backup / "database.dump").stat().st_mode & 0o077 == 0


def test_files_in_common_are_links_and_gone_ones_leave(box):
    kept, gone = _store(box, b"kept"), _store(box, b"gone")
    box.run("backup.bash")
    box.sql(f"DELETE FROM ir_attachment WHERE store_fname = '{gone}'")
    (box.store / gone).unlink()
    _wait_a_second()
    box.run("backup.bash")
    first, second = (box.backups / name / "filestore" for name in box.names())
    assert (first / kept).stat().st_ino == (second / kept).stat().st_ino
    assert (first / gone).is_file()
    assert not (second / gone).exists()


def test_backup_without_a_file_of_the_database_is_refused(box):
    name = _store(box, b"a photo")
    # what the copy lacks though the store has it: a cp that loses one file
    box.program("cp", f'#!/bin/sh\n/bin/cp "$@"\nfor last; do :; done\nrm -f "$last/{name}"\n')
    assert f"the backup lacks {name}" in box.run("backup.bash", fails=True)
    assert box.names() == []
    assert box.parameter("property_outsourcing.backup_date") is None
    assert f"{box.name}_verify" not in box.server.databases()


def test_file_that_the_store_itself_lost_is_told(box):
    (box.store / _store(box, b"a photo")).unlink()
    assert "WARNING: 1 files are missing" in box.run("backup.bash")
    assert len(box.names()) == 1


def test_broken_dump_is_no_backup(box):
    box.program("pg_dump", '#!/bin/sh\nfor last; do :; done\necho nonsense >"$last"\n')
    box.run("backup.bash", fails=True)
    assert box.names() == []


def test_only_so_many_are_kept(box):
    for name in ("20250101-000000", "20250102-000000", "20250103-000000"):
        (box.backups / name / "filestore").mkdir(parents=True)
    box.run("backup.bash", SUITE_BACKUP_KEEP="2")
    assert len(box.names()) == 2
    assert box.names()[0] == "20250103-000000"


def test_restore_brings_database_and_files_back(box):
    name = _store(box, b"a photo")
    box.run("backup.bash")
    box.sql("DELETE FROM ir_attachment WHERE name = 'photo'")
    (box.store / name).unlink()
    assert "restored" in box.run("restore.bash", box.names()[0])
    assert _photos(box) == "1"
    assert (box.store / name).read_bytes() == b"a photo"


def test_what_was_there_before_is_kept(box):
    box.run("backup.bash")
    _store(box, b"later")
    box.run("restore.bash", box.names()[0])
    assert _photos(box) == "0"
    old = f"{box.name}_replaced"
    assert box.sql("SELECT count(*) FROM ir_attachment WHERE name = 'photo'", old) == [["1"]]
    assert (box.store.parent / old).is_dir()


def test_broken_backup_touches_nothing(box):
    box.run("backup.bash")
    (box.backups / box.names()[0] / "database.dump").write_text("nonsense")
    _store(box, b"later")
    box.run("restore.bash", box.names()[0], fails=True)
    assert _photos(box) == "1"


def test_restore_without_a_name_lists_the_backups(box):
    box.run("backup.bash")
    assert box.names()[0] in box.run("restore.bash", fails=True)


def test_password_stands_in_no_process_list(box):
    seen = box.run(
        "start.bash", "bash", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; echo done"
    )
    assert PASSWORD not in seen
    assert "done" in seen
    assert box.run("start.bash", "printenv", "PGPASSWORD").strip() == PASSWORD


def test_password_stays_out_of_the_process_list_of_a_backup(box):
    """The programs it calls are seen by a `ps` of their own."""
    for program in ("pg_dump", "pg_restore", "psql", "createdb"):
        real = cluster.postgres_bin() / program
        box.program(
            program, f'#!/bin/sh\ncat /proc/[0-9]*/cmdline >>"$CALLS" 2>/dev/null\nexec {real} "$@"\n'
        )
    box.run("backup.bash")
    seen = box.calls.read_text(errors="replace")
    assert "pg_dump" in seen
    assert PASSWORD not in seen


def _wait_a_second():
    import time

    time.sleep(1.1)  # backups are named by the second
