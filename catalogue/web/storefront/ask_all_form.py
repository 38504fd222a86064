"""The form that asks several consortia at once: each line knows to whom it goes, each consortium gets its own part."""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from catalogue.consortia.models import Consortium
from catalogue.inquiries.sending import Part
from catalogue.media.keeping import Parked
from catalogue.products.models import Product
from catalogue.web.attachments import Attachments
from catalogue.web.lines import LineForm, LinesField, Offered, consortium_choices
from catalogue.web.storefront.inquiry_form import InquiryForm

FilesFor = Callable[[Consortium], Sequence[Parked]]


class PlacedLineForm(LineForm):
    """One line and the consortium that it goes to: its product's own, or the one chosen for what is said in words."""

    consortium = SelectField(_l("It goes to"), choices=[], validate_choice=False)

    @property
    def owner(self) -> Consortium | None:
        """Whom this line asks, None as long as nobody is chosen."""
        known = self.offered.consortia
        if self.found:
            return next((each for each in known.values() if each.id == self.found.consortium_id), None)
        only = next(iter(known.values())) if len(known) == 1 else None
        return known.get(self.consortium.data or "", only)

    def validate(self, extra_validators: object = None) -> bool:
        """Also that words say to whom they go."""
        is_right = super().validate(extra_validators)
        if self.is_empty or self.product.data or self.owner:
            return is_right
        return self.miss_owner()

    def miss_owner(self) -> bool:
        """Ask beside the field for whom the line is."""
        self.consortium.errors = [_("Choose the consortium that this goes to")]
        return False


class AskAllForm(InquiryForm):
    """The fields of an inquiry, and lines for several consortia."""

    lines = LinesField(PlacedLineForm)

    def offer_from(self, products: Mapping[str, Product], consortia: Sequence[Consortium]) -> None:
        """Tell the lines which products and consortia they may name."""
        names = consortium_choices(consortia)
        by_slug = {each.slug: each for each in consortia}
        for line in self.lines:
            line.form.offered = Offered(products, quantity_needed=not self.message.data, consortia=by_slug)
            line.form.consortium.choices = names

    def is_right(self, files: Attachments) -> bool:
        """Also that somebody is asked, and that target prices have a currency."""
        is_right = super().is_right(files)
        if not self.owners and not self.errors:
            return self._miss_owner()
        if self._needs_currency and not self.currency.data and not self.currency.errors:
            self.currency.errors = [_("Choose the currency of the prices you hope for")]
            return False
        return is_right

    @property
    def owners(self) -> list[Consortium]:
        """The consortia that are asked, each once, in the order of their lines."""
        asked = [line.form.owner for line in self.lines if line.form.owner]
        return list({each.id: each for each in asked}.values())

    @property
    def content(self) -> str:
        """Also to whom it goes."""
        return super().content + repr(sorted(each.slug for each in self.owners))

    def parts(self, files_for: FilesFor) -> list[Part]:
        """What each consortium is asked; the message, the buyer and the terms are the same for all."""
        return [(each, self.asked_of(each, self._lines_to(each), files_for(each))) for each in self.owners]

    def _lines_to(self, consortium: Consortium) -> list[LineForm]:
        return [line for line in self._asked_lines if isinstance(line, PlacedLineForm) and line.owner is consortium]

    def _miss_owner(self) -> bool:
        """A message alone must say to whom it goes: the first line asks."""
        if not self.lines:
            self.add_line()
        self.lines[0].form.miss_owner()
        self.lines.errors = [line.errors for line in self.lines]
        return False

    @property
    def _needs_currency(self) -> bool:
        names_price = any(line.target_price.data is not None for line in self._asked_lines)
        return names_price and len({each.currency for each in self.owners}) > 1
