"""All that a member said of a product on one page, with its photographs and the button that sends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Question, Sector
from catalogue.extensions import db
from catalogue.products import drafting, readiness
from catalogue.products.models import Product, ProductVersion
from catalogue.web.access import may, requires
from catalogue.web.loaders import own_product_at
from catalogue.web.product_words import in_words, names_of
from catalogue.web.studio import blueprint
from catalogue.web.studio.answering import asking, read, shown
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.reading_back import echo_of


@dataclass(frozen=True)
class Told:
    """A question as it was asked, its answers as people read them, and what was typed and is not understood yet."""

    question: Question
    label: str
    answers: tuple[str, ...]
    in_words: str
    unclear: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        """Whether anything was said."""
        return bool(self.answers) and not self.unclear


@blueprint.get("/products/<product_id>/told")
@requires("product.read", load=own_product_at)
def told(found: Product) -> Any:
    """What was said, to be read once more before it is sent."""
    trade, version = sector(found.consortium.sector_key), found.working
    missing = readiness.missing_for_submission(version, trade) if version else list(trade.sending)
    return studio_page(
        "studio/told.html",
        found.consortium,
        found.member,
        "products",
        product=found,
        version=version,
        told=[_told(found, version, question, trade) for question in trade.questions],
        missing=names_of(missing, trade),
        next_question=_asking_for(missing, trade),
        can_send=may("product.submit", found) and not missing,
        is_open=may("product.edit", found),
        kept_at=drafting.last_kept_at(db.session, found),
    )


def _asking_for(missing: Sequence[str], trade: Sector) -> Question | None:
    """The first question that asks for something that is missing ("name" is asked as "name_lo")."""
    wanted = {*missing, *(f"{key}_lo" for key in missing)}
    return next((each for each in trade.questions if wanted & set(each.fields)), None)


def _told(found: Product, version: ProductVersion | None, question: Question, trade: Sector) -> Told:
    form = asking(found, question.fields, is_fresh=True)
    typed = version.typed if version else {}
    clear = [each for each in form.asked if each.name not in typed and shown(each)]
    echoes = [echo_of(each) for each in clear]
    return Told(
        question,
        in_words(question.label, trade, version),
        tuple(read(each) for each in clear),
        " ".join(echo.words for echo in echoes if echo),
        tuple(typed[key] for key in question.fields if key in typed),
    )
