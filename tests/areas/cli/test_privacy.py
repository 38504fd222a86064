"""Backup, erasure and restore from the command line: what was erased stays erased."""

from pathlib import Path

import pytest
from sqlalchemy import select

from catalogue.inquiries.models import BuyerContact, Inquiry
from catalogue.privacy.models import Tombstone


def run(runner, *args: str) -> str:
    result = runner.invoke(args=list(args))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.only("sqlite")
def test_a_restored_backup_forgets_what_was_erased_since(runner, make, cast, app, settings, tmp_path):
    make.inquiry(consortium=cast.silver, buyer=cast.ana, message="For our shop")
    backup = tmp_path / "backup.zip"
    assert "tables" in run(runner, "backup", str(backup))
    run(runner, "erase-buyer", cast.ana.email, "--yes")
    lose_database(app, Path(settings.database_url.removeprefix("sqlite:///")))

    assert "1 erasures since then were done again" in run(runner, "restore", str(backup))
    assert "entries hold" in run(runner, "verify-log")
    assert cast.ana.email.encode() not in Path(settings.database_url.removeprefix("sqlite:///")).read_bytes()
    assert "0 erasures" in run(runner, "erase-again")


def lose_database(app, path: Path) -> None:
    from catalogue.extensions import db

    with app.app_context():
        db.engine.dispose()
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def test_an_inquiry_number_names_a_buyer_without_an_address(runner, make, cast, session, tmp_path):
    inquiry = make.inquiry(consortium=cast.silver, buyer=make.buyer(email="", phone="555"))
    run(runner, "export-buyer", inquiry.number, str(tmp_path / "buyer.zip"))
    assert (tmp_path / "buyer.zip").stat().st_mode & 0o077 == 0
    run(runner, "erase-buyer", inquiry.number, "--yes")
    assert session.scalar(select(BuyerContact.phone)) == ""
    assert session.scalar(select(Inquiry.erased_at)) == session.scalar(select(Tombstone.erased_at))


def test_what_cannot_be_done_is_said(runner, make, cast, tmp_path):
    for args in (
        ["erase-buyer", "nobody@buyer.example", "--yes"],
        ["export-person", "nobody@buyer.example", str(tmp_path / "x.zip")],
        ["erase-person", cast.operator.email, "--yes"],
        ["restore", str(tmp_path / "missing.zip")],
        ["backup", str(tmp_path / "no folder" / "b.zip")],
    ):
        result = runner.invoke(args=args)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
    assert list(tmp_path.glob("*.zip")) == []


def test_the_worker_clears_what_was_erased_on_a_page(runner, visitor, make, cast, settings):
    inquiry = make.inquiry(consortium=cast.silver, buyer=cast.ana)
    run(runner, "work", "--once")
    tray = Path(settings.mail_url.removeprefix("outtray:"))
    assert any(cast.ana.email.encode() in letter.read_bytes() for letter in tray.iterdir())
    place = {"slug": cast.silver.slug, "inquiry_id": inquiry.public_id}
    visitor.signed_in_as(cast.noy).post("desk.privacy", {"sure": "y"}, **place)
    run(runner, "work", "--once")
    assert not any(cast.ana.email.encode() in letter.read_bytes() for letter in tray.iterdir())
