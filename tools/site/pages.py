"""Pages that mkdocs does not find in docs/: the papers of the top level, the add-ons, their models."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from mkdocs.structure.files import File  # noqa: E402

from tools import suite  # noqa: E402
from tools.site.code import describe_models  # noqa: E402


def on_files(files, config):
    """Add the generated pages, and put them into the navigation."""
    pages = {path.name.replace("README", "index"): _paper(path) for path in ROOT.glob("*.md")}
    addons = [suite.ADDONS / name for name in suite.modules()]
    for title, folder, page in (("Add-ons", "addons", _addon), ("Data model", "models", describe_models)):
        made = {f"{folder}/{addon.name}.md": page(addon) for addon in addons}
        config.nav.append({title: list(made)})
        pages |= made
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    return files


def _paper(path):
    """Return a paper of the top level with its links as they are on the site."""
    text = path.read_text(encoding="utf-8").replace("[LICENSE](LICENSE)", "LICENSE").replace("](docs/", "](")
    return re.sub(r"\]\(README(\.zh-CN)?\.md", r"](index\1.md", text)


def _addon(addon):
    description, usage, history = (
        (addon / "readme" / f"{name}.md").read_text(encoding="utf-8")
        for name in ("DESCRIPTION", "USAGE", "HISTORY")
    )
    history = re.sub("^## ", "### ", history, flags=re.MULTILINE)
    return f"# {addon.name}\n\n{description}\n\n{usage}\n\n## Changes\n\n{history}"
