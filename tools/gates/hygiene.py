"""The repository itself: nothing of one machine, and text that every tool can read."""

import re

BINARY = set(".png .jpg .jpeg .gif .webp .ico .pdf .xlsx .heic .mp4 .mov .woff2 .ttf".split())
# Written in pieces, so that this file does not find itself.
REGISTRIES = "|".join(
    re.escape(".".join(parts))
    for parts in (
        ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"),
        ("deb", "debian", "org"), ("archive", "ubuntu", "com"),
        ("ftp", "debian", "org"), ("security", "debian", "org"),
        ("registry", "yarnpkg", "com"), ("docker", "io"), ("ghcr", "io"), ("nightly", "odoo", "com"),
    )
)  # fmt: skip
PATTERNS = (
    (re.compile(rf"(?<![\w-])({REGISTRIES})\b"), "names a package registry's host"),
    (re.compile(r"(?<![\w.$}/-])/(" + "work" + r"|root|home/\w+)/"), "a path of one machine"),
)


def check(checkout):
    """Every file that git has or would take."""
    for path in checkout.kept:
        if path.suffix.lower() in BINARY:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            yield checkout.finding(path, 0, "is not UTF-8 text")
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for pattern, meaning in PATTERNS:
                if pattern.search(line):
                    yield checkout.finding(path, number, meaning)
        if text and not text.endswith("\n"):
            yield checkout.finding(path, 0, "does not end with a newline")
