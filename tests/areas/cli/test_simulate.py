"""`simulate`: the allocation beside other rules, on made trade."""

import json

PLAY = ["simulate", "--years", "1", "--members", "6", "--seed", "3"]


def test_the_table_names_every_rule(runner):
    result = runner.invoke(args=PLAY)

    assert result.exit_code == 0
    assert result.output.startswith("1 year, 6 members, seed 3:")
    for name in ("by-laws", "with-band", "first-come", "random", "equal", "by-price"):
        assert result.output.count(f"\n{name} ") == 3


def test_json_for_programs_is_the_same_each_time(runner):
    first, second = (runner.invoke(args=[*PLAY, "--json"]).output for _time in range(2))

    assert first == second
    policies = json.loads(first)["policies"]
    assert all(0 <= policies[name]["gini"] <= 1 and 0 < policies[name]["jain"] <= 1 for name in policies)


def test_no_member_is_too_few(runner):
    assert runner.invoke(args=["simulate", "--members", "0"]).exit_code == 2
