"""Closed by default: every view says who may open it, and one that forgets opens for nobody."""

import pytest
from sqlalchemy import select
from werkzeug.routing.converters import NumberConverter

from catalogue import policy
from catalogue.accounts.models import Person
from tests.checks.sources import CATALOGUE, strings

VALUES = {"lang": "en", "slug": "nobody", "width": 320, "ending": "webp", "number": 1}


def some(converter):
    """A value that an address of this kind takes."""
    return 1 if isinstance(converter, NumberConverter) else "x" * 10


def declared(app):
    return {endpoint: getattr(view, "access", None) for endpoint, view in app.view_functions.items()}


def test_every_view_declares_who_may_open_it(app):
    assert [endpoint for endpoint, access in declared(app).items() if access is None] == []


def test_declared_actions_exist(app):
    assert set(declared(app).values()) - {"public"} <= set(policy.RULES)


def test_every_rule_is_asked_somewhere(app):
    asked = set(declared(app).values()) | strings(CATALOGUE / "web") | strings(CATALOGUE / "notices")
    assert set(policy.RULES) - asked == set()


def test_view_that_declares_nothing_opens_for_nobody(app, visitor, cast):
    app.add_url_rule("/forgotten", "forgotten", lambda: "here")

    for browser in (visitor, visitor.signed_in_as(cast.noy), visitor.signed_in_as(cast.operator)):
        browser.open("/forgotten", expect=403)


def test_nobody_comes_in_without_signing_in(app, visitor):
    for rule in app.url_map.iter_rules():
        if declared(app)[rule.endpoint] == "public":
            continue
        values = {name: VALUES.get(name) or some(rule._converters[name]) for name in rule.arguments}
        address = visitor.address_of(rule.endpoint, **values)
        if "GET" in rule.methods:
            response = visitor.client.get(address, base_url=visitor.site)
            assert (response.status_code, "/sign-in" in response.location) == (303, True), rule
        elif "PATCH" in rule.methods:
            sent = {"base_url": visitor.site, "headers": {"X-CSRFToken": visitor._fresh_token()}}
            response = visitor.client.patch(address, **sent)
            assert (response.status_code, "/sign-in" in response.location) == (303, True), rule
        else:
            visitor.post(rule.endpoint, expect=303, follow=False, **values)
            assert "/sign-in" in visitor.response.location, rule


@pytest.mark.parametrize("word", ["password", "token", "secret"])
def test_no_address_asks_for_a_secret_in_its_query(app, word):
    assert [rule for rule in app.url_map.iter_rules() if f"{word}=" in str(rule)] == []


def test_disabled_person_is_out_at_once(visitor, cast, session, at):
    noy = visitor.signed_in_as(cast.noy)
    session.scalar(select(Person).where(Person.id == cast.noy.id)).disabled_at = at

    noy.open("/account", expect=303, follow=False)
