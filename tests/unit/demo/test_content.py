"""The data files of the demonstration: whole, in good Lao and English, and plainly made up."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from catalogue import lao
from catalogue.accounts.passwords import refuse_weak
from catalogue.demo import asked, content
from catalogue.demo.content import PHOTOS, read_consortium
from catalogue.demo.player import Programme, read_programme
from catalogue.demo.reading import ContentFault
from catalogue.demo.sign_ins import MANAGERS, OBSERVER, OPERATOR, PASSWORD, SIGN_INS, SMITHS
from catalogue.inquiries.models import Channel
from catalogue.leaks import find_leaks
from catalogue.text import clean_text
from tests.factories import NOW

FILES = sorted([*content.FOLDER.glob("*.toml"), *asked.FOLDER.glob("*.toml")])
ADDRESS = re.compile(r"[\w.+-]+@([\w.-]+)|https?://([\w.-]+)")


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return read_programme(NOW.date())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_text_is_kept_as_it_is_written(path):
    for text in texts(tomllib.loads(path.read_text("utf-8"))):
        assert clean_text(text) == text.strip()
        assert not lao.has_thai(text)
        assert all((name or host).endswith(".example") for name, host in ADDRESS.findall(text)), text


def test_every_photograph_is_shown(programme):
    assert {name for _whose, name in programme.pictures} == {path.name for path in PHOTOS.glob("*.jpg")}


def test_nothing_that_the_office_said_leads_past_the_door(programme):
    for asking in programme.askings:
        charter = next(each.charter for each in programme.consortia if each.charter.slug == asking.slug)
        allowed = (charter.shared_contact_email, charter.shared_contact_phone)
        for step in asking.told.steps:
            assert find_leaks(step.text, allowed) == []


def test_the_months_are_filled_in(programme):
    for asking in programme.askings:
        for text in (asking.told.message, *(step.text for step in asking.told.steps)):
            assert "{" not in asking.told.said(text, programme.days)


def test_inquiries_came_on_every_way_in_both_languages(programme):
    silver = [asking.told for asking in programme.askings if asking.slug == "silver"]
    assert {told.channel for told in silver} == set(Channel)
    assert {told.language for told in silver} == {"lo", "en"}
    assert len({told.buyer.country for told in silver}) >= 15


def test_one_inquiry_asks_for_more_than_one_workshop_makes(programme):
    told = next(asking.told for asking in programme.askings if asking.told.buyer.company == "Lindqvarn Interiors")
    products = {each.reference: each for each in programme.consortia[0].products}
    bowls = told.lines[0]
    assert (bowls.product, bowls.quantity, told.needed_in_days) == ("MS-0118", 600, 110)
    assert products["MS-0118"].content.monthly_capacity * 4 < 600
    assert len({products[line.product].member for line in told.lines}) > 1


def test_the_password_is_one_that_the_site_takes():
    for name, email in (OPERATOR, OBSERVER, *MANAGERS.values(), *SMITHS.values()):
        refuse_weak(PASSWORD, (name, email.partition("@")[0]))


def test_the_sign_ins_fit_where_they_are_printed():
    assert [row for row in SIGN_INS if len(row[0]) > 33 or len(row[1]) > 33] == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('unit = "C62"\n', "", "silver.toml: products[0].unit: is missing"),
        ('unit = "C62"', "unit = 62", "silver.toml: products[0].unit: is of the wrong kind: 62"),
        ('unit = "C62"', 'unit = "C62"\nuint = "C62"', "silver.toml: products[0].uint: is not known"),
        (
            'category = "bowls"',
            'category = "bowl"',
            "silver.toml: products[0].category: is not known to the sector: 'bowl'",
        ),
        (
            'member = "three-lotuses"',
            'member = "lotus"',
            "silver.toml: products[0].member: is no firm of this file: 'lotus'",
        ),
        ('on = "2026-11-03"', 'on = "3 Nov"', "silver.toml: metal.on: is no date: '3 Nov'"),
        (
            'price_per_gram = "1.60"',
            'price_per_gram = "1,60"',
            "silver.toml: metal.price_per_gram: is no number: '1,60'",
        ),
        ('amount = "190"', "amount = true", "silver.toml: products[0].tiers[0].amount: is of the wrong kind: True"),
        (
            'hero = "hero-silver.jpg"',
            'hero = "no.jpg"',
            "silver.toml: consortium.hero: there is no photograph 'no.jpg'",
        ),
        ('place = { lo = "ນະຄອນຫຼວງວຽງຈັນ, ສປປ ລາວ", ', "place = { ", "silver.toml: consortium.place.lo: is missing"),
        ('status = "returned"', 'status = "gone"', "is no ListingStatus: 'gone'"),
        ("[consortium]", "[consortium", "silver.toml: "),
    ],
)
def test_a_fault_is_named_with_its_file_and_key(tmp_path, right, wrong, said):
    written = (content.FOLDER / "silver.toml").read_text("utf-8")
    assert right in written
    path = tmp_path / "silver.toml"
    path.write_text(written.replace(right, wrong, 1), "utf-8")

    with pytest.raises(ContentFault) as fault:
        read_consortium(path)

    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('country = "SE"', 'country = "SW"', "inquiries[0].country: is not known: 'SW'"),
        ('product = "MS-0118"', 'product = "MS-0174"', "inquiries[0].lines[0].product: is not known: 'MS-0174'"),
        ('time = "14:04"', 'time = "noon"', "inquiries[0].time: is no time: 'noon'"),
        (
            "hours = 5\n",
            'hours = 5\nnote = "and"\n',
            "inquiries[0].steps[0].hours: stands in a step that must say one of",
        ),
        ('close = "spam"', 'close = "rude"', "is no ClosedReason: 'rude'"),
    ],
)
def test_a_fault_in_an_inquiry_is_named_as_well(tmp_path, programme, right, wrong, said):
    written = (asked.FOLDER / "silver.toml").read_text("utf-8")
    assert right in written
    path = tmp_path / "silver.toml"
    path.write_text(written.replace(right, wrong, 1), "utf-8")
    published = {each.reference for each in programme.consortia[0].products if each.status == "published"}

    with pytest.raises(ContentFault) as fault:
        asked.read_inquiries(path, published)

    assert said in str(fault.value)
