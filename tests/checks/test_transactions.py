"""One transaction a request: a GET is undone, a refused POST is undone, and nothing else ever commits."""

import pytest
from flask import abort, redirect
from sqlalchemy import select

from catalogue.accounts.models import Person
from catalogue.extensions import csrf, db
from catalogue.web.access import public
from catalogue.web.clock import now
from tests.checks.sources import CATALOGUE, calls

pytestmark = pytest.mark.both_databases


def answer(status):
    if status >= 400:
        abort(status)
    return redirect("/", status) if status == 303 else ("done", status)


@pytest.fixture
def writer(app):
    """A view that writes a row and answers as it is told."""

    @app.route("/write/<int:status>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    @csrf.exempt
    @public
    def write(status):
        db.session.add(Person(name="Written", created_at=now()))
        db.session.flush()
        return answer(status)

    return app.test_client()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_keeps_nothing(writer, session, method):
    writer.open("/write/200", method=method)
    assert session.scalar(select(Person)) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(("status", "is_kept"), [(200, True), (303, True), (400, False), (404, False), (422, False)])
def test_writing_is_kept_by_its_answer(writer, session, method, status, is_kept):
    writer.open(f"/write/{status}", method=method)
    assert (session.scalar(select(Person)) is not None) is is_kept


def test_failure_keeps_nothing(app, session):
    @app.post("/fail")
    @csrf.exempt
    @public
    def fail():
        db.session.add(Person(name="Written", created_at=now()))
        db.session.flush()
        raise RuntimeError("a fault in the program")

    assert app.test_client().post("/fail").status_code == 500
    assert session.scalar(select(Person)) is None


def test_operations_and_views_never_commit():
    allowed = {
        CATALOGUE / "database.py",
        CATALOGUE / "web" / "transactions.py",
        *(CATALOGUE / "cli").glob("*.py"),
        *(CATALOGUE / "demo").glob("*.py"),
    }
    assert sorted({str(path.relative_to(CATALOGUE)) for path, _call in calls("commit") if path not in allowed}) == []


def test_operations_never_read_the_clock():
    subjects = ("accounts", "activity", "consortia", "inquiries", "products", "quotations", "reports", "routing")
    reading = [
        f"{path.relative_to(CATALOGUE)}:{call.lineno}"
        for path, call in calls("now", "utcnow", "today")
        if path.relative_to(CATALOGUE).parts[0] in subjects
    ]
    assert reading == []
