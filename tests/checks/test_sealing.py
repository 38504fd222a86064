"""No offer is read by anybody before its call closes: not by a module, a page, a letter, a log, an export or a verb."""

import ast
import io
import json
import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.routing import BuildError

from catalogue.activity.models import Entry, EntryText
from catalogue.consortia.by_law_models import PriceRule
from catalogue.media.stores import FileStore
from catalogue.notices.addresses import token_maker
from catalogue.outbox.models import Due
from catalogue.privacy.exporting import export_buyer, export_person
from catalogue.privacy.trail import trail_of_inquiries
from catalogue.routing import closing
from catalogue.routing.answer_links import token_of
from catalogue.routing.calls import Terms, send_call
from catalogue.routing.models import Offer
from catalogue.web.clock import now
from tests.checks.sources import CATALOGUE, trees

READER = CATALOGUE / "routing" / "offers.py"
MODELS = CATALOGUE / "routing" / "models.py"
OWN_TABLE = re.compile(r"\b(from|join|into|update)\s+\"?offer\b", re.IGNORECASE)

WANTED = 97531
SAID = {
    "answer": "part",
    "quantity": "43117",
    "days": "619",
    "own_lot": "1873",
    "charge": "77.0303",
    "metal_from": "member",
    "note": "zebrawood",
}
# However a page writes a number: 43117, 43,117 (English), 43.117 (Lao).
FIGURES = re.compile(r"(?<![0-9a-z])(43[.,\s]?117|619|1[.,]?873|77[.,]03\d*)(?![0-9a-z])|zebrawood", re.IGNORECASE)


# -- modules --


def test_offers_are_read_in_one_module_alone():
    faults = [f"{path.relative_to(CATALOGUE)}:{node.lineno}" for path, tree in trees().items() for node in _reads(tree)]
    allowed = [each for each in faults if each.startswith(str(READER.relative_to(CATALOGUE)))]
    assert allowed, "the check no longer sees how offers are read"
    assert faults == allowed


def test_the_check_sees_every_way_of_reading():
    reads = (
        "select(Offer)",
        "session.get(Offer, 1)",
        "Offer.quantity",
        "select(models.Offer)",
        "text('SELECT * FROM offer')",
    )
    for line in reads:
        tree = ast.parse(f"from catalogue.routing.models import Offer\nfound = {line}")
        assert list(_reads(tree)), line


def _reads(tree):
    """Where `Offer` is handed to something that queries, or one of its columns is named; raw statements too."""
    for node in ast.walk(tree):
        is_handed_over = isinstance(node, ast.Call) and any(_is_offer(each) for each in node.args)
        is_column = isinstance(node, ast.Attribute) and _is_offer(node.value)
        is_words = isinstance(node, ast.Constant) and isinstance(node.value, str) and OWN_TABLE.search(node.value)
        if is_handed_over or is_column or is_words:
            yield node


def _is_offer(node):
    return (isinstance(node, ast.Name) and node.id == "Offer") or (
        isinstance(node, ast.Attribute) and node.attr == "Offer"
    )


def test_nothing_else_leads_from_a_row_to_an_offer():
    tree = trees()[MODELS]
    leading = [
        node.target.id
        for each in tree.body
        if isinstance(each, ast.ClassDef) and each.name != "Offer"
        for node in each.body
        if isinstance(node, ast.AnnAssign) and re.search(r"\bOffer\b", ast.unparse(node.annotation))
    ]
    assert leading == []


# -- pages, by whoever can open any --


@pytest.fixture
def call(make, cast, session):
    """An open call of a listed product, under the rule that asks for charges, sent as the desk sends it."""
    make.at = now() - timedelta(minutes=30)
    make.by_laws(cast.silver, price_rule=PriceRule.SEALED)
    listed = make.product(member=cast.firm_a)
    make.product(member=cast.firm_b)
    make.photo(listed)
    inquiry = make.inquiry(products=[listed])
    terms = Terms(wanted=listed.published.name, quantity=WANTED, category=listed.published.category)
    both = [cast.firm_a.id, cast.firm_b.id]
    sent = send_call(session, inquiry.lines[0], terms, asked=both, left_out={}, by=cast.noy, at=make.later())
    return make.keep(sent)


@pytest.fixture
def asked(make, cast, call):
    """Firm A beside the call."""
    return make.candidate(call, cast.firm_a)


@pytest.fixture
def token(app, asked):
    """Firm A's own link."""
    with app.app_context():
        return token_of(asked, token_maker())


@pytest.fixture
def offered(visitor, session, asked, token):
    """Firm A's answer, sent by its link."""
    seen = f"{SAID['answer']}/{SAID['quantity']}/{SAID['days']}"
    page = visitor.post("storefront.answer_offer", {**SAID, "seen": seen}, token=token)
    assert page.h1
    assert session.get(Offer, asked.id).quantity == int(SAID["quantity"])
    return session.get(Offer, asked.id)


