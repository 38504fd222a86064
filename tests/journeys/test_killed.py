"""Web server and worker are killed while buyers send: what was accepted is stored once, and its letters leave once."""

from pathlib import Path

from tests.endurance.__main__ import play


def test_nothing_is_lost_or_doubled_when_everything_is_killed(tmp_path: Path):
    assert play(tmp_path, senders=3, inquiries=4, kills=2, seed=1) == 0
