"""Signing in by a one-time link that comes by e-mail."""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import DataRequired, Length

from catalogue.accounts import links
from catalogue.extensions import db
from catalogue.tokens import TokenMaker
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.signin import blueprint
from catalogue.web.signin.coming_in import begin_session, way_on
from catalogue.web.signin.tries import too_many_links


class LinkForm(FlaskForm):
    """Where to send the link."""

    email = EmailField(_l("E-mail"), [DataRequired(_l("Enter your e-mail address")), Length(max=254)])


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@public
def ask_for_link() -> Any:
    """The same words and the same rows whether somebody has this address or not."""
    form = LinkForm()
    if not form.validate_on_submit():
        return render_template("signin/ask_for_link.html", form=form), 422 if form.errors else 200
    if too_many_links(form.email.data or ""):
        form.email.errors = [_("Too many tries. Wait five minutes.")]
        return render_template("signin/ask_for_link.html", form=form), 429
    links.ask_for_link(db.session, form.email.data or "", at=now())
    return redirect(url_for("signin.link_on_its_way"), 303)


@blueprint.get("/sign-in/link/sent")
@public
def link_on_its_way() -> Any:
    """What to expect."""
    return render_template("signin/link_on_its_way.html")


@blueprint.route("/sign-in/by/<token>", methods=["GET", "POST"])
@public
def use_link(token: str) -> Any:
    """Opening the link shows a button and spends nothing: mail programs open links to look at them."""
    settings = current_app.config["SETTINGS"]
    link = links.link_of(db.session, token, TokenMaker(settings.SECRET_KEY, settings.old_secrets), at=now())
    form = FlaskForm()
    if link is None:
        return render_template("signin/link_is_over.html"), 410
    if not form.validate_on_submit():
        return render_template("signin/use_link.html", form=form, token=token), 422 if form.errors else 200
    person = links.use(db.session, link, at=now())
    if person is None:
        return render_template("signin/link_is_over.html"), 410
    begin_session(person)
    return redirect(way_on(person, None), 303)
