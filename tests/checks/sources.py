"""The program's own files, read as text and as trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
CATALOGUE = HERE / "catalogue"
TEMPLATES = HERE / "templates"


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the program."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(CATALOGUE.rglob("*.py"))}


@cache
def templates() -> dict[str, str]:
    """Every template by its name."""
    found = (path for path in sorted(TEMPLATES.rglob("*")) if path.is_file())
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in found}


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function or method with one of these names."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in names:
                yield path, node


def strings(folder: Path = CATALOGUE) -> set[str]:
    """Every string that stands in the modules below a folder."""
    inside = (tree for path, tree in trees().items() if path.is_relative_to(folder))
    nodes = (node for tree in inside for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
