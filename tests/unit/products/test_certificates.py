"""The papers on a product."""

from datetime import date

import pytest

from catalogue.consortia.sector import sector, sectors
from catalogue.products.certificates import certificate_keys, certificates_of, has_certificate

ORGANIC = {"organic_certifier": "Somebody", "certificate_number": "X-1", "certificate_expires_on": "2027-06-30"}


def test_every_kind_tells_of_details_its_sector_asks():
    for trade in sectors():
        known = {detail.key for detail in trade.details}
        for kind in trade.certificates:
            assert kind.name.is_complete
            assert {kind.proof, *kind.details} <= known, (trade.key, kind.key)
            assert kind.proof in kind.details


def test_every_sector_knows_a_kind_of_paper():
    assert all(trade.certificates for trade in sectors())


def test_a_paper_says_what_is_known_in_its_order():
    (paper,) = certificates_of(sector("silver"), {"assay_method": "XRF", "assay_result": 926, "mark": "925"})
    assert paper.kind.key == "assay"
    assert [(detail.key, value) for detail, value in paper.said] == [("assay_result", 926), ("assay_method", "XRF")]


@pytest.mark.parametrize("details", [{}, {"assay_method": "XRF"}, {"assay_result": None}, {"assay_result": ""}])
def test_without_its_proof_there_is_no_paper(details):
    assert certificates_of(sector("silver"), details) == ()
    assert not has_certificate(sector("silver"), details)


def test_the_keys_are_those_of_the_papers():
    said = ORGANIC | {"residue_document": "R-7"}
    assert certificate_keys(sector("rice"), said) == ("organic", "residues")
    assert [paper.kind.key for paper in certificates_of(sector("rice"), said)] == ["organic", "residues"]


@pytest.mark.parametrize(("on", "is_valid"), [(date(2027, 6, 30), True), (date(2027, 7, 1), False)])
def test_a_paper_holds_until_its_last_day(on, is_valid):
    (paper,) = certificates_of(sector("rice"), ORGANIC)
    assert paper.is_valid(on) is is_valid


def test_a_paper_without_end_holds():
    (paper,) = certificates_of(sector("silver"), {"assay_result": 926})
    assert paper.is_valid(date(2099, 1, 1))
