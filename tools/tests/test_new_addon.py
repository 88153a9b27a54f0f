"""What bin/new-addon makes is an add-on like the others, and in no list."""

import shutil
import subprocess

import pytest

from tools.common import ROOT
from tools.gates import translations

NAME = "property_outsourcing_parking"


@pytest.fixture
def checkout(tmp_path):
    """A folder with the command, and an Odoo that knows scaffold only."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "new-addon", tmp_path / "bin")
    shutil.copytree(ROOT / "tools" / "addon", tmp_path / "tools" / "addon")
    odoo = tmp_path / "bin" / "odoo"
    odoo.write_text('#!/bin/sh\nexec python -c "import odoo.cli; odoo.cli.main()" "$@"\n')
    odoo.chmod(0o755)
    return tmp_path


def make(checkout, *names):
    return subprocess.run(
        [checkout / "bin" / "new-addon", *names], capture_output=True, text=True, check=False
    )


def test_what_is_made_is_complete(checkout):
    assert not make(checkout, NAME).returncode
    made = checkout / "addons" / NAME
    assert '"Property Outsourcing: Parking"' in (made / "__manifest__.py").read_text()
    assert not list(translations.check(made / "i18n"))
    for name in (
        "readme/DESCRIPTION.md",
        "readme/USAGE.md",
        "readme/HISTORY.md",
        "static/description/icon.png",
    ):
        assert (made / name).stat().st_size, name
    for path in made.rglob("*.*"):
        assert path.suffix not in (".py", ".csv", ".md", ".po", ".pot") or "{{" not in path.read_text(), path


def test_an_add_on_that_is_there_is_not_written_over(checkout):
    make(checkout, NAME)
    for names, said in (
        ([NAME], "is there already"),
        (["Parking"], "is no name of an add-on"),
        ([], "is no name"),
        (["property_outsourcing_lift", "--depends", "base"], "is no name"),
    ):
        refused = make(checkout, *names)
        assert refused.returncode
        assert said in refused.stderr
