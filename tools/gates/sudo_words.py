"""Every `sudo()` says, in a comment, who was checked before it or what little is read."""

import ast
import io
import tokenize
from operator import attrgetter


def find_bare(text):
    """Return the lines of the `sudo()` calls in Python source without a word beside or right above them."""
    nodes = list(ast.walk(ast.parse(text)))
    calls = [node for node in nodes if _opens_sudo(node)]
    if not calls:
        return []
    comments = _comments(text)
    statements = sorted((one for one in nodes if isinstance(one, ast.stmt)), key=attrgetter("lineno"))
    found = set()
    for node in calls:
        line = node.func.end_lineno
        around = [one for one in statements if one.lineno <= line <= one.end_lineno][-1]
        # of a statement with a body its head, of any other the whole
        end = line if hasattr(around, "body") else around.end_lineno
        if not comments & {line - 1, *range(around.lineno - 1, end + 1)}:
            found.add(line)
    return sorted(found)


def _opens_sudo(node):
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sudo"):
        return False
    return not node.args or getattr(node.args[0], "value", None) is True


def _comments(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT and "pylint" not in token[1]}
