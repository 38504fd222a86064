"""What the office keeps of a buyer: handed out whole, or erased."""

import io
import json
import zipfile

from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.inquiries.links import token_of
from catalogue.inquiries.models import BuyerContact
from catalogue.notices.addresses import token_maker


def test_manager_hands_out_and_erases_what_is_kept_of_a_buyer(visitor, cast, make, session):
    inquiry = make.inquiry(consortium=cast.silver, buyer=cast.ana, message="For our shop")
    elsewhere = make.inquiry(consortium=cast.silk, buyer=cast.ana)
    place = {"slug": cast.silver.slug, "inquiry_id": inquiry.public_id}
    noy = visitor.signed_in_as(cast.noy)

    page = noy.get("desk.privacy", **place)
    assert cast.ana.email in page.text
    noy.post("desk.privacy_export", {}, expect=200, **place)
    with zipfile.ZipFile(io.BytesIO(noy.response.data)) as archive:
        assert [row["id"] for row in json.loads(archive.read("data.json"))["inquiry"]] == [inquiry.id]
    assert noy.response.headers["Cache-Control"] == "no-store"

    page = noy.post("desk.privacy", {}, expect=422, **place)
    assert page.select_one("#sure-error")
    page = noy.post("desk.privacy", {"sure": "y"}, **place)
    assert "Everything personal was erased" in page.text
    assert cast.ana.email not in page.text
    emails = session.scalars(select(BuyerContact.email).order_by(BuyerContact.inquiry_id)).all()
    assert emails == ["", elsewhere.buyer_contact.email]
    actions = set(session.scalars(select(Entry.action).where(Entry.subject == f"inquiry:{inquiry.id}")))
    assert {"buyer.exported", "buyer.erased"} <= actions


def test_the_private_link_of_an_erased_buyer_is_over(visitor, cast, make, app):

    inquiry = make.inquiry(consortium=cast.silver)
    with app.app_context():
        token = token_of(inquiry, token_maker())
    visitor.get("storefront.buyer", token=token)
    noy = visitor.signed_in_as(cast.noy)
    noy.post("desk.privacy", {"sure": "y"}, slug=cast.silver.slug, inquiry_id=inquiry.public_id)
    visitor.get("storefront.buyer", token=token, expect=410)


def test_another_office_finds_nothing(visitor, cast, make):
    inquiry = make.inquiry(consortium=cast.silver)
    visitor.signed_in_as(cast.keo).get("desk.privacy", slug=cast.silver.slug, inquiry_id=inquiry.public_id, expect=403)
