"""Line sheets: asked for by anybody, made by the worker, the same for everybody, and no way past the office."""

import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import select

from catalogue.consortia.showing import bump
from catalogue.media.stores import store_for
from catalogue.outbox.models import Due, DueState
from catalogue.outbox.worker import CannotBeDone
from catalogue.printing import making, ordering
from catalogue.printing.making import clear_away, sweep_sheets
from catalogue.printing.models import LineSheet
from catalogue.products import listing
from catalogue.text import Bilingual
from catalogue.web.clock import now
from catalogue.web.storefront import line_sheet
from tests.unit.media import hostile

ROOT = Path(__file__).resolve().parents[3]
CONTACT = {"name": "ທ້າວ ບຸນມີ", "phone": "+856 20 5555 7788", "email": "bounmy@his-own.example", "address": "ບ້ານ ຫາດສອງ"}


@pytest.fixture
def house(make):
    return make.consortium(slug="silver", name=Bilingual("ກຸ່ມເຄື່ອງເງິນ", "Silver Consortium"))


@pytest.fixture
def bowls(make, house):
    """Three products of one member, whose contacts are known to the office alone."""
    member = make.member(consortium=house, contact=CONTACT)
    return [make.product(member=member, name=Bilingual(f"ຂັນເງິນ {n}", f"Silver bowl {n}")) for n in (1, 2, 3)]


@pytest.fixture
def worked(runner):
    """Has the worker do what is due."""
    return lambda: runner.invoke(args=["work", "--once"])


def asked(visitor, expect=200, lang="en", **query):
    visitor.get("storefront.line_sheet", expect=expect, slug="silver", lang=lang, **query)
    return visitor.response


