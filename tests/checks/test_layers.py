"""Arrows point down only, and a subject stands without Flask."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks.sources import CATALOGUE, HERE, trees

SUBJECTS = ["accounts", "activity", "consortia", "inquiries", "limits", "mail", "media", "outbox", "policy", "products"]
AMBIGUOUS = {"common", "core", "helpers", "misc", "services", "utils"}


def test_layers_hold():
    program = Path(sys.executable).parent / "lint-imports"
    told = subprocess.run([program, "--no-cache"], cwd=HERE, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("subject", SUBJECTS)
def test_subject_loads_without_flask(subject):
    modules = [path.relative_to(HERE).with_suffix("") for path in (CATALOGUE / subject).rglob("*.py")]
    names = [".".join(module.parts).removesuffix(".__init__") for module in modules] or [f"catalogue.{subject}"]
    program = (
        f"import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"sys.exit(', '.join(sorted({{'flask', 'werkzeug', 'wtforms'}} & set(sys.modules))) or None)"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=HERE, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr


def test_modules_are_named_after_a_thing_or_an_act():
    assert [path for path in trees() if AMBIGUOUS & set(path.relative_to(HERE).with_suffix("").parts)] == []


def test_every_module_says_what_it_holds():
    import ast

    assert [str(path.relative_to(HERE)) for path, tree in trees().items() if not ast.get_docstring(tree)] == []
