"""The sentences of each reason: they name the step that limited a share, with its figures."""

from collections.abc import Callable

from flask_babel import gettext as _

from catalogue.web.figures import money
from catalogue.web.share_telling import Sentence, Telling, joined


def reasons(telling: Telling) -> list[Sentence]:
    """The sentences of one reason alone: those of a proposal too, before it is confirmed."""
    return SAID.get(telling.reason, _by_the_rule)(telling)


def _by_the_rule(telling: Telling) -> list[Sentence]:
    """A reason of a rule that is no longer known here."""
    return [telling.say(_("The rule of that time gave you %(share)s."), share=telling.count(telling.quantity))]


# -- nothing, for a reason that lies before the division --


def _declined(telling: Telling) -> list[Sentence]:
    return [telling.say(_("You answered that you cannot make it this time."))]


def _no_answer(telling: Telling) -> list[Sentence]:
    return [telling.say(_("No answer came from you before the call closed."))]


def _handed_back(telling: Telling) -> list[Sentence]:
    return [telling.say(_("You gave some of this order back before, so this goes to others."))]


def _left_out(telling: Telling) -> list[Sentence]:
    return [telling.say(_("The office did not ask you this time."))]


def _late(telling: Telling) -> list[Sentence]:
    words = _("You need %(days)s. The buyer must have it within %(needed)s.")
    return [telling.say(words, "days", "needed")]


def _band(telling: Telling) -> list[Sentence]:
    words = _("You asked a making charge of %(charge)s for one. Offers up to %(limit)s could be taken.")
    return [telling.say(words, "charge", "limit")]


def _no_capacity(telling: Telling) -> list[Sentence]:
    if not telling.has("capacity"):
        return [telling.say(_("You have no free days until then."))]
    words = _("You have free days for %(capacity)s until then.")
    return [telling.say(words, "capacity"), _least_share(telling)]


def _least_share(telling: Telling) -> Sentence:
    """Below what nothing is given: its own least, where that is more than the by-laws say."""
    if telling.amount("own_lot") >= telling.amount("smallest"):
        return telling.say(_("You make at least %(own_lot)s at a time."), "own_lot")
    return telling.say(_("By our by-laws nobody is given less than %(smallest)s."), "smallest")


# -- all that one could make --


def _room(telling: Telling) -> list[Sentence]:
    """What it offered, what it has of it, and what its free days allow."""
    said = [telling.say(_("You offered %(offered)s."), "offered")]
    if telling.has("held"):
        said = [telling.say(_("You offered %(offered)s, and have %(held)s of it already."), "offered", "held")]
    if "capacity" in telling.figures and telling.amount("capacity") < telling.amount("offered"):
        said.append(telling.say(_("You have free days for %(capacity)s until then."), "capacity"))
    return said


def _whole_lots(telling: Telling) -> list[Sentence]:
    """How whole lots come to the share; nothing where pieces go out one by one."""
    lot, odd = telling.amount("lot"), telling.amount("odd")
    if lot <= 1:
        return []
    words = _("The order goes out in whole lots of %(lot)s.")
    said = [telling.say(words, "lot")]
    if odd:
        rest = _("The rest of %(odd)s is less than a lot: one workshop makes it, and that is you.")
        said.append(telling.say(rest, "odd"))
    return said


def _offer(telling: Telling) -> list[Sentence]:
    if not telling.quantity:
        words = _("You offered %(offered)s, and have %(held)s of it already. That is all.")
        return [telling.say(words, "offered", "held")]
    if telling.has("held"):
        words = _("You offered %(offered)s, and have %(held)s of it already. You get all the rest.")
        return [telling.say(words, "offered", "held")]
    return [telling.say(_("You offered %(offered)s, and get all of it."), "offered")]


def _capacity(telling: Telling) -> list[Sentence]:
    words = _("You have free days for %(capacity)s until then, and get all that fits into them.")
    return [telling.say(words, "capacity")]


def _lots(telling: Telling) -> list[Sentence]:
    if "left" in telling.figures:
        words = _(
            "When it was your turn %(left)s were left. With a share for you more would have stayed without a maker."
        )
        return [telling.say(words, "left")]
    if not telling.quantity:
        none = telling.say(_("No share fits."))
        return [joined(_room(telling)), joined([*_whole_lots(telling), _least_share(telling), none])]
    most = _("So %(share)s is the most that you can be given.")
    share = telling.say(most, share=telling.count(telling.quantity))
    return [joined(_room(telling)), joined([*_whole_lots(telling), share])]


def _first_claim(telling: Telling) -> list[Sentence]:
    if not telling.quantity:
        return [telling.say(_("The maker of the design comes first, and makes all of it."))]
    words = _("The design is yours, and its maker comes first: you get all that you can make.")
    return [telling.say(words), *_most(telling)]


def _one_hand(telling: Telling) -> list[Sentence]:
    if not telling.quantity:
        words = _("The buyer wants all from one workshop. Another can make more of it, or has had less work than you.")
        return [telling.say(words)]
    words = _("The buyer wants all from one workshop. Of those who can make most of it you have had the least work.")
    return [telling.say(words), *_most(telling)]


