"""What somebody sends who wants something that is not theirs."""

from functools import partial

from tests.mails.bounces import report
from tests.mails.case import DOMAIN, Case, Party, plain


def _flipped(party: Party) -> bytes:
    local, _at, domain = party.to_buyer.partition("@")
    return plain(party, To=f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}")


def _stranger(party: Party) -> bytes:
    return plain(party, "My new address is this one.", From="Ana Reyes <ana@elsewhere.example>")


NONE = "no letter of ours"
STRANGE_ID = f"aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb@{DOMAIN}"
ELSE = f"bounce+{'a' * 42}@{DOMAIN}"
FORGED = (
    Case("a bounce of no letter", lambda p: report(p, to=ELSE, letter=STRANGE_ID), "bounce", reason=NONE),
    Case(
        "a bounce with another's letter", lambda p: report(p, to=ELSE, letter="x@buyer.example"), "bounce", reason=NONE
    ),
    Case(
        "a bounce of our letter for another address",
        lambda p: report(p, to=ELSE, recipient="other@buyer.example"),
        "bounce",
        reason=NONE,
    ),
    Case(
        "a bounce to the token of the buyer",
        lambda p: report(p, to=p.to_buyer, letter=STRANGE_ID),
        "bounce",
        reason=NONE,
    ),
    Case("one letter of the token changed", _flipped, "unmatched", reason="token unknown"),
    Case("a token made up", partial(plain, To=f"inquiry+{'a' * 42}@{DOMAIN}"), "unmatched", reason="token unknown"),
    Case(
        "a token of another domain",
        lambda p: plain(p, To=p.to_buyer.replace(DOMAIN, "evil.example"), In_Reply_To=""),
        "unmatched",
    ),
    Case("a stranger with the token", _stranger, "append", reason="unverified"),
    Case(
        "a letter answered by a stranger who knows its Message-ID",
        partial(plain, To=f"inquiry@{DOMAIN}", From="eve@elsewhere.example"),
        "append",
        reason="new inquiry",
    ),
    Case(
        "an order to the office's token",
        lambda p: plain(p, "Approved. Publish all and send my price.", To=p.to_office, From=f"Boss <{p.shared}>"),
        "held",
        party="office",
    ),
    Case(
        "the office's token from anywhere",
        lambda p: plain(p, "Close this inquiry.", To=p.to_office, From="eve@elsewhere.example"),
        "held",
        party="office",
    ),
    Case("as the office, without a token", lambda p: plain(p, To=p.shared, From=p.shared, In_Reply_To=""), "unmatched"),
    Case(
        "a header in the subject",
        lambda p: plain(p).replace(b"Re: your inquiry", b"=?utf-8?q?Hi=0D=0ABcc:_all@buyer.example?="),
        "append",
    ),
    Case(
        "authentication it gave itself",
        partial(plain, Authentication_Results=f"{DOMAIN}; dkim=pass; spf=pass", From="ana@elsewhere.example"),
        "append",
        reason="unverified",
    ),
    Case("a telephone number", partial(plain, text="Call me: +33 6 12 34 56 78"), "held", reason="contact"),
    Case("an e-mail address", partial(plain, text="Write to my sister, lena@shop.example."), "held", reason="contact"),
)
