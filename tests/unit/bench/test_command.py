"""`python -m tests.bench` measures what it is asked for. Times are told, never asserted."""

import json

import pytest

from tests.bench import command
from tests.bench.bare import create_app
from tests.bench.bench import Options, begun

SMALL = ["--quick", "--sizes", "24", "--photographs", "0"]


def test_some_cases_are_measured(shelf, tmp_path, capsys):
    found = tmp_path / "found.json"
    asked = [*SMALL, "--only", "rendered", "shelf", "--kept", str(shelf.root), "--json", str(found)]

    assert command.main(asked) == 0

    table = capsys.readouterr().out.splitlines()
    assert table[2].split()[:2] == ["case", "what"]
    figures = json.loads(found.read_text())["figures"]
    assert {each["case"] for each in figures} == {"rendered", "shelf"}
    assert {each["size"] for each in figures} == {24}


def test_unknown_case_is_refused(capsys):
    with pytest.raises(SystemExit) as refusal:
        command.main(["--only", "tea"])
    assert refusal.value.code == 2
    assert "invalid choice: 'tea'" in capsys.readouterr().err


def test_case_that_fails_is_told_and_leaves_the_others(monkeypatch, tmp_path, capsys):
    def broken(_bench):
        raise ZeroDivisionError("no luck")

    monkeypatch.setitem(command.CASES, "broken", broken)
    with begun(Options(kept=tmp_path)) as bench:
        assert command.measured(bench, "broken") == []
        assert bench.faults == ["broken: ZeroDivisionError: no luck"]
    assert "not measured: broken" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sizes", "search"),
    [
        ([], (1000, 20_000), (100_000,)),
        (["--quick"], (1000,), ()),
        (["--sizes", "10,500", "--search", ""], (10, 500), ()),
        (["--quick", "--search", "2000"], (1000,), (2000,)),
    ],
)
def test_sizes_follow_the_command_line(arguments, sizes, search):
    options = command.options_of(command.parser().parse_args(arguments))
    assert (options.sizes, options.search) == (sizes, search)


def test_bare_view_returns_the_bytes_and_headers_it_was_given(tmp_path):
    (tmp_path / "list.json").write_text(json.dumps([["content-type", "text/plain"], ["etag", '"a"']]))
    (tmp_path / "list.body").write_bytes(b"\x8b\x00same")

    answer = create_app(tmp_path).test_client().get("/list")

    assert (answer.data, answer.headers["etag"]) == (b"\x8b\x00same", '"a"')
