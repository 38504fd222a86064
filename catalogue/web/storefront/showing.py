"""What every showing page of the storefront is given: consortium, languages, addresses, the demonstration line."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import abort, render_template, request, url_for
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.extensions import db
from catalogue.notices.addresses import site_address
from catalogue.products.kept import Kept
from catalogue.web.language import LANGUAGES, language, other_language
from catalogue.web.loaders import consortium_at


def consortium_or_404(slug: str) -> Consortium:
    """The consortium that an address names; 404 where there is none."""
    return consortium_at(slug) or abort(404)


def show(template: str, consortium: Consortium | None = None, /, **values: Any) -> str:
    """A page that is the same for everyone. `search` holds what the address carries after its path, if that is kept."""
    search: dict[str, Any] = values.pop("search", {})
    place = {**(request.view_args or {}), **search}
    endpoint = str(request.endpoint)
    alternates = {lang: site_address(endpoint, **place, lang=lang) for lang in LANGUAGES}
    given = {
        "consortium": consortium,
        "is_demo": consortium.is_demo if consortium else False,
        "alternates": alternates,
        "canonical_url": alternates[language()],
        "other_language_url": url_for(endpoint, **{**place, "lang": other_language()}),
        "site_address": site_address,
    }
    return render_template(template, **{**given, **values})


_member = Member.__table__.c
MEMBER_COUNTS = (
    select(_member.consortium_id, func.count())
    .where(_member.consortium_id.in_(bindparam("ids", expanding=True)), _member.status == MemberStatus.ACTIVE)
    .group_by(_member.consortium_id)
)


def member_counts(consortia: Iterable[Consortium]) -> dict[int, int]:
    """How many firms take part in each consortium."""
    return _member_counts.of(db.session, consortia)


def member_count(consortium: Consortium) -> int:
    """How many firms take part in a consortium."""
    return member_counts([consortium])[consortium.id]


def _read(session: Session, consortia: Sequence[Consortium]) -> dict[int, int]:
    counted: dict[int, int] = dict(session.execute(MEMBER_COUNTS, {"ids": [each.id for each in consortia]}).all())
    return {each.id: counted.get(each.id, 0) for each in consortia}


_member_counts = Kept(_read)
