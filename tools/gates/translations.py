"""Chinese: merged with its .pot, complete, with what the source weaves in, and written as Chinese is.

Run by pre-commit on the files of the folders i18n; a stale .pot is told by `bin/test install:ADDON`.
"""

import collections
import difflib
import functools
import re
import sys
from pathlib import Path

import polib

from tools.common import ROOT

NO_TERMS = 'msgid ""\nmsgstr ""\n'  # an add-on without a word of its own has a template all the same
# %s, %(name)s, {{ object.name }}, ${expression}, {name}, <tag and </tag
WOVEN_IN = re.compile(
    r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%[sdfi]"
    r"|\{\{.*?\}\}|\$\{[^}]*\}|(?<![{$])\{\w*\}(?!\})|</?[a-zA-Z][\w-]*"
)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
HAN, MARK = "\u3400-\u9fff", "，。；：！？、（）“”《》"
# a label that begins with its code, and what stands between quotes of code, is written as it is
AS_IT_IS = re.compile(r"^P[0-3] |#\S+ |https?://\S+|`[^`]*`")
# what a Chinese reader sees as written by a foreigner
TYPOGRAPHY = {
    "a bracket of half width": re.compile(rf"[{HAN}]\s?\(|\)\s?[{HAN}]|\([^()]*[{HAN}][^()]*\)"),
    "a mark of half width": re.compile(rf"[{HAN}][,;:!?]|[{HAN}]\.(?:\s|$)"),
    "a gap between Chinese and Latin": re.compile(
        rf"[{HAN}{MARK}] +[A-Za-z0-9\0]|[A-Za-z0-9%\0] +[{HAN}{MARK}]"
    ),
}


@functools.cache
def glossary():
    """Return a dict: the word nobody uses any more -> the one that took its place, by docs/glossary.md."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    _titles, *rows = re.findall(r"^\|[^|]+\| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    return {word: better for better, words in rows for word in words.split(", ")}


def read(folder):
    """Return the .pot and the Chinese of a folder i18n."""
    [template] = folder.glob("*.pot")
    return polib.pofile(str(template)), polib.pofile(str(folder / "zh_CN.po"), check_for_duplicates=True)


def merge(template, have):
    """Return the translations ``have`` with the terms, the order and the sources of the template."""
    known = {entry.msgid_with_context: entry for entry in have if not entry.obsolete}
    merged = polib.POFile()
    merged.metadata, merged.header = have.metadata | {"Language": "zh_CN"}, have.header
    for entry in template:
        if old := known.get(entry.msgid_with_context):
            entry.msgstr, entry.flags = old.msgstr, old.flags
        merged.append(entry)
    return merged


def is_open(entry):
    """Whether it is left to be translated."""
    return entry.fuzzy or not entry.msgstr.strip()


def check(folder):
    """Yield line and text of whatever is wrong with the Chinese in a folder i18n."""
    template, have = read(folder)
    if str(merge(template, have)) != str(have):
        yield 0, f"is not merged with the .pot: bin/i18n {folder.parent.name}"
    for entry in have:
        for text in ["untranslated"] if is_open(entry) else problems(entry.msgid, entry.msgstr):
            yield entry.linenum, f"{text}: {entry.msgid!r} -> {entry.msgstr!r}"


def problems(source, text):
    """Say what is wrong with the Chinese ``text`` of a term."""
    if collections.Counter(WOVEN_IN.findall(source)) != collections.Counter(WOVEN_IN.findall(text)):
        yield "placeholders or tags differ"
    elif "%(" in source:
        try:
            text % collections.defaultdict(int)
        except (TypeError, ValueError):
            yield "a percent sign is not doubled, it is read in English"
    plain = WOVEN_IN.sub("\0", AS_IT_IS.sub("", TAG.sub("\n", text)))
    for name, pattern in TYPOGRAPHY.items():
        if found := pattern.search(plain):
            yield f"{name} at {found.group().replace(chr(0), '%s')!r}"
    for word, better in glossary().items():
        if word in text:
            yield f"{word} is {better} in the glossary (docs/glossary.md)"


def terms(text):
    """Return a .pot without its header, which names the day and the Odoo of its export."""
    return text.partition("\n\n")[2]


def compare_fresh(folder, fresh):
    """Return the lines in which the .pot in a folder i18n differs from a fresh export of it."""
    [template] = folder.glob("*.pot")
    both = (terms(path.read_text(encoding="utf-8")).splitlines() for path in (template, fresh))
    return list(difflib.unified_diff(*both, str(template), "as exported now", n=1, lineterm=""))[:60]


def main(paths):
    """Print what is wrong in the folders of these files; exit with 1 if anything is."""
    folders = sorted({Path(path).parent for path in paths})
    found = [f"{folder}/zh_CN.po:{line}: {text}" for folder in folders for line, text in check(folder)]
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
