"""The repository itself: nothing of one machine, nothing half merged, nothing heavy."""

import re

LIMIT = 1_000_000
# Pictures, fonts and words that people see; anything else of that size does not belong here.
HEAVY = re.compile(r"(^addons/[^/]+/(demo|i18n|static/(img|fonts|description))/|^docs/)")
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
    (re.compile(r"^(<{7}|>{7}|\|{7})( |$)|^={7}$"), "a conflict marker"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE " + r"KEY-----"), "a private key"),
)


def check(checkout):
    """Every file that git has or would take."""
    for path in checkout.kept:
        name = checkout.relative(path)
        size = path.stat().st_size
        if size > LIMIT and not HEAVY.search(name):
            yield checkout.finding(path, 0, f"is {size / 1e6:.1f} MB")
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
