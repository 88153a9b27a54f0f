"""Formatting of XML files: header, indentation of four spaces by depth, no tabs, no blanks at line ends.

Only lines that begin with a tag or a comment are indented; text, and what lies in elements whose blanks have
a meaning, is left alone. `bin/lint --fix` writes what this gate wants.
"""

import re

HEADER = '<?xml version="1.0" encoding="utf-8" ?>'
INDENT = "    "
VERBATIM = {"pre", "script", "style", "textarea"}
TOKEN = re.compile(
    r"(?P<comment><!--.*?-->)"
    r"|(?P<cdata><!\[CDATA\[.*?\]\]>)"
    r"|(?P<pi><\?.*?\?>)"
    r"|(?P<doctype><!DOCTYPE[^>]*>)"
    r"|(?P<close></(?P<closed>[^\s>]+)\s*>)"
    r"""|(?P<open><(?P<name>[^\s/>!?]+)(?:[^"'>]|"[^"]*"|'[^']*')*?(?P<selfclosed>/)?>)"""
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)


def _indent_tag(tag, depth):
    """A tag over several lines: attributes one step deeper, a lone closing bracket at the tag's own depth.

    Lines that continue an attribute's value are left alone.
    """
    lines = tag.split("\n")
    result = [lines[0].rstrip()]
    quote = _open_quote(lines[0], None)
    for line in lines[1:]:
        if quote:
            result.append(line.rstrip())
        elif line.strip() in (">", "/>"):
            result.append(INDENT * depth + line.strip())
        else:
            result.append(INDENT * (depth + 1) + line.strip())
        quote = _open_quote(line, quote)
    return "\n".join(result)


def _open_quote(line, quote):
    """The quote in which the line ends, or None."""
    for letter in line:
        if quote:
            quote = None if letter == quote else quote
        elif letter in "\"'":
            quote = letter
    return quote


def formatted(source):
    """The text as it should be written."""
    source = source.replace("\r\n", "\n").expandtabs(4)
    source = re.sub(r"\A\ufeff?\s*(<\?xml.*?\?>)?\s*", "", source, flags=re.DOTALL)
    out, depth, verbatim, stack = [], 0, 0, []

    def at_line_start():
        written = "".join(out[-2:])
        return not written or not written.rsplit("\n", 1)[-1].strip(" ")

    def place(token, level):
        """Write a token; indent it when it is the first on its line."""
        if verbatim or not at_line_start():
            out.append(token)
            return
        while out and out[-1] and not out[-1].strip(" "):
            out.pop()
        if out:
            out[-1] = out[-1].rstrip(" ")
        out.append(INDENT * level + token)

    position = 0
    for match in TOKEN.finditer(source):
        if match.start() != position:
            raise ValueError(f"cannot be read after character {position}")
        position = match.end()
        kind, token = match.lastgroup, match.group()
        kind = next(
            name for name in ("comment", "cdata", "pi", "doctype", "close", "open", "text") if match[name]
        )
        if kind == "text":
            out.append(token if verbatim else re.sub(r"\n{3,}", "\n\n", re.sub(r"[ ]+\n", "\n", token)))
        elif kind == "open":
            place(token if verbatim else _indent_tag(token, depth), depth)
            if not match["selfclosed"]:
                stack.append(match["name"])
                depth += 1
                verbatim += match["name"] in VERBATIM
        elif kind == "close":
            if not stack or stack.pop() != match["closed"]:
                raise ValueError(f"{match['closed']} is closed but was not opened")
            depth -= 1
            inside = verbatim
            verbatim -= match["closed"] in VERBATIM
            if inside:
                out.append(token)
            else:
                place(token, depth)
        else:
            place(token, depth)
    if position != len(source) or stack:
        raise ValueError(f"cannot be read after character {position}")
    return f"{HEADER}\n{''.join(out).strip()}\n"


def _files(checkout):
    return [path for addon in checkout.addons for path in addon.files(".xml")]


def check(checkout):
    """Every XML file of the add-ons is written as the formatter would write it."""
    for path in _files(checkout):
        source = path.read_text(encoding="utf-8")
        try:
            wanted = formatted(source)
        except ValueError as error:
            yield checkout.finding(path, 0, str(error))
            continue
        if wanted != source:
            pairs = zip(source.split("\n"), wanted.split("\n"), strict=False)
            line = next((number for number, (have, want) in enumerate(pairs, 1) if have != want), 0)
            yield checkout.finding(path, line, "not formatted (bin/lint --fix writes it)")


def fix(checkout):
    """Format what can be formatted; answers the changed files."""
    changed = []
    for path in _files(checkout):
        source = path.read_text(encoding="utf-8")
        try:
            wanted = formatted(source)
        except ValueError:
            continue
        if wanted != source:
            path.write_text(wanted, encoding="utf-8")
            changed.append(path)
    return changed
