"""The member's calendar: how many a month, the days of rest, what is to be made when, and what is still free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.routing import stating
from catalogue.routing.capacity import A_DAY, Span, made_in, rest_days
from catalogue.routing.capacity_models import Capacity, CapacityOf
from catalogue.routing.free_time import Known, Thing, known_of
from catalogue.routing.to_make import ToMake, to_make
from catalogue.text import Bilingual
from catalogue.web.access import requires
from catalogue.web.capacity_words import moves_of, name_of_key, quantity_of, unit_word, words_of_move
from catalogue.web.clock import in_vientiane, now
from catalogue.web.loaders import own_member
from catalogue.web.months import last_of, month_of, months_from, weekdays
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page

MONTHS = 3


@dataclass(frozen=True)
class Line:
    """One figure a month that the firm states, or that its listings state for it (`is_said` False)."""

    of: CapacityOf
    key: str
    unit: str
    figure: int
    name: str
    is_said: bool
    category: str = ""
    has_listing: bool = False

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"line-{self.of.value}-{self.key}-{self.unit}"


@dataclass(frozen=True)
class Left:
    """Of one line in the days of one month: what is still free, and how the rest is taken, in parts of a hundred."""

    line: Line
    free: int
    rest: float
    booked: float


@dataclass(frozen=True)
class Bar:
    """One share on the line of days: where its days begin and how many they are, in parts of a hundred."""

    work: ToMake
    begins: float
    width: float
    is_late: bool


@blueprint.get("/calendar")
@requires("capacity.keep", load=own_member)
def calendar(member: Member) -> Any:
    """The figures with their buttons, the days of rest, and three months."""
    at, today = now(), in_vientiane(now()).date()
    firsts = months_from(today, MONTHS)
    window = Span(firsts[0], last_of(firsts[-1]))
    known = known_of(db.session, member.consortium, [member.id], at=at)
    lines, work = lines_of(member), to_make(db.session, member)
    resting = rest_days(window, known.rests[member.id])
    due = {each.span.ends_on for each in work}
    return studio_page(
        "studio/calendar.html",
        member.consortium,
        member,
        "calendar",
        lines=lines,
        kept=request.args.get("kept", ""),
        moves=lambda line: moves_of(line.figure, stating.MOST_A_MONTH),
        words_of_move=words_of_move,
        quantity_of=quantity_of,
        unit_word=unit_word,
        rests=stating.rests_ahead(db.session, member.consortium, member, at=at),
        months=[month_of(first, today, rests=resting, due=due) for first in firsts],
        left=lefts_of(known, member, lines, firsts, today),
        bars=bars_of(work, window, today),
        marks=marks_of(window, firsts, today),
        weekdays=weekdays(),
    )


@blueprint.post("/calendar/capacity")
@requires("capacity.keep", load=own_member)
def say_capacity(member: Member) -> Response:
    """Keep one figure: the button that was pressed carries it, so that pressing twice says it once."""
    line = next((each for each in lines_of(member) if each.anchor == request.form.get("line")), None)
    figure = request.form.get("a_month", "")
    if line is None or not (figure.isascii() and figure.isdigit() and int(figure) <= stating.MOST_A_MONTH):
        flash(_("This figure was not kept. Press again."), "error")
        return redirect(url_for("studio.calendar"), 303)
    given = (line.of, line.key, line.unit, int(figure))
    stating.say_capacity(db.session, member.consortium, member, *given, by=signed_in(), at=now())
    return back_to(line.anchor)


@blueprint.post("/calendar/capacity/take-back")
@requires("capacity.keep", load=own_member)
def take_back_capacity(member: Member) -> Response:
    """Say nothing of it any more; what the listings say holds again."""
    lines = {f"line-{row.of.value}-{row.key}-{row.unit}": row for row in stating.said_by(db.session, member)}
    row = lines.get(request.form.get("line", ""))
    if row is not None:
        stating.take_back_capacity(db.session, member.consortium, row, by=signed_in(), at=now())
    flash(_("Taken away."), "success")
    return redirect(url_for("studio.calendar"), 303)


def back_to(anchor: str) -> Response:
    """To the figure that was kept."""
    return redirect(url_for("studio.calendar", kept=anchor, _anchor=anchor), 303)


def lines_of(member: Member) -> list[Line]:
    """What the firm said itself, then what its listings state of further categories, in the order of the sector."""
    said = stating.said_by(db.session, member)
    listed = _listed(member)
    names = _names_of(member, said)
    lines = [_line_of(row, member, names, listed) for row in said]
    known = {(line.key, line.unit) for line in lines if line.of is CapacityOf.CATEGORY}
    for (category, unit), figure in listed.items():
        if (category, unit) not in known:
            name = name_of_key(CapacityOf.CATEGORY, category, member.consortium)
            lines.append(Line(CapacityOf.CATEGORY, category, unit, figure, name, is_said=False, category=category))
    order = [each.key for each in sector(member.consortium.sector_key).categories]
    kinds = list(CapacityOf)

    def place(line: Line) -> tuple[int, int, str]:
        return (kinds.index(line.of), order.index(line.key) if line.key in order else len(order), line.name)

    return sorted(lines, key=place)


def lefts_of(
    known: Known, member: Member, lines: Sequence[Line], firsts: Sequence[date], today: date
) -> dict[date, list[Left]]:
    """What is still free of each category in each month, from tomorrow on: what one cannot hold is made in the next."""
    first_of: dict[str, Line] = {}
    for line in lines:
        if line.of is CapacityOf.CATEGORY:
            first_of.setdefault(line.key, line)
    found: dict[date, list[Left]] = {first: [] for first in firsts}
    for line in first_of.values():
        before = 0
        for first in firsts:
            window = Span(max(first, today + A_DAY), last_of(first))
            until = known.free(_thing(line), Span(today + A_DAY, window.ends_on))[member.id].pieces or 0
            if window.days:
                found[first].append(_left_of(known, member, line, window, max(0, until - before)))
            before = until
    return found


def bars_of(work: Sequence[ToMake], window: Span, today: date) -> list[Bar]:
    """The shares over the days of the window; what is late reaches to today."""
    bars = []
    for each in work:
        is_late = each.is_late(today)
        shown = Span(each.span.begins_on, today if is_late else each.span.ends_on).within(window)
        if shown.days:
            begins = (shown.begins_on - window.begins_on).days
            bars.append(Bar(each, _part(begins, window.days), _part(shown.days, window.days), is_late))
    return bars


def marks_of(window: Span, firsts: Sequence[date], today: date) -> dict[str, Any]:
    """Where months begin and where today is on the line of days, in parts of a hundred."""
    days = window.days
    months = [(_part((first - window.begins_on).days, days), format_date(first, "LLLL")) for first in firsts]
    return {"months": months, "today": _part((today - window.begins_on).days, days)}


def _left_of(known: Known, member: Member, line: Line, window: Span, free: int) -> Left:
    stated = known.stated(member.id, _thing(line))
    resting = rest_days(window, known.rests[member.id])
    whole = float(made_in(window, stated.a_month, set())) if stated else 0
    working = float(made_in(window, stated.a_month, resting)) if stated else 0
    return Left(line, free, _part(whole - working, whole), _part(max(0, int(working) - free), whole))


def _thing(line: Line) -> Thing:
    return Thing(category=line.key, unit=line.unit)


def _part(of: float, whole: float) -> float:
    return round(100 * of / whole, 2) if whole else 0.0


def _listed(member: Member) -> dict[tuple[str, str], int]:
    key = (ProductVersion.category, ProductVersion.unit)
    query = (
        select(*key, func.max(ProductVersion.monthly_capacity))
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            Product.consortium_id == member.consortium_id,
            Product.member_id == member.id,
            Product.status == ListingStatus.PUBLISHED,
        )
        .group_by(*key)
    )
    return {(category, unit): most or 0 for category, unit, most in db.session.execute(query)}


def _names_of(member: Member, said: Sequence[Capacity]) -> dict[str, tuple[Bilingual, str]]:
    """The names and categories of the products that are spoken of, by their public ids."""
    keys = [row.key for row in said if row.of is CapacityOf.PRODUCT]
    if not keys:
        return {}
    query = (
        select(Product.public_id, ProductVersion)
        .join(ProductVersion, ProductVersion.id == func.coalesce(Product.published_id, Product.working_id))
        .where(Product.consortium_id == member.consortium_id, Product.public_id.in_(keys))
    )
    return {key: (version.name, version.category) for key, version in db.session.execute(query)}


def _line_of(
    row: Capacity,
    member: Member,
    names: dict[str, tuple[Bilingual, str]],
    listed: dict[tuple[str, str], int],
) -> Line:
    name, category = names.get(row.key, (None, ""))
    if row.of is CapacityOf.CATEGORY:
        category = row.key
    words = name_of_key(row.of, row.key, member.consortium, name)
    has_listing = row.of is CapacityOf.CATEGORY and (row.key, row.unit) in listed
    return Line(row.of, row.key, row.unit, row.a_month, words, True, category, has_listing)
