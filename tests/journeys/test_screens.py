"""The main screens in a real browser, narrow and wide, in both languages: open to everyone, none scrolls sideways."""

from tests.browser import EVERYWHERE, check_screen


@EVERYWHERE
def test_public_screens(browser_page, make, cast, width, lang):
    bowl = make.product(member=cast.firm_a)
    page = browser_page(width=width, lang=lang)

    home = f"/{lang}/{cast.silver.slug}"
    shown = f"{home}/products/{bowl.public_id}"
    rest = ["/products", "/makers", f"/makers/{cast.firm_a.slug}", "/how-to-order", "/inquiry", "/inquiry-list"]
    for address in [f"/{lang}/", f"{home}/", *(home + end for end in rest), shown, "/sign-in"]:
        page.goto(address)
        check_screen(page)


@EVERYWHERE
def test_screens_of_the_office(browser_page, make, cast, width, lang):
    waiting = make.submitted_product(member=cast.firm_a)
    inquiry = make.inquiry(products=[make.product(member=cast.firm_a)])
    cast.noy.language = lang
    page = browser_page(width=width, lang=lang, signed_in_as=make.keep(cast.noy))

    desk = f"/desk/{cast.silver.slug}"
    for end in [
        "/",
        f"/inquiries/{inquiry.public_id}",
        "/review",
        f"/review/{waiting.public_id}",
        "/members",
        "/letters",
    ]:
        page.goto(desk + end)
        check_screen(page)


@EVERYWHERE
def test_screens_of_a_member(browser_page, make, cast, width, lang):
    draft = make.draft_product(member=cast.firm_a)
    cast.bounmy.language = lang
    page = browser_page(width=width, lang=lang, signed_in_as=make.keep(cast.bounmy))

    for address in ["/studio/", f"/studio/products/{draft.public_id}", "/studio/products/new", "/account"]:
        page.goto(address)
        check_screen(page)
