"""The form of a product: the few things a member knows best, in plain words."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from catalogue.consortia.sector import Sector, Term
from catalogue.products.editing import Content
from catalogue.products.models import Product, ProductVersion, Tier
from catalogue.text import Bilingual
from catalogue.web.fields import AmountField, AtMost, LineField, Needed, QuantityField, WordsField
from catalogue.web.language import language

NAME, SENTENCE, STORY = 120, 240, 4000
CM = 10


class SeveralField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProductForm(FlaskForm):
    """What a member says of a product. Sizes are typed in centimetres, weight in grams."""

    opened_version = HiddenField()
    name_lo = LineField(_l("What is it, in Lao"), [Needed(_l("Write what it is")), AtMost(NAME)])
    name_en = LineField(_l("What is it, in English"), [AtMost(NAME)])
    category = SelectField(_l("Which kind"))
    materials = SeveralField(_l("Made of"))
    techniques = SeveralField(_l("Made how"))
    net_weight_g = AmountField(_l("Weight of one"))
    fineness = QuantityField(_l("Fineness, in thousandths"))
    length_cm = AmountField(_l("Length"))
    width_cm = AmountField(_l("Width"))
    height_cm = AmountField(_l("Height"))
    diameter_cm = AmountField(_l("Diameter"))
    amount = AmountField(_l("Price of one"))
    minimum_order = QuantityField(_l("How many at least"), [Needed(_l("Write how many a buyer must order at least"))])
    lead_time_days = QuantityField(_l("Days to make them"))
    sample_available = BooleanField(_l("A sample can be made first"))
    summary_lo = LineField(_l("In one sentence, in Lao"), [AtMost(SENTENCE)])
    summary_en = LineField(_l("In one sentence, in English"), [AtMost(SENTENCE)])
    description_lo = WordsField(_l("Its story, in Lao"), [AtMost(STORY)])
    description_en = WordsField(_l("Its story, in English"), [AtMost(STORY)])

    @classmethod
    def of(cls, sector: Sector, product: Product | None = None, *, is_fresh: bool = False) -> "ProductForm":
        """The form as it is for a sector, filled in from the product's working version, or from what was typed.

        `is_fresh`: what this request brought belongs to another form of the page.
        """
        version = product.working if product else None
        typed = {"formdata": None} if is_fresh else {}
        form = cls(data=_data_of(version) if version else None, **typed)
        form.category.choices = [SelectChoice("", ""), *_choices(sector.categories)]
        form.materials.choices = _choices(sector.materials)
        form.techniques.choices = _choices(sector.techniques)
        if not sector.priced_by_metal:
            del form.fineness
        if product and (is_fresh or not form.is_submitted()):
            form.opened_version.data = str(product.version)
        return form

    def content(self, before: Content) -> Content:
        """What was typed, over what was said before of things that this form does not ask."""
        return replace(
            before,
            name=Bilingual(self.name_lo.data or "", self.name_en.data or ""),
            summary=Bilingual(self.summary_lo.data or "", self.summary_en.data or ""),
            description=Bilingual(self.description_lo.data or "", self.description_en.data or ""),
            category=self.category.data or "",
            materials=list(self.materials.data or []),
            techniques=list(self.techniques.data or []),
            net_weight_g=self.net_weight_g.data,
            fineness=self.fineness.data if "fineness" in self else before.fineness,
            length_mm=_mm(self.length_cm),
            width_mm=_mm(self.width_cm),
            height_mm=_mm(self.height_cm),
            diameter_mm=_mm(self.diameter_cm),
            minimum_order=self.minimum_order.data,
            lead_time_days=self.lead_time_days.data,
            sample_available=bool(self.sample_available.data),
            tiers=_tiers(self, before),
        )


def _tiers(form: ProductForm, before: Content) -> tuple[Tier, ...]:
    """One price here; steps that the office made before stay while the price and the minimum are the same."""
    if form.amount.data is None or form.minimum_order.data is None:
        return ()
    first = Tier(form.minimum_order.data, form.amount.data)
    return before.tiers if before.tiers[:1] == (first,) else (first,)


def _data_of(version: ProductVersion) -> dict[str, Any]:
    sides = {
        f"{field}_{side}": getattr(getattr(version, field), side)
        for field in ("name", "summary", "description")
        for side in ("lo", "en")
    }
    sizes = {
        f"{field}_cm": getattr(version, f"{field}_mm") / CM if getattr(version, f"{field}_mm") else None
        for field in ("length", "width", "height", "diameter")
    }
    same = (
        "category",
        "materials",
        "techniques",
        "net_weight_g",
        "fineness",
        "minimum_order",
        "lead_time_days",
        "sample_available",
    )
    amount = version.tiers[0].amount if version.tiers else None
    return {**sides, **sizes, **{field: getattr(version, field) for field in same}, "amount": amount}


def _choices(terms: tuple[Term, ...]) -> list[SelectChoice]:
    return [SelectChoice(term.key, term.name.in_(language())) for term in terms]


def _mm(field: AmountField) -> Any:
    return field.data * CM if field.data is not None else None
