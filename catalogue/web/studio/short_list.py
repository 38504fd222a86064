"""The short list on a product's page: what is still to say, in words, each row a way to say it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.trade import Sector
from catalogue.products.models import Product
from catalogue.products.parts import PHOTOS
from catalogue.products.to_do import FIRST, Task, TaskState, tasks_of
from catalogue.web.language import language
from catalogue.web.product_words import lacking

STATES: dict[TaskState, tuple[LazyString, str]] = {
    TaskState.NOT_STARTED: (_l("Not started"), "info"),
    TaskState.BEGUN: (_l("Begun"), "wait"),
    TaskState.DONE: (_l("Done"), "ok"),
    TaskState.SENT_BACK: (_l("Sent back"), "new"),
}


@dataclass(frozen=True)
class TaskRow:
    """One row: where it leads, what it is, what lacks, and how far it is, in words and in its kind of colour."""

    href: str
    title: str
    text: str
    state: str
    kind: str


def short_list(product: Product, trade: Sector) -> list[TaskRow]:
    """The member's tasks of a product, each with what is still missing in it."""
    return [_row(product, task, trade) for task in tasks_of(product, trade)]


def _row(product: Product, task: Task, trade: Sector) -> TaskRow:
    words, kind = STATES[task.state]
    if task.key == PHOTOS:
        href = url_for("studio.photos", product_id=product.public_id)
    else:
        href = url_for("studio.product_group", product_id=product.public_id, group_id=task.key)
    return TaskRow(href, _title(task, trade), _text(product, task, trade), str(words), kind)


def _title(task: Task, trade: Sector) -> str:
    if task.key == PHOTOS:
        return _("Photographs")
    group = trade.group(task.key)
    return group.title.in_(language()) if group and task.key != FIRST else _("The first questions")


def _text(product: Product, task: Task, trade: Sector) -> str:
    if task.key == PHOTOS:
        count = len(product.working.photos) if product.working else 0
        return ngettext("One photograph", "%(num)s photographs", count) if count else _("None yet")
    if task.missing:
        return _("Still to say: %(fields)s", fields=", ".join(lacking(task.missing, trade)))
    return "" if task.is_needed or task.state is not TaskState.NOT_STARTED else _("If you like")
