"""Today and the inbox: inquiries by whom they wait for, in built-in views and kept ones, searched, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.inquiries import assigning, clock, views
from catalogue.inquiries.inbox import PAGE, InboxRow, Place, View, Wanted, counts, inbox
from catalogue.inquiries.models import Channel, Inquiry
from catalogue.lao import fold
from catalogue.text import clean_line
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.inbox_rows import shown
from catalogue.web.due_words import clock_of, moment_ahead
from catalogue.web.inquiry_words import country_name
from catalogue.web.language import language
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in

VIEW_NAMES = {
    View.OPEN: _l("Open"),
    View.MINE: _l("Mine"),
    View.UNASSIGNED: _l("Nobody's"),
    View.OVERDUE: _l("Late"),
    View.MEMBERS: _l("Waiting for members"),
    View.BUYER: _l("Waiting for buyers"),
    View.HELD: _l("Held back"),
    View.BY_MAIL: _l("By e-mail"),
    View.LATER: _l("Put off"),
    View.CLOSED: _l("Closed"),
}
CHANNEL_NAMES = {
    Channel.WEB: _l("Website"),
    Channel.MAIL: _l("E-mail"),
    Channel.WHATSAPP: _l("WhatsApp"),
    Channel.TELEPHONE: _l("Telephone"),
    Channel.VISIT: _l("A visit"),
    Channel.FAIR: _l("At a fair"),
}
NARROWED_BY = ("view", "q", "person", "channel", "country")
LONGEST_WORDS = 100
MOST_ON_CLOCK = 6
MOST_MEMBERS = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class OnClock:
    """Something that is due today, or was due before."""

    time: str
    title: str
    href: str


@blueprint.get("/<slug>/", endpoint="inbox")
@requires("inquiry.list", load=consortium_at)
def show_inbox(consortium: Consortium) -> Any:
    """The open inquiries, or what the address narrows them to; `?q=` looks in everything that was said."""
    at, myself, args = now(), signed_in(), narrowing(request.args)
    managers = assigning.managers_of(db.session, consortium)
    wanted = _wanted(args, myself, managers)
    rows = inbox(db.session, consortium, wanted, at=at, after=_place(request.args.get("after", "")))
    page, found = rows[:PAGE], counts(db.session, consortium, myself, at=at)
    return desk_page(
        "desk/inbox.html",
        consortium,
        "inbox",
        title=_title(wanted, at),
        rest=_rest(at),
        wanted=wanted,
        find=bool(request.args.get("find")),
        args=args,
        rows=[shown(row, myself, at, wanted.words) for row in page],
        found=found,
        tabs_of_views=_tabs(consortium, wanted, found),
        kept=_kept(consortium, myself, args),
        next_url=_url(consortium, {**args, "after": _written(page[-1].place)}) if len(rows) > PAGE else None,
        first_url=_url(consortium, args) if request.args.get("after") else None,
        on_clock=_on_clock(page, at),
        managers={each.public_id: each.name for each in managers},
        channels=CHANNEL_NAMES,
        countries=_countries(consortium),
        members=_members(consortium, wanted.words),
    )


# -- what the address narrows a list to --


def narrowing(given: Mapping[str, str]) -> dict[str, str]:
    """What an address or form says of the list, and nothing else: to go on from, or to keep under a name."""
    said = {name: clean_line(given.get(name, ""))[:LONGEST_WORDS] for name in NARROWED_BY}
    if said["view"] not in set(VIEW_NAMES):
        said["view"] = ""
    return {name: words for name, words in said.items() if words}


def inbox_url(consortium: Consortium, given: Mapping[str, str]) -> str:
    """The list as a form says that it stood."""
    return _url(consortium, narrowing(given))


def _url(consortium: Consortium, args: Mapping[str, str]) -> str:
    address = url_for("desk.inbox", slug=consortium.slug)
    return f"{address}?{urlencode(args)}" if args else address


def _wanted(args: Mapping[str, str], myself: Person, managers: Sequence[Person]) -> Wanted:
    words, channel, country = args.get("q", ""), args.get("channel", ""), args.get("country", "")
    taken_by = next((each.id for each in managers if each.public_id == args.get("person")), None)
    return Wanted(
        view=View(args["view"]) if "view" in args else View.ANY if words else View.OPEN,
        who=myself,
        words=words,
        channel=Channel(channel) if channel in set(Channel) else None,
        country=country.upper() if len(country) == 2 else "",
        taken_by=taken_by,
    )


def _written(place: Place) -> str:
    return f"{place.group}.{(place.at - EPOCH) // timedelta(microseconds=1)}.{place.key}"


def _place(text: str) -> Place | None:
    """The place that an address names; anything that is none is the beginning."""
    parts = text[:60].split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 17 for part in parts):
        return None
    group, since, key = map(int, parts)
    try:
        return Place(group, EPOCH + timedelta(microseconds=since), key) if max(group, key) < 2**31 else None
    except OverflowError:
        return None


# -- what stands around the rows --


def _title(wanted: Wanted, at: datetime) -> str:
    if wanted.words:
        return _("Found: “%(words)s”", words=wanted.words)
    if wanted.view is View.OPEN:
        return format_date(in_vientiane(at).date(), "EEEE, d MMMM")
    return str(VIEW_NAMES[wanted.view])


def _rest(at: datetime) -> str:
    """On a day of rest: which, and when the clock goes on."""
    working = clock.working_time()
    today = working.day_of(at)
    if working.is_working_day(today):
        return ""
    opens = moment_ahead(clock.next_working_day(at), at)
    holiday = working.holidays.get(today)
    if holiday:
        return _(
            "%(holiday)s: the office rests. The clock goes on %(opens)s.", holiday=holiday.in_(language()), opens=opens
        )
    return _("The office rests. The clock goes on %(opens)s.", opens=opens)


def _tabs(consortium: Consortium, wanted: Wanted, found: Mapping[View, int]) -> list[tuple[str, str, bool, int | None]]:
    return [
        (
            str(name),
            _url(consortium, {} if view is View.OPEN else {"view": view.value}),
            view is wanted.view,
            None if view is View.CLOSED else found[view],
        )
        for view, name in VIEW_NAMES.items()
    ]


@dataclass(frozen=True)
class KeptView:
    """A view that somebody keeps, as a link."""

    key: str
    name: str
    href: str
    is_current: bool


def _kept(consortium: Consortium, myself: Person, args: Mapping[str, str]) -> list[KeptView]:
    here = _url(consortium, args)
    return [
        KeptView(view.public_id, view.name, href, href == here)
        for view in views.views_of(db.session, consortium, myself)
        for href in [f"{_url(consortium, {})}?{view.address}"]
    ]


def _on_clock(rows: Sequence[InboxRow], at: datetime) -> list[OnClock]:
    today = in_vientiane(at).date()
    due = [(row.due, row.inquiry) for row in rows if row.due and in_vientiane(row.due).date() <= today]
    return [
        OnClock(
            time=clock_of(when) if when > at else _("late"),
            title=_("Answer %(name)s", name=inquiry.buyer_contact.company or inquiry.buyer_contact.name),
            href=url_for("desk.inquiry", slug=inquiry.consortium.slug, inquiry_id=inquiry.public_id),
        )
        for when, inquiry in due[:MOST_ON_CLOCK]
    ]


def _countries(consortium: Consortium) -> dict[str, str]:
    codes = db.session.scalars(select(Inquiry.country).where(Inquiry.consortium_id == consortium.id).distinct())
    return dict(sorted(((code, country_name(code)) for code in codes if code), key=lambda each: each[1]))


def _members(consortium: Consortium, words: str) -> list[Member]:
    """Members whose name says what is looked for, in either language."""
    wanted = fold(words)
    if not wanted:
        return []
    members = db.session.scalars(select(Member).where(Member.consortium_id == consortium.id).order_by(Member.id))
    return [each for each in members if wanted in fold(f"{each.name.lo} {each.name.en}")][:MOST_MEMBERS]
