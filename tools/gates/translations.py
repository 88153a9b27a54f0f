"""Chinese: complete, not fuzzy, with the source's placeholders, and made from today's sources."""

import collections
import re

import polib

from . import glossary, terms

LANGUAGE = "zh_CN"
# %s, %(name)s, %(name).2f, {{ object.name }}, ${expression}, {name}
PLACEHOLDER = re.compile(
    r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%[sdfi]"
    r"|\{\{.*?\}\}|\$\{[^}]*\}|(?<![{$])\{\w*\}(?!\})"
)
FILLED = re.compile(r"%\(\w+\)|%[sdfi]")  # a sentence of Python, whose own percent signs are doubled
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


def _key(entry):
    return (entry.msgctxt or "", entry.msgid)


def _paths(addon):
    folder = addon.path / "i18n"
    return folder / f"{addon.name}.pot", folder / f"{LANGUAGE}.po"


def check(checkout):
    """The .po of every add-on against its .pot, and that against what the sources tell without a database."""
    yield from terms.check(checkout)
    for addon in checkout.product:
        template, translated = _paths(addon)
        try:
            wanted, have = polib.pofile(str(template)), polib.pofile(str(translated))
        except (OSError, ValueError) as error:
            yield checkout.finding(addon.path, 0, f"translations cannot be read: {error}")
            continue
        for line, text in problems(wanted, have):
            yield checkout.finding(translated, line, text)


def problems(wanted, have):
    """Line and text of whatever is wrong with a translation `have` of the terms of `wanted`."""
    if have.metadata.get("Language", "") not in ("", LANGUAGE):
        yield 0, f"the header's Language is not {LANGUAGE}"
    counts = collections.Counter(_key(entry) for entry in have)
    for entry in have:
        if counts[_key(entry)] > 1:
            yield entry.linenum, f"twice: {entry.msgid!r}"
        if entry.obsolete:
            yield entry.linenum, f"obsolete: {entry.msgid!r}"
        elif entry.fuzzy:
            yield entry.linenum, f"fuzzy: {entry.msgid!r}"
        elif not entry.msgstr.strip():
            yield entry.linenum, f"untranslated: {entry.msgid!r}"
        else:
            yield from ((entry.linenum, text) for text in _entry_problems(entry))
            yield from ((entry.linenum, text) for text in glossary.problems(entry.msgstr))
    terms = {_key(entry) for entry in wanted}
    for entry in wanted:
        if _key(entry) not in counts:
            yield 0, f"missing: {entry.msgid!r}"
    for entry in have:
        if not entry.obsolete and _key(entry) not in terms:
            yield entry.linenum, f"no such term: {entry.msgid!r}"


def _entry_problems(entry):
    for pattern, name in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        source = collections.Counter(pattern.findall(_comparable(entry.msgid, pattern)))
        target = collections.Counter(pattern.findall(_comparable(entry.msgstr, pattern)))
        if source != target:
            yield f"{name} differ: {entry.msgid!r} -> {entry.msgstr!r}"
    yield from _typography_problems(entry.msgstr)
    if "odoo-python" in entry.comment and FILLED.search(entry.msgid):
        if "%" in PLACEHOLDER.sub("", entry.msgstr.replace("%%", "")):
            yield f"a percent sign is not doubled, it is read in English: {entry.msgid!r}"
    for edge in (str.lstrip, str.rstrip):
        if (edge(entry.msgid, "\n") == entry.msgid) != (edge(entry.msgstr, "\n") == entry.msgstr):
            yield f"line breaks at an end differ: {entry.msgid!r}"


def _typography_problems(text):
    plain = PLACEHOLDER.sub("\0", AS_IT_IS.sub("", TAG.sub("\n", text)))
    for name, pattern in TYPOGRAPHY.items():
        if found := pattern.search(plain):
            yield f"{name}, {found.group().replace(chr(0), '%s')!r}: {text!r}"


def _comparable(text, pattern):
    """Tags are compared without the attributes that may be translated."""
    if pattern is not TAG:
        return text.replace("%%", "")
    return re.sub(r"""\s(title|alt|placeholder|aria-label|string|help)=("[^"]*"|'[^']*')""", "", text)


def compare_fresh(folder, fresh):
    """What is wrong with the terms in a folder i18n against a fresh export of them, as texts."""
    [committed] = folder.glob("*.pot")
    wanted, have = polib.pofile(str(fresh)), polib.pofile(str(folder / f"{LANGUAGE}.po"))
    return list(compare(committed, fresh)) or [text for _line, text in problems(wanted, have)]


def compare(committed, fresh):
    """Differences between a .pot and a fresh export, as texts."""
    have = {_key(entry): entry for entry in polib.pofile(str(committed))}
    want = {_key(entry): entry for entry in polib.pofile(str(fresh))}
    for key in want.keys() - have.keys():
        yield f"not exported since it was added: {key[1]!r} ({_where(want[key])})"
    for key in have.keys() - want.keys():
        yield f"no source has it any more: {key[1]!r} ({_where(have[key])})"
    for key in have.keys() & want.keys():
        if sorted(have[key].occurrences) != sorted(want[key].occurrences):
            yield f"stands elsewhere now: {key[1]!r} ({_where(want[key])})"


def _where(entry):
    return ", ".join(path for path, _line in entry.occurrences[:2])


def merge(template, translated):
    """Bring the translations `translated` to the terms of `template`; answers what is left to translate.

    Each term takes its place and its sources from the template and its Chinese from what was there; a term no
    source has any more goes.
    """
    have = polib.pofile(str(translated))
    known = {_key(entry): entry for entry in have}
    merged = polib.POFile()
    merged.metadata, merged.header = have.metadata | {"Language": LANGUAGE}, have.header
    for entry in polib.pofile(str(template)):
        old = known.get(_key(entry))
        if old and not old.obsolete:
            entry.msgstr, entry.flags = old.msgstr, old.flags
        merged.append(entry)
    if str(merged) != str(have):
        merged.save(str(translated))
    return [entry.msgid for entry in merged if entry.fuzzy or not entry.msgstr.strip()]