def _turn(telling: Telling) -> list[Sentence]:
    small = telling.say(_("So small an order is not divided. It goes whole to one workshop."))
    if not telling.quantity:
        return [small, telling.say(_("This time it goes to one that has had less work than you."))]
    return [small, telling.say(_("This time it is your turn.")), *_most(telling)]


def _most(telling: Telling) -> list[Sentence]:
    """All that one can make of what there is: what it offered or has free, and how much of the order there was."""
    offered = telling.amount("offered")
    free = telling.amount("capacity") if "capacity" in telling.figures else offered
    room = min(offered - telling.amount("held"), free)
    said = _room(telling)
    if telling.amount("quantity") < room:
        said.append(telling.say(_("There was %(quantity)s to make."), "quantity"))
    is_even = telling.quantity in (room, telling.amount("quantity"))
    return [joined(said if is_even else [*said, *_whole_lots(telling)])]


# -- what the level gives --


def _level(telling: Telling) -> list[Sentence]:
    rule = telling.say(_("The rule gives first to whoever has had the least work, until all is placed."))
    if not telling.quantity:
        words = _("The others reach %(level)s with this order. You stand there already, so this time it goes to them.")
        return [rule, _earlier(telling), telling.say(words, "level")]
    before = joined([_earlier(telling), _each(telling)])
    return [rule, before, joined([*_whole_lots(telling), _reached(telling), *_drawn(telling)])]


def _earlier(telling: Telling) -> Sentence:
    """What its work until now counts."""
    if telling.has("held"):
        words = _("Your earlier work, with the %(held)s you have of this order, counts %(start)s.")
        return telling.say(words, "held", "start")
    if telling.figures.get("history") == "new":
        return telling.say(_("You are new: your earlier work counts as the middle of all, %(start)s."), "start")
    return telling.say(_("Your earlier work counts %(start)s."), "start")


def _each(telling: Telling) -> Sentence:
    """What one more adds."""
    if telling.amount("weight") == 1:
        return telling.say(_("Each one adds its making charge, %(charge)s."), "charge")
    words = _("Each one adds %(step)s: its making charge of %(charge)s, divided by your weight of %(weight)s.")
    return telling.say(words, "step", "charge", "weight")


def _reached(telling: Telling) -> Sentence:
    """Where it stands with its share, and that a lot less would not reach the level."""
    reached = telling.amount("start") + telling.amount("step") * (telling.quantity - telling.amount("drawn"))
    fewest = telling.count(telling.quantity - telling.amount("drawn"))
    said = {"fewest": fewest, "reached": money(reached, telling.call.consortium.currency)}
    if reached == telling.amount("level"):
        words = _("With %(fewest)s your work comes to %(level)s. That is the level where the last lot was placed.")
        return telling.say(words, "level", **said)
    words = _("With %(fewest)s your work comes to %(reached)s. With fewer you would be below the level of %(level)s.")
    return telling.say(words, "level", **said)


def _drawn(telling: Telling) -> list[Sentence]:
    if not telling.has("drawn"):
        return []
    words = _("%(drawn)s more could not be shared out evenly between those on this level. The draw gave them to you.")
    return [telling.say(words, "drawn")]


def _own_lot(telling: Telling) -> list[Sentence]:
    if "own_lot" in telling.figures:
        least = telling.say(_("You make at least %(own_lot)s at a time."), "own_lot")
        return [joined([*_room(telling), _order(telling), least])]
    if not telling.quantity:
        words = _("When it was your turn %(left)s were left. You make at least %(least)s at a time.")
        return [telling.say(words, "left", "least")]
    words = _("You make at least %(least)s at a time. So you get that, though less would reach the level.")
    return [telling.say(words, "least"), *_whole_lots(telling)]


def _smallest(telling: Telling) -> list[Sentence]:
    if "smallest" in telling.figures:
        words = _("By our by-laws nobody is given less than %(smallest)s.")
        return [joined([*_room(telling), telling.say(words, "smallest")])]
    if not telling.quantity:
        words = _("When it was your turn %(left)s were left. By our by-laws nobody is given less than %(least)s.")
        return [telling.say(words, "left", "least")]
    words = _("By our by-laws nobody is given less than %(least)s. So you get that, though less would reach the level.")
    return [telling.say(words, "least"), *_whole_lots(telling)]


def _order(telling: Telling) -> Sentence:
    return telling.say(_("There was %(quantity)s to make."), "quantity")


def _makers(telling: Telling) -> list[Sentence]:
    words = _("By our by-laws at most %(makers)s workshops make one order. This time they have had less work than you.")
    return [telling.say(words, "makers")]


# -- what the office changed --


def _override(telling: Telling) -> list[Sentence]:
    words = _("By the rule you get %(by_rule)s. The office set it to %(share)s.")
    return [telling.say(words, "by_rule", share=telling.count(telling.quantity))]


SAID: dict[str, Callable[[Telling], list[Sentence]]] = {
    "declined": _declined,
    "no_answer": _no_answer,
    "handed_back": _handed_back,
    "left_out": _left_out,
    "late": _late,
    "band": _band,
    "no_capacity": _no_capacity,
    "offer": _offer,
    "capacity": _capacity,
    "lots": _lots,
    "first_claim": _first_claim,
    "one_hand": _one_hand,
    "turn": _turn,
    "level": _level,
    "own_lot": _own_lot,
    "smallest": _smallest,
    "makers": _makers,
    "override": _override,
}
