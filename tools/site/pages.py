"""Pages that mkdocs does not find in docs/: the papers of the top level, the add-ons, their models."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from mkdocs.structure.files import File  # noqa: E402

from tools import suite  # noqa: E402
from tools.site import code, diagram  # noqa: E402

PAPERS = {
    "index.md": "README.md",
    "index.zh-CN.md": "README.zh-CN.md",
    **{
        f"{name}.md": f"{name}.md"
        for name in ("ARCHITECTURE", "CHANGELOG", "CONTRIBUTING", "EXTENDING", "SECURITY")
    },
}
LINKS = (
    (r"\]\(README\.md", "](index.md"),
    (r"\]\(README\.zh-CN\.md", "](index.zh-CN.md"),
    (r"\]\(docs/", "]("),
    (r"\[LICENSE\]\(LICENSE\)", "LICENSE"),
)


def on_files(files, config):
    """Add the generated pages, and put them into the navigation."""
    addons = [suite.ADDONS / name for name in suite.modules()]
    models = code.read_models(addons)
    pages = {name: _paper(ROOT / source) for name, source in PAPERS.items()}
    for addon in addons:
        pages[f"addons/{addon.name}.md"] = _addon(addon)
        if made := [model for model in models.values() if any(f[3] == addon.name for f in model.fields)]:
            pages[f"models/{addon.name}.md"] = _models(addon, made)
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    for title, folder in (("Add-ons", "addons"), ("Data model", "models")):
        config.nav.append({title: [name for name in pages if name.startswith(f"{folder}/")]})
    return files


def _paper(path):
    text = path.read_text(encoding="utf-8")
    for pattern, replacement in LINKS:
        text = re.sub(pattern, replacement, text)
    return text


def _addon(addon):
    parts = {
        name: (addon / "readme" / f"{name}.md").read_text(encoding="utf-8")
        for name in ("DESCRIPTION", "USAGE", "HISTORY")
    }
    return f"# {addon.name}\n\n{parts['DESCRIPTION']}\n\n{parts['USAGE']}\n\n## Changes\n\n" + re.sub(
        r"^## ", "### ", parts["HISTORY"], flags=re.MULTILINE
    )


def _models(addon, models):
    text = [f"# {addon.name}\n"]
    for model in models:
        own = [field for field in model.fields if field[3] == addon.name]
        text += [f"## {model.name}\n", f"{model.about}\n"]
        if model.steps:
            text.append(f"{diagram.draw(model.steps)}\n")
        text += ["| field | type | model |", "|---|---|---|"]
        text += [
            f"| `{name}` | {kind} | {comodel and f'`{comodel}`'} |" for name, kind, comodel, _addon in own
        ]
        text.append("")
    return "\n".join(text)