@pytest.fixture
def places(cast, make, call, asked, token):
    """What addresses name."""
    return {
        "lang": "en",
        "slug": cast.silver.slug,
        "number": call.number,
        "inquiry_id": call.inquiry.public_id,
        "candidate_id": asked.public_id,
        "member_id": cast.firm_a.public_id,
        "product_id": call.line.product.public_id,
        "maker_slug": cast.firm_a.slug,
        "token": token,
        "line": 1,
        "position": 1,
        "reply_key": "sample",
    }


def walk(app, browser, places, areas):
    """Every page of these areas that opens: its address and its words."""
    adapter = app.url_map.bind("127.0.0.1")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint.split(".")[0] not in areas or not rule.arguments <= places.keys():
            continue
        known = {name: value for name, value in places.items() if name in rule.arguments}
        try:
            path = adapter.build(rule.endpoint, known)
        except (BuildError, ValueError):
            continue
        answer = browser.client.get(path, base_url=browser.site, follow_redirects=True)
        if answer.status_code == 200:
            yield rule.endpoint, answer.get_data()
        answer.close()


def found_in(pages):
    """The pages on which a figure of the offer stands."""
    return {endpoint: shown for endpoint, body in pages if (shown := FIGURES.search(body.decode("utf-8", "replace")))}


OPENS = {
    "noy": ({"desk"}, {"desk.call", "desk.calls", "desk.inquiry", "desk.call_slips"}),
    "observer": ({"desk"}, {"desk.figures"}),
    "operator": ({"operator", "desk"}, {"operator.consortia"}),
    "bounmy": ({"studio", "signin"}, {"studio.call", "studio.calls", "studio.today"}),
    "somchan": ({"studio"}, {"studio.calls", "studio.today"}),
}


@pytest.mark.parametrize("who", OPENS)
def test_no_page_shows_an_offer_while_its_call_is_open(app, visitor, cast, places, offered, who):
    areas, must_open = OPENS[who]
    pages = dict(walk(app, visitor.signed_in_as(getattr(cast, who)), places, areas))

    assert must_open <= pages.keys()
    assert found_in(pages.items()) == {}


def test_who_acts_on_behalf_of_the_firm_sees_no_offer(app, visitor, cast, places, offered):
    noy = visitor.signed_in_as(cast.noy)
    noy.post("desk.work_on_behalf", {}, slug=cast.silver.slug, member_id=cast.firm_a.public_id)
    pages = dict(walk(app, noy, places, {"studio"}))

    assert {"studio.call", "studio.today"} <= pages.keys()
    assert found_in(pages.items()) == {}


def test_the_link_gives_nothing_back(app, visitor, places, offered):
    pages = dict(walk(app, visitor, {**places, "lang": "lo"}, {"storefront"}))
    again = visitor.client.get(visitor.address_of("storefront.offer", token=places["token"], again=1))

    assert "storefront.offer" in pages
    assert found_in(pages.items()) == {}
    assert not FIGURES.search(again.text)


def test_who_wrote_it_down_reads_it_nowhere_again(app, visitor, make, cast, call, places):
    make.offer(
        call,
        cast.firm_a,
        quantity=43117,
        days=619,
        charge=Decimal(SAID["charge"]),
        note="zebrawood",
        recorded_by=cast.noy,
    )
    pages = dict(walk(app, visitor.signed_in_as(cast.noy), places, {"desk"}))

    assert "desk.call" in pages
    assert found_in(pages.items()) == {}


# -- what leaves the site, and what is kept beside it --


def test_no_letter_and_no_log_line_holds_an_offer(session, runner, settings, offered):
    letters = [json.dumps(due.payload) for due in session.scalars(select(Due))]
    runner.invoke(args=["work", "--once"])
    mails = [path.read_text("utf-8") for path in Path(settings.mail_url.removeprefix("outtray:")).rglob("*.eml")]
    entries = [json.dumps([each.data, each.subject, each.actor]) for each in session.scalars(select(Entry))]
    words = list(session.scalars(select(EntryText.text)))

    assert letters
    assert entries
    assert not [each for each in [*letters, *mails, *entries, *words] if FIGURES.search(each) or offered.salt in each]


def test_no_export_of_a_buyer_or_a_person_holds_an_offer(session, make, cast, call, tmp_path):
    offer = make.offer(
        call, cast.firm_a, quantity=43117, days=619, charge=Decimal(SAID["charge"]), recorded_by=cast.noy
    )
    store = FileStore(tmp_path)

    for export, whose in ((export_buyer, trail_of_inquiries(session, [call.inquiry_id])), (export_person, cast.noy)):
        into = io.BytesIO()
        export(session, store, whose, into, at=now())
        with zipfile.ZipFile(into) as archive:
            data = archive.read("data.json").decode()
        assert not FIGURES.search(data)
        assert offer.salt not in data


def test_no_verb_prints_an_offer(runner, call, offered):
    for verb in (["verify-log"], ["doctor"], ["ledger", call.number], ["ledger", call.number, "--json"]):
        assert not FIGURES.search(runner.invoke(args=verb).output)


def test_the_same_walk_finds_it_once_the_call_is_closed(app, visitor, session, cast, call, places, offered):
    closing.close_early(session, call, "The maker travels.", by=cast.noy, at=now())
    session.commit()

    assert "desk.allocation" in found_in(walk(app, visitor.signed_in_as(cast.noy), places, {"desk"}))
