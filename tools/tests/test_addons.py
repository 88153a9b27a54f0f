"""What no installation tells of an add-on."""

import pytest

from tools import suite

PAPERS = ("readme/DESCRIPTION.md", "readme/USAGE.md", "readme/HISTORY.md", "static/description/icon.png")


@pytest.mark.parametrize("addon", suite.modules())
def test_every_paper_is_there(addon):
    assert [name for name in PAPERS if not (suite.ADDONS / addon / name).is_file()] == []


def test_every_script_is_in_a_bundle():
    named, there = set(), set()
    for addon, manifest in suite.manifests().items():
        for entry in (entry for entries in manifest.get("assets", {}).values() for entry in entries):
            path = entry if isinstance(entry, str) else entry[-1]
            named.update(suite.ADDONS.glob(path.lstrip("/")))
        static = (suite.ADDONS / addon / "static").rglob("*")
        there |= {path for path in static if path.suffix in (".js", ".scss") and "lib" not in path.parts}
    assert there - named == set()
