"""The pages of a consortium in states that a full catalogue never shows: nothing yet, one of each, endless names."""

import pytest

from catalogue.text import Bilingual
from tests.browser import DESKTOP, PHONE, check_accessibility, check_width

WIDTHS = (320, 390, 768, 1024, 1280, 1600)
BOTH = pytest.mark.parametrize("lang", ["en", "lo"])
LAO = "ຂັນເງິນຕີມືລາຍດອກບົວສາມກີບພ້ອມຝາປິດສະຫຼັກລາຍນາກສອງໂຕອ້ອມຖານຕີນສູງສຳລັບພິທີບາສີສູ່ຂວັນແລະການທຳບຸນໃນບຸນປີໃໝ່ລາວ" * 2
WORDS = "Hammered silver offering bowl with lotus bands, two chased nagas at the foot and a fitted lid for the new year"
WITHOUT_END = "Llanfairpwllgwyngyll" * 6


@pytest.fixture
def bare(make):
    """Founded, and nothing else: no story, no photograph, no member, no product."""
    return make.consortium(sector_key="rice", tagline=Bilingual(), about=Bilingual(), place=Bilingual())


@pytest.fixture
def single(make):
    """One member and one product, without a photograph, told in Lao alone."""
    alone = make.consortium(
        sector_key="silk", story=Bilingual("ເລື່ອງຂອງກຸ່ມ " * 30), about=Bilingual("ກ່ຽວກັບກຸ່ມ"), tagline=Bilingual("ຜ້າໄໝ")
    )
    firm = make.member(consortium=alone, name=Bilingual("ຊ່າງຕ່ຳຫູກ"), story=Bilingual("ຕ່ຳຫູກມາແຕ່ນ້ອຍ"))
    make.product(member=firm, name=Bilingual("ຜ້າໄໝ", "Silk"))
    return alone


@pytest.fixture
def endless(make):
    """Every name is longer than any page is wide."""
    return named(make, Bilingual(LAO, WORDS))


@pytest.fixture
def unbroken(make):
    """The same in one word."""
    return named(make, Bilingual(LAO, WITHOUT_END))


def named(make, name):
    long = make.consortium(sector_key="furniture", name=name, tagline=name, about=name, story=name, place=name)
    firm = make.member(consortium=long, name=name, village=name, story=name)
    for _each in range(3):
        make.product(member=firm, name=name)
    return long


@pytest.mark.parametrize(
    ("state", "lang"),
    [("bare", "lo"), ("single", "en"), ("endless", "lo"), ("endless", "en"), ("unbroken", "lo")],
)
def test_no_state_is_wider_than_the_window(browser_page, request, lang, state):
    consortium = request.getfixturevalue(state)
    page = browser_page(PHONE, lang, allow=(404,))
    for path in pages_of(consortium, lang):
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            check_width(page)
        check_accessibility(page)


@BOTH
def test_a_full_house_is_not_wider_either(browser_page, make, lang):
    full = make.consortium(sector_key="handicraft")
    firms = [make.member(consortium=full, people=number, since=1960 + number) for number in range(60)]
    for number in range(30):
        make.product(member=firms[number % 3], monthly_capacity=100_000 + number)
    page = browser_page(PHONE, lang)
    for end in ("/", "/makers"):
        page.goto(f"/{lang}/{full.slug}{end}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            check_width(page)


@BOTH
def test_an_empty_house_says_so_and_offers_a_way(browser_page, bare, lang):
    page = browser_page(DESKTOP, lang)
    for end in ("/", "/makers"):
        page.goto(f"/{lang}/{bare.slug}{end}")
        assert page.locator(f'.empty a[href="/{lang}/{bare.slug}/inquiry"]').is_visible()
    page.goto(f"/{lang}/{bare.slug}/")
    assert page.locator("main input[type=search]").count() == 0
    assert page.locator(".together").count() == 0


@BOTH
def test_what_is_told_in_one_language_alone_says_which(browser_page, single, lang):
    page = browser_page(PHONE, lang)
    page.goto(f"/{lang}/{single.slug}/")
    told = page.locator(".story [lang]")
    assert told.count() == (2 if lang == "en" else 0)
    assert page.locator(".story .only-mark").count() == told.count()


def pages_of(consortium, lang):
    """The pages that show a consortium, and one that is not there."""
    ends = ("/", "/products", "/makers", "/how-to-order", "/not-here")
    return [f"/{lang}/", f"/{lang}/about", f"/{lang}/privacy", *(f"/{lang}/{consortium.slug}{end}" for end in ends)]
