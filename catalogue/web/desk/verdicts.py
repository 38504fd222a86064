"""What a manager decided beside each part of a proposal, as the form of the review page brings it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from catalogue.products.listing import Reason
from catalogue.text import clean_text
from catalogue.web.compared import Finding, Row

LONGEST = 2000
TAKE, RETURN = "take", "return"


@dataclass(frozen=True)
class Verdict:
    """Take a part, or send it back for a reason in the member's words."""

    part: str
    is_taken: bool
    reason: str = ""

    @property
    def key(self) -> str:
        """The part as a page names its controls."""
        return self.part.replace(".", "-")


def typed_verdicts(form: Mapping[str, str]) -> dict[str, Verdict]:
    """The decisions of the form, by part."""
    parts = [name.removeprefix("verdict-") for name in form if name.startswith("verdict-")]
    return {
        part: Verdict(part, form[f"verdict-{part}"] != RETURN, clean_text(form.get(f"reason-{part}", ""))[:LONGEST])
        for part in parts
    }


def problems_in(verdicts: Mapping[str, Verdict]) -> list[tuple[str, str]]:
    """What is sent back without a word, by the control to write it in."""
    return [
        (f"reason-{each.key}", _("Write a reason for the member"))
        for each in verdicts.values()
        if not each.is_taken and not each.reason
    ]


def reasons_in(verdicts: Mapping[str, Verdict]) -> list[Reason]:
    """The reasons for what is sent back."""
    return [Reason(each.part, each.reason) for each in verdicts.values() if not each.is_taken]


def suggested_verdict(row: Row) -> Verdict:
    """What the page suggests: to take it; where a contact stands in it, to send it back, with the reason in Lao."""
    return Verdict(row.part, not row.findings, _reason_for(row.findings) if row.findings else "")


def without_suggestion(verdicts: Mapping[str, Verdict], part: str) -> dict[str, Verdict]:
    """The decisions without the one on this part, where it is the page's own suggestion: it is made anew."""
    given = verdicts.get(part)
    is_own = given is not None and given.reason in (_reason_for(()), _reason_for([Finding("", "phone", "")]))
    return {name: each for name, each in verdicts.items() if name != part or not is_own}


def _reason_for(findings: Iterable[Finding]) -> str:
    with force_locale("lo"):
        if any(finding.kind == "phone" for finding in findings):
            return _("Please take the telephone number out. Buyers reach you through the office.")
        return _("Please take the contact out. Buyers reach you through the office.")
