"""The letter with which somebody signs in."""

from sqlalchemy.orm import Session

from catalogue.accounts.links import LASTS, token_of
from catalogue.accounts.models import SignInLink
from catalogue.notices.addresses import site_address, token_maker
from catalogue.notices.letters import Letter, notice
from catalogue.outbox.worker import Leased, NotNeeded


@notice("sign_in_link")
def sign_in_link(session: Session, due: Leased) -> Letter:
    """To a person: the link, and how long it lasts. No letter where nobody has the address, or the link was used."""
    link = session.get(SignInLink, due.payload["link_id"])
    if link is None or link.person is None or not link.person.email or link.used_at is not None:
        raise NotNeeded("there is nobody to send this link to")
    address = site_address("signin.use_link", token=token_of(link, token_maker()))
    return Letter(
        to=link.person.email,
        from_name="Sala",
        language=link.person.language,
        automatic=True,
        until=link.ends_at,
        context={"address": address, "minutes": int(LASTS.total_seconds() // 60)},
    )
