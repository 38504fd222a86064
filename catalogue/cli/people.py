"""People from the command line: adding somebody, and helping who lost password or telephone."""

import click
from flask import Flask

from catalogue.accounts import passwords, second_factor, sessions
from catalogue.accounts.people import AddressTaken, add_person, person_by_email
from catalogue.consortia.models import Consortium, Member, RoleName
from catalogue.consortia.roles import RolesConflict, grant
from catalogue.database import writing
from catalogue.extensions import db
from catalogue.web.clock import now


@click.command("user-add")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in RoleName]), required=True)
@click.option("--consortium", help="The consortium's slug; for every role but operator.")
@click.option("--member", help="The firm's slug; for the role member.")
@click.option("--language", type=click.Choice(["lo", "en"]), default="lo")
@click.password_option(default="", help="Empty: this person signs in by links alone.")
def user_add(
    email: str, name: str, role: str, consortium: str | None, member: str | None, language: str, password: str
) -> None:
    """Add somebody who may sign in, with one role."""
    password_hash = _hash_of(password, name, email)
    with writing(db.engine) as session:
        home = session.query(Consortium).filter_by(slug=consortium).one_or_none() if consortium else None
        firm = session.query(Member).filter_by(slug=member, consortium=home).one_or_none() if member and home else None
        _refuse_incomplete(RoleName(role), home, firm)
        try:
            person = add_person(
                session, name=name, email=email, password_hash=password_hash, language=language, at=now()
            )
            grant(session, person, RoleName(role), consortium=home, member=firm, at=now())
        except AddressTaken:
            raise click.ClickException("Somebody signs in with this e-mail address already.") from None
        except RolesConflict:
            raise click.ClickException("A manager of a consortium cannot be a member of it.") from None
    click.echo(f"{name} may sign in as {role}.")


@click.command("user-reset")
@click.argument("email")
def user_reset(email: str) -> None:
    """For a lost telephone: forget the second factor and end every session. The password stays."""
    with writing(db.engine) as session:
        person = person_by_email(session, email)
        if person is None:
            raise click.ClickException("Nobody signs in with this e-mail address.")
        second_factor.remove(session, person, at=now())
        sessions.end_all(session, person, at=now())
    click.echo("The second factor is forgotten and every session is ended.")


def _hash_of(password: str, name: str, email: str) -> str | None:
    if not password:
        return None
    try:
        passwords.refuse_weak(password, (name, email.partition("@")[0]))
    except passwords.WeakPassword as refusal:
        raise click.ClickException(f"The password is too easy to guess ({refusal.reason}).") from None
    return passwords.hashed(password)


def _refuse_incomplete(role: RoleName, home: Consortium | None, firm: Member | None) -> None:
    if role is not RoleName.OPERATOR and home is None:
        raise click.ClickException("Name the consortium with --consortium SLUG.")
    if role is RoleName.MEMBER and firm is None:
        raise click.ClickException("Name the firm with --member SLUG.")


def init_app(app: Flask) -> None:
    """Add the verbs."""
    app.cli.add_command(user_add)
    app.cli.add_command(user_reset)
