"""`demo`: fills an empty database on this machine, says who can sign in, and adds nothing to what is there."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from catalogue.app import create_app
from catalogue.consortia.models import Consortium
from catalogue.demo.player import NotPlayed, counts, play_demo
from catalogue.demo.sign_ins import SIGN_INS
from catalogue.inquiries.models import Inquiry
from catalogue.media.models import StoredFile
from catalogue.outbox.models import Due, DueState
from catalogue.products.models import Product

ROOT = Path(__file__).resolve().parents[3]
HELD = "5 consortia, 51 members, 107 products, 91 of them published, 120 inquiries, 0 photographs"


@pytest.mark.only("sqlite")  # `tests/subjects/demo` tells the same story to PostgreSQL
def test_demo_fills_an_empty_database_once_and_its_people_can_sign_in(runner, session, visitor):
    first = runner.invoke(args=["demo", "--without-photos"])
    assert first.exit_code == 0
    assert f"The demonstration holds {HELD}." in first.output
    for role, email, password in SIGN_INS:
        assert f"  {role:<34} {email:<34} {password}" in first.output
    page = first.output.partition("as its letter opens it: ")[2].strip().removeprefix(visitor.site)
    assert "One sample is fine." in visitor.open(page).text
    numbers = session.scalars(select(Inquiry.number)).all()

    second = runner.invoke(args=["demo"])
    assert second.exit_code == 0
    assert "nothing was added" in second.output
    assert HELD in second.output
    assert session.scalars(select(Inquiry.number)).all() == numbers
    assert session.scalar(select(func.count(StoredFile.id))) == 0
    assert session.scalar(select(func.count(Due.id)).where(Due.state == DueState.WAITING)) == 0
    assert runner.invoke(args=["verify-log"]).exit_code == 0

    assert runner.invoke(args=["doctor"]).exit_code == 0

    pages = {"manager, silver": "/desk/silver/", "member, Three Lotuses (silver)": "/studio/"}
    for role, email, password in SIGN_INS:
        fresh = type(visitor)(visitor.app, visitor.make)
        fresh.post("signin.sign_in", {"email": email, "password": password}, follow=False)
        assert fresh.response.location.endswith(pages.get(role, "")), role


def test_demo_wants_the_newest_shape(runner, session):
    newest = session.scalar(text("SELECT version_num FROM alembic_version"))
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    try:
        refused = runner.invoke(args=["demo", "--without-photos"])
    finally:
        session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})
        session.commit()
    assert refused.exit_code == 1
    assert "Run `flask --app wsgi db upgrade` first." in refused.output
    assert session.scalar(select(Consortium.id)) is None


def test_demo_stays_on_this_machine(settings, session):
    open_to_all = replace(settings, SITE_URL="https://sala.example", SECRET_KEY="x" * 40)
    with pytest.raises(NotPlayed, match="SITE_URL is not this machine"):
        play_demo(create_app(open_to_all), print)
    assert session.scalar(select(Consortium.id)) is None


@pytest.mark.parametrize("real", ["consortium", "operator"])
def test_demo_leaves_real_data_alone(runner, session, make, real):
    getattr(make, real)()
    refused = runner.invoke(args=["demo", "--without-photos"])
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: The database holds other data: the demonstration only goes into an empty one.\n",
    )
    assert session.scalar(select(func.count(Product.id))) == 0


@pytest.mark.only("sqlite")
def test_killed_in_its_midst_nothing_half_told_is_left(app, settings, engine):
    telling = _begin(settings)
    _wait_for_parked(settings, telling)
    time.sleep(1.2)
    telling.send_signal(signal.SIGKILL)
    telling.wait()

    with Session(engine) as session:
        found = counts(session)
    assert (found.consortia, found.products, found.inquiries) in {(0, 0, 0), (5, 107, 120)}

    _forget_photographs(engine)
    after = play_demo(app, lambda said: None, with_photos=False)
    assert (after.consortia, after.products, after.inquiries) == (5, 107, 120)


def _begin(settings) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "VAR": settings.VAR, "DATABASE_URL": settings.DATABASE_URL}
    verb = [sys.executable, "-m", "flask", "--app", "wsgi", "demo"]
    return subprocess.Popen(verb, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for_parked(settings, telling) -> None:
    """The photographs are stored first, so the telling begins when the last of them is there."""
    while len(list((settings.var / "media").glob("incoming/*"))) < 95:
        assert telling.poll() is None
        time.sleep(0.02)


def _forget_photographs(engine) -> None:
    """Making them takes a minute, and has tests of its own."""
    with Session(engine) as session:
        session.execute(delete(Due).where(Due.kind == "file.check"))
        session.commit()
