"""One word for one thing: what docs/glossary.md names in its last column stands in no translation."""

import functools

from .base import ROOT

PAGE = ROOT / "docs" / "glossary.md"


@functools.cache
def forbidden():
    """Return a dict: the word nobody uses any more -> the one that took its place."""
    rows = [
        line.strip("| \n").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line
    ]
    words = {}
    for _english, *chinese in rows[2:]:
        if len(chinese) == 2:
            words |= {word.strip(): chinese[0].strip() for word in chinese[1].split(",")}
    return words


def problems(text):
    """Say which words of ``text`` have a better one."""
    for word, better in forbidden().items():
        if word in text:
            yield f"{word} is {better} in the glossary (docs/glossary.md)"
