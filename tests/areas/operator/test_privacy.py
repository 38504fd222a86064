"""The operator answers for what all consortia keep of an address."""

import io
import zipfile

from sqlalchemy import select

from catalogue.inquiries.models import BuyerContact


def test_operator_looks_hands_out_and_erases_over_all_consortia(visitor, cast, make, session):
    for consortium in (cast.silver, cast.silk):
        make.inquiry(consortium=consortium, buyer=cast.ana)
    operator = visitor.signed_in_as(cast.operator)
    page = operator.post("operator.privacy", {"email": cast.ana.email}, expect=200)
    operator.post("operator.privacy_export", {"email": cast.ana.email, "of": "buyer"}, expect=200)
    assert zipfile.is_zipfile(io.BytesIO(operator.response.data))
    page = operator.post("operator.privacy_erase", {"email": cast.ana.email, "of": "buyer"}, expect=422)
    assert page.select_one(".error-summary a[href='#sure-buyer']")
    operator.post("operator.privacy_erase", {"email": cast.ana.email, "of": "buyer", "sure": "y"})
    assert set(session.scalars(select(BuyerContact.email))) == {""}


def test_somebody_who_signs_in_is_erased_but_not_the_last_operator(visitor, cast, session):
    operator = visitor.signed_in_as(cast.operator)
    email, last = cast.bounmy.email, cast.operator.email
    operator.post("operator.privacy_export", {"email": email, "of": "person"}, expect=200)
    operator.post("operator.privacy_erase", {"email": email, "of": "person", "sure": "y"})
    page = operator.post("operator.privacy_erase", {"email": last, "of": "person", "sure": "y"})
    assert page.select_one(".notice-error")
    assert (cast.bounmy.email, cast.bounmy.is_disabled, cast.operator.email) == (None, True, last)


def test_what_is_not_kept_is_said(visitor, cast):
    operator = visitor.signed_in_as(cast.operator)
    page = operator.post("operator.privacy", {"email": "nobody@buyer.example"}, expect=200)
    assert page.select_one("[role=status]")
    operator.post("operator.privacy_erase", {"email": "nobody@buyer.example", "of": "buyer", "sure": "y"}, expect=404)
    visitor.signed_in_as(cast.noy).get("operator.privacy", expect=403)
