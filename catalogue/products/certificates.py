"""The papers on a product: an assay, an organic certificate, a proof of legal wood, as its details tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.consortia.sector import Certificate, Detail, Sector

EXPIRES = "expires_on"


@dataclass(frozen=True)
class Paper:
    """One certificate of one product, with what is said of it in the sector's order."""

    kind: Certificate
    said: tuple[tuple[Detail, Any], ...]

    @property
    def expires_on(self) -> date | None:
        """Its last day, where it has one."""
        ends = [value for detail, value in self.said if detail.key.endswith(EXPIRES)]
        return date.fromisoformat(str(ends[0])) if ends else None

    def is_valid(self, on: date) -> bool:
        """Whether it still holds on a day."""
        return self.expires_on is None or on <= self.expires_on


def certificates_of(trade: Sector, details: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The papers on a product with these details; a paper is there where its proof (a result, a number) is said."""
    by_key = {detail.key: detail for detail in trade.details}
    return tuple(
        Paper(kind, tuple((by_key[key], details[key]) for key in kind.details if is_said(details.get(key))))
        for kind in trade.certificates
        if is_said(details.get(kind.proof))
    )


def certificate_keys(trade: Sector, details: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of paper on a product, to filter by; `trade.certificate(key).name` says them to people."""
    return tuple(kind.key for kind in trade.certificates if is_said(details.get(kind.proof)))


def has_certificate(trade: Sector, details: Mapping[str, Any]) -> bool:
    """Whether there is any paper on a product."""
    return bool(certificate_keys(trade, details))


def is_said(value: Any) -> bool:
    """Whether a detail was answered; "no" and 0 are answers."""
    return value is not None and value != ""
