"""By-laws at the desk: what holds, what comes, what was; recording what the members decided, read back first."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from catalogue.consortia import by_laws
from catalogue.consortia.by_law_models import ByLaws
from catalogue.consortia.by_law_values import Values, values_of
from catalogue.consortia.models import Consortium
from catalogue.consortia.starting_by_laws import StartingSet, starting_sets, suiting
from catalogue.extensions import db
from catalogue.web.access import may, requires
from catalogue.web.by_law_words import changes_between, rows_of, with_changes
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.by_law_form import AdoptionForm, weight_forms, weights_said
from catalogue.web.figures import day
from catalogue.web.loaders import consortium_at
from catalogue.web.signed_in import signed_in

NOT_KEPT = {"csrf_token", "step"}


@dataclass(frozen=True)
class Offered:
    """A starting set as it is offered: its rows with reasons, and whether it suits so many members."""

    set: StartingSet
    rows: list[Any]
    suits: bool


@blueprint.get("/<slug>/by-laws", endpoint="by_laws")
@requires("by_laws.read", load=consortium_at)
def show_by_laws(consortium: Consortium) -> Any:
    """The set in force, what comes, every set before with its decision, and the sets to begin with."""
    sets, today = by_laws.all_sets(db.session, consortium), in_vientiane(now()).date()
    holding = by_laws.in_force(db.session, consortium, today)
    return desk_page(
        "desk/by_laws.html",
        consortium,
        "rules",
        holding=holding,
        rows=rows_of(values_of(holding), consortium),
        coming=[each for each in with_changes(sets, consortium) if each[0].in_force_from > today],
        former=[each for each in with_changes(sets, consortium) if each[0].in_force_from <= today],
        offered=_offered(consortium) if may("by_laws.adopt", consortium) else [],
        members=by_laws.active_members(db.session, consortium),
    )


@blueprint.route("/<slug>/by-laws/new", methods=["GET", "POST"], endpoint="adopt_by_laws")
@requires("by_laws.adopt", load=consortium_at)
def adopt(consortium: Consortium) -> Any:
    """What the members decided: typed, read back with all that changes, then recorded for good."""
    newest = by_laws.all_sets(db.session, consortium)[0]
    form, weights = _forms(consortium, newest)
    if request.method == "GET":
        return _form_page(consortium, newest, form, weights)
    if not all([form.validate_on_submit(), *(each.validate() for _member, each in weights)]):
        return _form_page(consortium, newest, form, weights, status=422)
    values = form.values(weights_said(weights))
    if request.form.get("step") != "record":
        return _read_back(consortium, newest, form, weights, values)
    return _record(consortium, newest, form, weights, values)


def _record(consortium: Consortium, newest: ByLaws, form: AdoptionForm, weights: Any, values: Values) -> Any:
    slug = consortium.slug
    try:
        adopted = by_laws.adopt(
            db.session, consortium, values, form.decision, after=form.opened, by=signed_in(), at=now()
        )
    except by_laws.AnotherWasAdopted:
        db.session.rollback()
        flash(_("Somebody recorded another decision meanwhile. Read what holds now, then begin anew."), "error")
        return redirect(url_for("desk.by_laws", slug=slug), 303)
    except (by_laws.NotCarried, by_laws.MoreVotesThanMembers, by_laws.DecidedInFuture, by_laws.NothingChanges) as why:
        _explain(form, why)
        return _form_page(consortium, newest, form, weights, status=422)
    flash(
        _("Recorded. It holds from %(day)s on; all members can read it now.", day=day(adopted.in_force_from)), "success"
    )
    return redirect(url_for("desk.by_laws", slug=slug), 303)


def _read_back(consortium: Consortium, newest: ByLaws, form: AdoptionForm, weights: Any, values: Values) -> Any:
    found = changes_between(values_of(newest), values, consortium)
    try:
        by_laws.refuse_decision(db.session, consortium, form.decision, at=now())
        if not found:
            raise by_laws.NothingChanges
    except (by_laws.NotCarried, by_laws.MoreVotesThanMembers, by_laws.DecidedInFuture, by_laws.NothingChanges) as why:
        _explain(form, why)
        return _form_page(consortium, newest, form, weights, status=422)
    return desk_page(
        "desk/by_laws_read_back.html",
        consortium,
        "rules",
        form=form,
        changes=found,
        decision=form.decision,
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT],
        holds_from=by_laws.comes_into_force(now()),
    )


def _explain(form: AdoptionForm, why: Exception) -> None:
    """Say beside the field what is wrong with the decision."""
    if isinstance(why, by_laws.NotCarried):
        form.votes_for.errors = [_("More members must be for it than against it")]
    elif isinstance(why, by_laws.MoreVotesThanMembers):
        form.votes_for.errors = [_("There are %(count)s members, and each has one vote", count=why.members)]
    elif isinstance(why, by_laws.DecidedInFuture):
        form.adopted_on.errors = [_("This day is still to come")]
    else:
        form.form_errors = [_("Nothing is said otherwise than before. Change what the members decided.")]


def _forms(consortium: Consortium, newest: ByLaws) -> tuple[AdoptionForm, Any]:
    begun = starting_sets().get(request.args.get("from", ""))
    values = begun.values(consortium.currency) if begun else values_of(newest)
    form = AdoptionForm(data=AdoptionForm.filled(values, newest.number))
    return form, weight_forms(consortium, values_of(newest).weights)


def _form_page(consortium: Consortium, newest: ByLaws, form: AdoptionForm, weights: Any, status: int = 200) -> Any:
    page = desk_page(
        "desk/adopt_by_laws.html",
        consortium,
        "rules",
        form=form,
        weights=weights,
        newest=newest,
        begun=starting_sets().get(request.args.get("from", "")),
        holds_from=by_laws.comes_into_force(now()),
        members=by_laws.active_members(db.session, consortium),
    )
    return page, status


def _offered(consortium: Consortium) -> list[Offered]:
    suited = suiting(by_laws.active_members(db.session, consortium)).key
    return [
        Offered(each, rows_of(each.values(consortium.currency), consortium, each.reasons), key == suited)
        for key, each in starting_sets().items()
    ]
