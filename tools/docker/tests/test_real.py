"""The scripts on a database as Odoo makes it, with all its tables, extensions and files."""


def test_backup_and_restore_of_a_database_of_odoo(real_box):
    box = real_box
    box.run("init.bash", SUITE_URL="https://a.example")
    assert "WARNING" not in box.run("backup.bash")
    tables = box.sql("SELECT count(*) FROM pg_class WHERE relkind = 'r'")
    files = sorted(path.relative_to(box.store) for path in box.store.rglob("*") if path.is_file())
    assert files
    box.sql("DELETE FROM ir_config_parameter WHERE key = 'web.base.url'")
    box.run("restore.bash", box.names()[0])
    assert box.parameter("web.base.url") == "https://a.example"
    assert box.sql("SELECT count(*) FROM pg_class WHERE relkind = 'r'") == tables
    assert sorted(path.relative_to(box.store) for path in box.store.rglob("*") if path.is_file()) == files
    assert "up to date" in box.run("init.bash")
