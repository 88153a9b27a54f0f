"""What the source of an add-on says of its models: fields, links, states. Nothing is imported."""

import re
import textwrap

CLASS = re.compile(r"^class \w+\(.*?\):\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
NAME = re.compile(r'^    _(?:name|inherit) = "([\w.]+)"', re.MULTILINE)
ABOUT = re.compile(r'\A    """(.*?)"""|^    _description = "(.*?)"', re.MULTILINE | re.DOTALL)
FIELD = re.compile(r'^    (\w+) = fields\.(\w+)\((?:\s*"([\w.]+)")?', re.MULTILINE)
STEPS = re.compile(r"^    def _get_transitions\(self\):\n(?:        .*\n|\n)*", re.MULTILINE)


def describe_models(addon):
    """Return Markdown about the models that the add-on in this folder makes or extends."""
    models = {}
    for path in sorted((addon / "models").rglob("*.py")):
        for body in CLASS.findall(path.read_text(encoding="utf-8")):
            if name := NAME.search(body):
                rest = models.get(name[1], "")
                models[name[1]] = body + rest if "    _name = " in body else rest + body
    return f"# {addon.name}\n\n" + "\n".join(_describe(name, models[name]) for name in sorted(models))


def _describe(name, body):
    """Return Markdown about a model, given what the bodies of its classes say."""
    about, steps = ABOUT.search(body), STEPS.search(body)
    text = [f"## {name}\n", textwrap.dedent(f"    {(about[1] or about[2])}\n") if about else ""]
    if steps:
        text.append(f"```python\n{textwrap.dedent(steps[0]).strip()}\n```\n")
    if rows := FIELD.findall(body):
        text += ["| field | type | model |", "|---|---|---|"]
        for field, kind, first in rows:
            comodel = f"`{first}`" if first and kind.endswith(("2one", "2many")) else ""
            text.append(f"| `{field}` | {kind} | {comodel} |")
    return "\n".join([*text, ""])
