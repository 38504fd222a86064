"""A browser without script: opens endpoints by name, fills forms, follows answers, and checks every page it opens."""

import hashlib
import os
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalogue.accounts.models import Person
from catalogue.web.signed_in import KEY
from tests.factories import Make
from tests.hygiene import check_page

SEE_OTHER = {302, 303}
MOVED = {301, 302, 303, 307, 308}
TOKEN = "csrf_token"


class Visitor:
    """One browser with its own cookies. Addresses that carry a language get `language`, unless `lang=` is given.

    `page` is the last page opened, `response` the last answer, `address` where it came from.
    """

    def __init__(self, app: Flask, make: Make, language: str = "en") -> None:
        self.app = app
        self.make = make
        self.language = language
        self.site = app.config["SETTINGS"].SITE_URL
        # A page is the same on both databases; reading one strictly takes as long as making it.
        self.reads_strictly = not app.config["SETTINGS"].DATABASE_URL.startswith("postgresql")
        self.client = app.test_client()
        self.page: BeautifulSoup | None = None
        self.response: TestResponse | None = None
        self.address = ""

    # -- who and in which language --

    def speaking(self, language: str) -> "Visitor":
        """The same browser, from now on in the other language."""
        other = copy(self)
        other.language = language
        return other

    def signed_in_as(self, person: Person, *, second_factor: bool = True) -> "Visitor":
        """Another browser, in which this person is signed in."""
        other = Visitor(self.app, self.make, self.language)
        with other.client.session_transaction(base_url=self.site) as cookie:
            cookie[KEY] = self.make.session_key(person, second_factor=second_factor)
        return other

    # -- by endpoint --

    def get(self, endpoint: str, *, expect: int = 200, check: bool = True, follow: bool = True, **values: Any) -> Any:
        """Open a page. A redirect is followed, unless `expect` names it or `follow` is off."""
        return self.open(self.address_of(endpoint, **values), expect=expect, check=check, follow=follow)

    def post(
        self,
        endpoint: str,
        data: dict[str, Any] | None = None,
        *,
        expect: int = 303,
        check: bool = True,
        follow: bool = True,
        hidden: bool = True,
        csrf: bool = True,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Any:
        """Send a form, with the hidden fields of the page it stands on, and follow the answer to the next page.

        The page is the one opened last, when it has a form that goes there; else the form's own page is opened first.
        `hidden=False` sends `data` and the token alone, `csrf=False` no token either.
        """
        path = self.address_of(endpoint, **values)
        given = {**(self._hidden_for(path, check=check) if hidden else {}), **(data or {})}
        if csrf:
            given.setdefault(TOKEN, self._fresh_token())
        else:
            given.pop(TOKEN, None)
        return self.send(path, given, expect=expect, check=check, follow=follow, headers=headers)

    def address_of(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint; values that it does not name become its query."""
        if self.app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", self.language)
        adapter = self.app.url_map.bind(urlsplit(self.site).netloc)
        return adapter.build(endpoint, values, append_unknown=True)

    # -- by address --

    def open(self, address: str, *, expect: int = 200, check: bool = True, follow: bool = True, **sent: Any) -> Any:
        """GET an address of this site."""
        response = self._request("GET", address, **sent)
        if follow and response.status_code in MOVED and expect not in MOVED:
            return self.open(self._target(response), expect=expect, check=check)
        return self._answer(response, expect, check)

    def send(
        self,
        address: str,
        data: dict[str, Any],
        *,
        expect: int = 303,
        check: bool = True,
        follow: bool = True,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """POST exactly this to an address, as a browser on this site does, and follow the answer."""
        sent = {"Origin": self.site, "Referer": f"{self.site}{self.address}", **(headers or {})}
        response = self._request("POST", address, data=data, headers=sent)
        if expect in SEE_OTHER and response.status_code in SEE_OTHER:
            return self.open(self._target(response), check=check) if follow else response
        return self._answer(response, expect, check)

    def submit(self, page: BeautifulSoup, selector: str, data: dict[str, Any] | None = None, **options: Any) -> Any:
        """Fill in a form of `page` as a person would, leaving what is in it, and press its button."""
        form = page.select_one(selector)
        assert form is not None, f"there is no {selector!r} on the page"
        return self.send(str(form["action"]), {**filled_in(form), **(data or {})}, **options)

    # -- inside --

    def _request(self, method: str, address: str, **sent: Any) -> TestResponse:
        session: Session = self.make.session
        session.commit()
        self.response = self.client.open(address, method=method, base_url=self.site, **sent)
        # The client leaves open the file into which it spools a large form.
        self.response.request.environ["wsgi.input"].close()
        session.expire_all()
        self.address = address
        return self.response

    def _answer(self, response: TestResponse, expect: int, check: bool) -> Any:
        said = f"{response.request.method} {response.request.path} answered {response.status_code}, not {expect}"
        assert response.status_code == expect, f"{said}:\n{_words(response)}"
        if response.mimetype != "text/html" or not response.data or response.status_code in SEE_OTHER:
            return response
        is_checked = check and self.reads_strictly
        self.page = check_page(response.text) if is_checked else BeautifulSoup(response.text, "html5lib")
        return self.page

    def _target(self, response: TestResponse) -> str:
        target = urlsplit(response.location)
        assert target.netloc in {"", urlsplit(self.site).netloc}, f"sent away to {response.location}"
        return target._replace(scheme="", netloc="").geturl()

    def _hidden_for(self, path: str, *, check: bool) -> dict[str, Any]:
        form = self._form_to(path)
        if form is None and self._can_be_opened(path):
            self.response = self._request("GET", path)
            is_page = self.response.status_code == 200 and self.response.mimetype == "text/html"
            self.page = BeautifulSoup(self.response.text, "html5lib") if is_page else None
            form = self._form_to(path)
        return _hidden(form) if form else {}

    def _form_to(self, path: str) -> Tag | None:
        forms = self.page.select("form[action]") if self.page else []
        return next((form for form in forms if urlsplit(str(form["action"])).path == urlsplit(path).path), None)

    def _can_be_opened(self, path: str) -> bool:
        adapter = self.app.url_map.bind(urlsplit(self.site).netloc)
        return "GET" in adapter.allowed_methods(urlsplit(path).path)

    def _fresh_token(self) -> str:
        """A token as Flask-WTF makes it, for forms that stand on another page."""
        if self.page and (field := self.page.select_one(f"input[name={TOKEN}]")):
            return str(field["value"])
        with self.client.session_transaction(base_url=self.site) as cookie:
            secret = cookie.setdefault(TOKEN, hashlib.sha1(os.urandom(64)).hexdigest())
        return str(URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(secret))


def filled_in(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form that nobody has touched, its buttons left out."""
    sent: dict[str, Any] = {}
    for control in form.select("input[name], select[name], textarea[name]"):
        for value in _values(control):
            sent.setdefault(str(control["name"]), []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def _values(control: Tag) -> list[str]:
    if control.has_attr("disabled"):
        return []
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        chosen = control.select("option[selected]") or control.select("option")[: not control.has_attr("multiple")]
        return [str(option.get("value", option.get_text(strip=True))) for option in chosen]
    kind = control.get("type", "text")
    if kind in {"submit", "button", "image", "reset", "file"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [str(control.get("value", "on"))] if control.has_attr("checked") else []
    return [str(control.get("value", ""))]


def _hidden(form: Tag) -> dict[str, Any]:
    return {str(each["name"]): str(each.get("value", "")) for each in form.select("input[type=hidden][name]")}


def _words(response: TestResponse) -> str:
    if response.mimetype == "text/html":
        return BeautifulSoup(response.text, "html5lib").get_text(" ", strip=True)[:1500]
    return response.text[:1500] if response.mimetype.startswith("text/") or response.is_json else response.mimetype
