"""The changes: each one is a slip somebody could make, or a rule somebody could lose."""

import ast
import copy
from typing import NamedTuple

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
# In a domain's term, where nothing else of three parts has them.
DOMAIN = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "=", "in": "not in", "not in": "in"
}  # fmt: skip
# What a method hands on unchanged when the call is left out.
PASSED_ON = {"filtered", "filtered_domain"}
# Says nothing about what is right or wrong.
SILENT = {"ensure_one", "message_post", "debug", "info", "warning", "exception", "invalidate_recordset"}


class Mutant(NamedTuple):
    """One changed function. `lines` are those of which a test has to run one to see the change."""

    path: str
    function: str
    first_line: int
    lines: range
    text: str
    number: int

    @property
    def key(self):
        """Names the change in the list of equivalent ones, also when lines above have moved it."""
        return f"{self.path}: {self.function}: {self.text}"


def _changes(node):
    """The nodes that may stand in the place of this one."""
    if isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            if type(operator) in COMPARISONS:
                changed = copy.deepcopy(node)
                changed.ops[position] = COMPARISONS[type(operator)]()
                yield changed
    elif isinstance(node, ast.BoolOp):
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield changed
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        if not any(isinstance(side, ast.JoinedStr | ast.List) for side in (node.left, node.right)):
            changed = copy.deepcopy(node)
            changed.op = ARITHMETIC[type(node.op)]()
            yield changed
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value:
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Call):
        yield from _call_changes(node)
    elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[1], ast.Constant):
        if (operator := node.elts[1].value) in DOMAIN:
            changed = copy.deepcopy(node)
            changed.elts[1] = ast.Constant(DOMAIN[operator])
            yield changed
    elif isinstance(node, ast.stmt):
        yield from _statement_changes(node)


def _statement_changes(node):
    if isinstance(node, ast.If) and not isinstance(node.test, ast.Constant):
        for value in (True, False):
            changed = copy.copy(node)
            changed.test = ast.Constant(value)
            yield changed
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        if getattr(node.value.func, "attr", "") not in SILENT:
            yield ast.Pass()


def _call_changes(node):
    function = node.func
    if isinstance(function, ast.Name) and function.id in NAMES:
        changed = copy.copy(node)
        changed.func = ast.Name(NAMES[function.id], ast.Load())
        yield changed
    elif isinstance(function, ast.Attribute) and function.attr in PASSED_ON:
        yield function.value


class _Changer(ast.NodeTransformer):
    """Walks a file and puts change number `wanted` in; with None it only lists them all."""

    def __init__(self, path, wanted=None):
        self.path, self.wanted, self.found = path, wanted, []
        self._functions, self._names, self._statement = [], [], None

    def _named(self, node):
        self._names.append(node.name)
        try:
            return self.generic_visit(node)
        finally:
            self._names.pop()

    visit_ClassDef = _named

    def visit_FunctionDef(self, node):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        self._functions.append((".".join([*self._names, node.name]), first))
        node.body = [self.visit(statement) for statement in node.body]
        self._functions.pop()
        return node

    def visit_Call(self, node):
        # sentences are for people: not what they say, only whether they are said
        if getattr(node.func, "attr", "") in ("_", "_lt") or getattr(node.func, "id", "") in ("_", "range"):
            return node
        return self.generic_visit(node)

    def visit_JoinedStr(self, node):
        return node

    def visit_Subscript(self, node):
        node.value = self.visit(node.value)
        return node

    def visit(self, node):
        if not self._functions:
            return super().visit(node)
        above = self._statement
        if isinstance(node, ast.stmt):
            self._statement = node
        for changed in _changes(node):
            if self.wanted == len(self.found):
                changed = ast.fix_missing_locations(ast.copy_location(changed, node))
                self.found.append(None)
                self._statement = above
                return changed
            self.found.append(self._mutant(node, changed))
        result = super().visit(node)
        self._statement = above
        return result

    def _mutant(self, node, changed):
        function, first = self._functions[0]
        start = node.test if isinstance(node, ast.If) else node
        before, after = (ast.unparse(_head(part)) for part in (node, changed))
        return Mutant(
            self.path, function, first, range(start.lineno, start.end_lineno + 1),
            f"{before} -> {after}", len(self.found),
        )  # fmt: skip


def _head(node):
    """A condition without what it guards."""
    return node.test if isinstance(node, ast.If) else node


def mutants(path, source):
    """Every change of a file."""
    changer = _Changer(path)
    changer.visit(ast.parse(source))
    return changer.found


def code(mutant, source):
    """The code object of the mutant's function, changed."""
    tree = _Changer(mutant.path, mutant.number).visit(ast.parse(source))
    waiting = [compile(tree, mutant.path, "exec")]
    while waiting:
        found = waiting.pop()
        if (found.co_qualname, found.co_firstlineno) == (mutant.function, mutant.first_line):
            return found
        waiting += [constant for constant in found.co_consts if hasattr(constant, "co_code")]
    raise LookupError(mutant.function)