def text_of(response):
    reader = pypdf.PdfReader(BytesIO(response.data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_who_asks_is_told_how_far_it_is_and_then_gets_the_pdf(visitor, bowls, worked):
    page = visitor.get("storefront.line_sheet", expect=202, slug="silver")
    assert page.select_one("[role=status]").text == "Yours is next."
    assert visitor.response.headers["Cache-Control"] == "no-store"
    state = visitor.open(page.select_one("[data-making]")["data-making"]).json
    assert (state["stage"], state["of"]) == ("waiting", 3)

    worked()

    response = visitor.open(page.select_one("a[data-open]")["href"])
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    text = text_of(response)
    for words in ("Silver Consortium", "Silver bowl 1", "Silver bowl 3", bowls[0].reference, "3 products"):
        assert words in text


def test_the_plain_address_asks_each_time_and_is_sent_nothing_twice(visitor, bowls, worked):
    asked(visitor, 202)
    worked()
    response = asked(visitor)
    assert response.headers["Cache-Control"] == "public, no-cache"
    disposition = response.headers["Content-Disposition"]
    assert 'inline; filename="silver-consortium-line-sheet-the-whole-catalogue-en.pdf"' in disposition
    again = visitor.open("/en/silver/line-sheet.pdf", expect=304, headers={"If-None-Match": response.headers["ETag"]})
    assert again.data == b""


def test_lao_sheets_lead_with_lao_and_carry_a_lao_name(visitor, bowls, worked):
    asked(visitor, 202, lang="lo")
    worked()
    response = asked(visitor, lang="lo")
    reader = pypdf.PdfReader(BytesIO(response.data))
    assert reader.trailer["/Root"]["/Lang"].startswith("lo")
    assert reader.metadata.author == "ກຸ່ມເຄື່ອງເງິນ"
    assert "filename*=UTF-8''%E0%BA%81" in response.headers["Content-Disposition"]


def test_two_who_ask_for_the_same_cause_one_job(visitor, bowls, outbox):
    for _time in range(2):
        asked(visitor, 202)
    asked(visitor, 202, utm_source="letter", page="xyz")
    assert len(outbox.jobs(ordering.KIND)) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_chosen_products_in_any_order_are_one_sheet(visitor, session, bowls, order):
    asked(visitor, 202, product=[bowls[0].public_id, bowls[2].public_id][::order])
    asked(visitor, 202, product=[bowls[2].public_id, bowls[0].public_id])
    assert [each.product_ids for each in session.scalars(select(LineSheet))] == [[bowls[0].id, bowls[2].id]]


def test_one_product_gets_its_whole_label(visitor, bowls, worked):
    asked(visitor, 202, product=bowls[1].public_id)
    worked()
    text = text_of(asked(visitor, product=bowls[1].public_id))
    assert "Silver bowl 2" in text
    assert "A bowl beaten by hand" in text
    assert "Silver bowl 1" not in text


def test_a_filtered_list_is_printed_as_filtered(visitor, make, house, bowls, worked):
    for name in ("Betel box", "Pill box"):
        make.product(consortium=house, category="boxes", name=Bilingual("ກ່ອງ", name))
    asked(visitor, 202, category="boxes")
    worked()
    text = text_of(asked(visitor, category="boxes"))
    assert ("Betel box" in text, "Silver bowl" in text, "Boxes" in text) == (True, False, True)


def test_a_sheet_shows_neither_drafts_nor_other_consortia(visitor, session, make, house, bowls):
    hidden = (make.draft_product(consortium=house), make.withdrawn_product(consortium=house), make.product())
    for each in hidden:
        asked(visitor, 404, product=each.public_id)
    asked(visitor, 404, product="nothing")
    asked(visitor, 202, product=[bowls[0].public_id, *(each.public_id for each in hidden)])
    assert session.scalar(select(LineSheet)).product_ids == [bowls[0].id]


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_no_contact_of_a_member_is_on_paper(visitor, house, bowls, worked, lang):
    for query in ({}, {"product": bowls[0].public_id}):
        asked(visitor, 202, lang=lang, **query)
        worked()
        response = asked(visitor, lang=lang, **query)
        reader = pypdf.PdfReader(BytesIO(response.data))
        text, digits = text_of(response), re.sub(r"\D", "", text_of(response))
        everything = f"{text} {dict(reader.metadata)} {reader.xmp_metadata.rdf_root.toxml()}"
        assert house.shared_contact_email in text
        assert "55557788" not in digits
        for secret in (CONTACT["email"], "his-own", CONTACT["address"], CONTACT["name"]):
            assert secret not in everything
            assert secret.encode() not in response.data


def test_a_change_of_the_catalogue_makes_a_new_sheet(visitor, session, house, bowls, worked):
    asked(visitor, 202)
    worked()
    asked(visitor)
    listing.withdraw(session, bowls[0], by=None, at=now())
    session.commit()
    asked(visitor, 202)
    worked()
    assert "Silver bowl 1" not in text_of(asked(visitor))


def test_a_sheet_that_cannot_be_made_says_so_and_is_tried_again(visitor, make, house, settings, worked, session):
    product = make.submitted_product(consortium=house)
    photo = make.photo(product)
    store, key = store_for(settings.media_url), f"{photo.file.key}/1280.jpg"
    store.put(key, b"no picture")
    listing.publish(session, product, by=None, at=now())
    session.commit()
    asked(visitor, 202)
    worked()

    page = visitor.get("storefront.line_sheet", expect=202, slug="silver")
    assert "could not be made" in page.select_one(".making").text
    assert session.scalar(select(Due).where(Due.kind == ordering.KIND)).last_error.startswith(CannotBeDone.__name__)
    store.put(key, hostile.photograph(1280, 960))
    headers = {"Sec-Fetch-Site": "same-origin"}
    visitor.post("storefront.make_line_sheet_again", {}, slug="silver", csrf=False, follow=False, headers=headers)
    worked()
    assert asked(visitor).mimetype == "application/pdf"


def test_another_site_cannot_have_it_tried_again(visitor, bowls):
    headers = {"Sec-Fetch-Site": "cross-site"}
    visitor.post("storefront.make_line_sheet_again", {}, slug="silver", csrf=False, expect=403, headers=headers)


# -- bounds --


def test_a_network_may_ask_for_so_many_an_hour(visitor, bowls, outbox, monkeypatch):
    monkeypatch.setattr(line_sheet, "SHEETS_AN_HOUR", 1)
    asked(visitor, 202)
    assert "an hour" in asked(visitor, 429, lang="en", product=bowls[0].public_id).text
    asked(visitor, 202)
    assert len(outbox.jobs(ordering.KIND)) == 1


def test_more_pieces_than_a_sheet_holds_lead_to_kinds(visitor, bowls, outbox, monkeypatch):
    monkeypatch.setattr(line_sheet, "MOST_CHOSEN", 2)
    page = visitor.get("storefront.line_sheet", expect=422, slug="silver", product=[bowl.public_id for bowl in bowls])
    assert len(page.select(".making-kinds a")) > 3
    assert outbox.jobs(ordering.KIND) == []


def test_looking_ahead_makes_nothing(visitor, bowls, outbox):
    address = visitor.address_of("storefront.line_sheet", slug="silver", lang="en")
    visitor.client.head(address, base_url=visitor.site)
    visitor.open(address, expect=202, headers={"Sec-Purpose": "prefetch"})
    assert outbox.jobs(ordering.KIND) == []


def test_the_oldest_sheets_go_when_there_are_too_many(visitor, engine, settings, session, bowls, worked, monkeypatch):
    for bowl in bowls:
        asked(visitor, 202, product=bowl.public_id)
    worked()
    store = store_for(settings.media_url)
    kept = [sheet.stored_key for sheet in session.scalars(select(LineSheet).order_by(LineSheet.id))]
    session.rollback()
    monkeypatch.setattr(making, "MOST_KEPT", 2)
    assert clear_away(engine, store, bowls[0].consortium_id) == 1
    assert [store.has(key) for key in kept] == [False, True, True]
    session.rollback()
    assert len(session.scalars(select(Due).where(Due.kind == ordering.KIND)).all()) == 2


def test_sheets_of_an_older_catalogue_are_swept_away(visitor, engine, settings, session, house, bowls, worked):
    asked(visitor, 202)
    worked()
    store = store_for(settings.media_url)
    assert sweep_sheets(engine, store, at=now() + timedelta(hours=2)) == 0
    bump(session, house)
    session.commit()
    assert sweep_sheets(engine, store, at=now()) == 0
    assert sweep_sheets(engine, store, at=now() + timedelta(hours=2)) == 1
    assert list(store.names("line-sheets")) == []


def test_a_waiting_sheet_is_not_swept_from_under_the_worker(visitor, engine, settings, session, house, bowls):
    asked(visitor, 202)
    bump(session, house)
    session.commit()
    assert sweep_sheets(engine, store_for(settings.media_url), at=now() + timedelta(days=40)) == 0
    assert session.scalar(select(Due.state)) is DueState.WAITING


@pytest.mark.only("sqlite")
def test_the_web_process_never_loads_typst():
    script = "import sys, wsgi; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]
