"""Every screen, walked in English and in Lao by whoever may open it: whole pages, and no English left in Lao."""

from functools import cache

import pytest

from tests.checks.test_access import declared

NO_SCREEN = {
    "machines.emblem": "a file",
    "storefront.buyer": "opens by a token alone",
    "storefront.buyer_file": "a file",
    "signin.no_digest": "opens by a token alone",
    "storefront.not_me": "opens by a token alone",
    "storefront.offer": "opens by a token alone",
    "storefront.new_address": "opens by a token alone",
    "storefront.old_address": "opens by a token alone",
    "storefront.photo": "a file",
    "storefront.taken_along": "opens by a token alone",
    "storefront.taken_along_files": "a file",
    "storefront.saved_list": "opens by a token alone",
    "storefront.share_picture": "a file",
    "storefront.line_sheet": "a file, or a page that says how far it is",
    "storefront.line_sheet_state": "read by a script alone",
    "desk.attachment": "a file",
    "desk.fairness_csv": "a file",
    "desk.record_paper": "needs a paper that was asked for",
    "desk.record_paper_file": "a file",
    "operator.fairness_csv": "a file",
    "operator.fairness_of": "needs a consortium beside the network",
    "studio.fairness_csv": "a file",
    "studio.record_paper": "needs a paper that was asked for",
    "studio.record_paper_file": "a file",
    "desk.one_mail": "needs a mail that came",
    "desk.answer_by_phone": "needs a call",
    "desk.slip": "needs an answer to tell",
    "desk.allocation": "needs a closed call",
    "desk.call": "needs a call",
    "desk.call_ledger": "needs a call",
    "desk.change_shares": "needs a closed call",
    "desk.call_slips": "needs a call",
    "desk.new_call": "needs a line of an inquiry",
    "studio.call": "needs a call that asks the firm",
    "studio.share": "needs a share of the firm",
    "desk.follow_shares": "needs a call that was divided",
    "studio.phone": "read by a script alone",
    "studio.download_photo": "a file",
    "studio.download_photos": "a file",
    "studio.upload_state": "read by a script alone",
    "studio.worker": "a script",
    "signin.use_card": "opens by a token alone",
    "desk.sheet": "needs a sheet that came",
    "desk.sheet_columns": "needs a sheet that came",
    "desk.sheet_export": "needs a sheet that was asked for",
    "desk.sheet_export_file": "a file",
    "desk.sheet_rest": "a file",
    "studio.sheet": "needs a sheet that came",
    "studio.sheet_columns": "needs a sheet that came",
    "studio.sheet_export": "needs a sheet that was asked for",
    "studio.sheet_export_file": "a file",
    "studio.sheet_rest": "a file",
    "signin.use_link": "opens by a token alone",
    "signin.second_factor": "only while a second factor is owed",
    "signin.set_up_second_factor": "only once its setting up has begun",
}


@pytest.fixture
def somebody(visitor, cast, make):
    """The browser of whoever an area is for, in a language."""
    people = {"desk": "noy", "operator": "operator", "studio": "bounmy", "signin": "bounmy"}

    @cache
    def somebody(area, lang):
        if area not in people:
            return visitor.speaking(lang)
        person = getattr(cast, people[area])
        person.language = lang
        make.keep(person)
        return visitor.signed_in_as(person).speaking(lang)

    return somebody


@pytest.fixture
def values(cast, make):
    """What the addresses of each area name: something of firm A that is there to be seen."""
    shown = make.product(member=cast.firm_a)
    submitted = make.submitted_product(member=cast.firm_a)
    photo = make.photo(submitted)
    begun = make.draft_product(member=cast.firm_a)
    inquiry = make.inquiry(products=[shown])
    card = make.card(cast.firm_a, cast.bounmy)
    here = {"slug": cast.silver.slug, "maker_slug": cast.firm_a.slug, "inquiry_id": inquiry.public_id, "number": 1}
    return {
        "storefront": {**here, "product_id": shown.public_id},
        "desk": {
            **here,
            "member_id": cast.firm_a.public_id,
            "card_id": card.public_id,
            "product_id": submitted.public_id,
            "file_id": photo.file.public_id,
            "reply_key": "sample",
        },
        "studio": {
            **here,
            "product_id": begun.public_id,
            "group_id": "first",
            "question_key": "what",
            "file_id": make.photo(begun).file.public_id,
        },
    }


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_every_screen_opens_whole(app, somebody, values, lang):
    faults = {}
    for rule in app.url_map.iter_rules():
        area = rule.endpoint.split(".")[0]
        if "GET" not in rule.methods or rule.endpoint in NO_SCREEN or "words" in rule.arguments:
            continue
        known = {name: value for name, value in values.get(area, {}).items() if name in rule.arguments}
        try:
            somebody(area, lang).get(rule.endpoint, **known)
        except AssertionError as fault:
            faults[rule.endpoint] = str(fault)
    assert faults == {}, "\n\n".join(f"{endpoint}: {fault}" for endpoint, fault in faults.items())


def test_what_has_no_screen_is_still_there(app):
    assert set(NO_SCREEN) <= set(declared(app))
