"""Samples at the desk: which techniques of a firm the office has seen and found good."""

from typing import Any

from flask import flash
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.routing import stating
from catalogue.routing.capacity_models import PassedSample
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.member import back_to, member_page
from catalogue.web.desk.sample_form import SampleForm
from catalogue.web.loaders import member_at
from catalogue.web.signed_in import signed_in


def sample_at(slug: str, member_id: str, technique: str, **_others: Any) -> PassedSample | None:
    """What the office said of one technique of one of its members."""
    query = (
        select(PassedSample)
        .join(PassedSample.member)
        .join(Consortium, Consortium.id == Member.consortium_id)
        .where(Consortium.slug == slug, Member.public_id == member_id, PassedSample.technique == technique)
    )
    return db.session.scalar(query)


@blueprint.post("/<slug>/members/<member_id>/samples")
@requires("sample.pass", load=member_at)
def pass_sample(found: Member) -> Any:
    """The office saw a sample of this technique by this firm, and it was good."""
    form = SampleForm.of(found.consortium)
    if not form.validate_on_submit():
        return member_page(found, sample_form=form, status=422)
    stating.pass_sample(
        db.session,
        found,
        form.technique.data,
        note=form.sample_note.data or "",
        on=form.passed_on.data or now().date(),
        by=signed_in(),
        at=now(),
    )
    flash(_("Kept. This firm is asked when this technique is wanted."), "success")
    return back_to(found)


@blueprint.post("/<slug>/members/<member_id>/samples/<technique>/take-back")
@requires("sample.pass", load=sample_at)
def take_back_sample(sample: PassedSample) -> Response:
    """It was written down by mistake, or the work is no longer as it was."""
    member = sample.member
    stating.take_back_sample(db.session, sample, by=signed_in(), at=now())
    flash(_("Taken away."), "success")
    return back_to(member)
