"""Every `sudo()` says, in a comment, who was checked before it or what little is read."""

import ast
import io
import tokenize


def find_bare(text):
    """Return the lines of the `sudo()` calls in Python source without a word beside or right above them."""
    nodes = list(ast.walk(ast.parse(text)))
    calls = [node for node in nodes if _opens_sudo(node)]
    if not calls:
        return []
    comments = _comments(text)
    lines = text.splitlines()
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    found = []
    for node in calls:
        line = node.func.end_lineno
        around = [one for one in statements if one.lineno <= line <= one.end_lineno]
        begin = max(around, key=lambda one: one.lineno)
        end = line if hasattr(begin, "body") else begin.end_lineno
        if not comments & set(range(_first_of_block(lines, begin.lineno), end + 1)):
            found.append(line)
    return sorted(set(found))


def _opens_sudo(node):
    if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "sudo"):
        return False
    return not node.args or getattr(node.args[0], "value", None) is True


def _comments(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT and "pylint" not in token[1]}


def _first_of_block(lines, number):
    """Return the first line of the paragraph inside a function that ends with line ``number``."""
    while number > 1 and lines[number - 2].strip():
        if lines[number - 2].lstrip().startswith(("def ", "class ", "@", "):")):
            break
        number -= 1
    return number
