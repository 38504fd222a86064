"""Every letter that the outbox can hold has its function, its words, and both languages."""

import ast

import pytest

from catalogue.notices.letters import LETTERS
from tests.checks.sources import TEMPLATES, calls

PARTS = ["subject.txt", "body.txt", "body.html"]


def folders():
    return {path.name for path in (TEMPLATES / "mail").iterdir() if path.is_dir()}


def asked_for():
    """The kinds that operations put into the outbox."""
    kinds = [call.args[1] for _path, call in calls("letter", "_letter") if len(call.args) > 1]
    return {kind.value for kind in kinds if isinstance(kind, ast.Constant)}


def test_every_letter_has_a_function_and_a_folder():
    assert set(LETTERS) == folders()


def test_every_letter_that_is_asked_for_exists():
    assert asked_for() == set(LETTERS)


@pytest.mark.parametrize("part", PARTS)
def test_every_letter_has_words_that_are_translated(part):
    written = {kind: (TEMPLATES / "mail" / kind / part) for kind in LETTERS}
    assert [kind for kind, path in written.items() if not path.exists()] == []
    assert [kind for kind, path in written.items() if "_(" not in path.read_text("utf-8")] == []
