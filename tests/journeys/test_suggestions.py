"""Suggestions while one types, by keyboard and by finger; without script the box is a plain form."""

import re

from playwright.sync_api import expect

from tests.browser import BOTH_WAYS, check_accessibility
from tests.journeys.scene import Scene


@BOTH_WAYS
def test_a_suggestion_is_chosen_by_keyboard(browser_page, scene: Scene, width, lang):
    page = browser_page(width, lang)
    page.goto(f"/{lang}/{scene.slug}/products")
    box = page.get_by_role("combobox")
    box.press_sequentially("ham")
    expect(box).to_have_attribute("aria-expanded", "true")
    check_accessibility(page)

    box.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(first.locator("span")).to_have_attribute("lang", "en")
    expect(page.locator("form.search [role=status]")).to_have_text(re.compile(r"\d"))

    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ham")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"\?q=hammered"))


def test_a_suggestion_is_chosen_by_finger(browser_page, scene: Scene):
    page = browser_page(390, "en")
    page.goto(f"/en/{scene.slug}/products")
    page.get_by_role("combobox").press_sequentially("ham")
    page.get_by_role("option").filter(has_text=scene.bowl.reference).click()
    page.wait_for_url(re.compile(scene.bowl.public_id))


def test_enter_without_a_choice_searches_for_what_is_typed(browser_page, scene: Scene):
    page = browser_page(390, "en")
    page.goto(f"/en/{scene.slug}/products")
    box = page.get_by_role("combobox")
    box.press_sequentially("hamm")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Enter")
    page.wait_for_url(re.compile(r"\?q=hamm$"))


def test_without_script_the_box_is_a_form(browser_page, scene: Scene):
    page = browser_page(390, "en", javascript=False)
    page.goto(f"/en/{scene.slug}/products")
    page.get_by_role("searchbox").fill("hammered")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"\?q=hammered$"))
