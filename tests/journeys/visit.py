"""What a buyer does in a browser, step by step; every page seen on the way is read for members' contacts."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from catalogue.products.models import Product
from tests.browser import check_width
from tests.cast import PASSWORD
from tests.one_door.private import Private


@dataclass(frozen=True)
class Visit:
    """One person in one window of the public site."""

    page: Page
    lang: str
    slug: str
    private: Private

    def look(self) -> None:
        """The page is in the right language, no wider than the window, and shows no member's contact."""
        expect(self.page.locator("html")).to_have_attribute("lang", self.lang)
        expect(self.page.locator("h1")).to_be_visible()
        check_width(self.page)
        assert not self.private.found_in(self.page.content()), self.page.url

    def open(self, path: str) -> None:
        """A page by its address."""
        self.page.goto(path)
        self.look()

    def enter(self) -> None:
        """From the front door into the consortium."""
        self.open(f"/{self.lang}/")
        self.page.locator(f".sectors a[href='/{self.lang}/{self.slug}/']").click()
        self.page.wait_for_url(f"**/{self.lang}/{self.slug}/")
        self.look()

    def search(self, words: str) -> None:
        """Look for words in the catalogue."""
        self.page.locator("#search").fill(words)
        self.page.locator("#search").press("Enter")
        self.page.wait_for_url("**/products?q=*")
        self.look()

    def card(self, product: Product) -> Locator:
        """A product among the cards of a page."""
        return self.page.locator(".cards .card").filter(has=self.page.locator(f"h3 a[href*='{product.public_id}']"))

    def open_product(self, product: Product) -> None:
        """From its card to its page."""
        self.card(product).locator("h3 a").click()
        self.page.wait_for_url(f"**/products/{product.public_id}-*")
        self.look()

    def gather(self, quantity: str) -> None:
        """Put the product of this page into the inquiry list."""
        self.page.locator("#ask-quantity").fill(quantity)
        self.page.locator("button[form=ask]:visible, #ask button:visible").first.click()
        self.page.wait_for_url("**#added")
        self.look()

    def open_list(self) -> None:
        """The inquiry list, by the link at the top."""
        self.page.locator("a.list-link").click()
        self.page.wait_for_url(f"**/{self.lang}/inquiry-list")
        self.look()

    def line(self, product: Product) -> Locator:
        """A product's line in the list."""
        return self.page.locator("li.line").filter(has=self.page.locator(f"h3 a[href*='{product.public_id}']"))

    def keep_changes(self) -> None:
        """Keep what was typed into the lines."""
        self.page.locator(".form-page aside button:not([name])").click()
        self.page.wait_for_url(f"**/{self.slug}/inquiry-list")
        self.look()

    def add_words(self, words: str, quantity: str) -> None:
        """Add what is not in the catalogue."""
        if not self.page.locator("#words-description").is_visible():
            self.page.locator("#words summary").click()
        self.page.locator("#words-description").fill(words)
        self.page.locator("#words-quantity").fill(quantity)
        with self.page.expect_navigation():
            self.page.locator("#words form button").click()
        self.look()

    def go_on(self) -> None:
        """From the list to the form."""
        self.page.locator("button[name=go_on]").click()
        self.page.wait_for_url(f"**/{self.slug}/inquiry")
        self.look()

    def send(self) -> None:
        """Send the form, whatever comes of it."""
        with self.page.expect_navigation():
            self.page.locator(".form-send button").click()
        self.look()

    def sign_in(self, email: str) -> None:
        """Sign in as one of the cast; their own place opens."""
        self.page.goto("/sign-in")
        self.page.locator("#email").fill(email)
        self.page.locator("#password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form button").click()
        self.look()

    def number(self) -> str:
        """The number of the inquiry that the private page shows."""
        expect(self.page).to_have_url(re.compile(rf"/{self.lang}/i/[a-z2-7]+$"))
        found = re.search(r"[A-Z0-9]+-\d{4}-\d{4,}", self.page.locator("main").inner_text())
        assert found, "the page names the inquiry"
        return found[0]
