"""Every field, category and detail that a sector's file names is one that it knows, and every answer is possible."""

from collections.abc import Iterator

from catalogue.consortia.trade import Detail, Sector

EITHER_LANGUAGE = frozenset({"name", "summary"})
PHOTOS = "photos"


def unknown_names(made: Sector) -> Iterator[tuple[str, str]]:
    """What the file names and does not know: pairs of the key where it stands, and what is wrong."""
    for at, names, known in _named(made):
        for name in names:
            if name not in known:
                yield at, f"{name!r} is not asked in this sector"
    for index, each in enumerate(made.conditions):
        asked = made.asked.get(each.field)
        if asked and not could_be(asked, each.value):
            yield f"conditions[{index}].is", f"{each.value!r} is no answer to {each.field}"
    for index, rule in enumerate(made.rules):
        if rule.answer in made.asked and made.asked[rule.answer].kind != "date":
            yield f"rules[{index}].answer", f"{rule.answer!r} is no date"


def _named(made: Sector) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    """Where names stand in the file, which they are, and which they could be."""
    asked, details = set(made.asked), {each.key for each in made.details}
    needable, categories = asked | EITHER_LANGUAGE | {PHOTOS}, {each.key for each in made.categories}
    yield "needed.sending", made.sending, needable
    yield "needed.publishing", made.publishing, needable
    for index, paper in enumerate(made.certificates):
        yield f"certificates[{index}].proof", (paper.proof,), details
        yield f"certificates[{index}].details", paper.details, details
    for index, question in enumerate(made.questions):
        yield f"questions[{index}].fields", question.fields, asked
    for index, group in enumerate(made.groups):
        yield f"groups[{index}].fields", group.fields, asked
    for index, when in enumerate(made.conditions):
        yield f"conditions[{index}].field", (when.field,), asked
        yield f"conditions[{index}].needs", when.needs, needable
    for index, rule in enumerate(made.rules):
        yield f"rules[{index}].fields", rule.fields, asked
        yield f"rules[{index}].categories", rule.categories, categories
        yield f"rules[{index}].limits", tuple(each.field for each in rule.limits), asked
        yield f"rules[{index}].answer", (rule.answer,) if rule.answer else (), asked


def could_be(detail: Detail, value: object) -> bool:
    """Whether a value is an answer to what is asked."""
    if detail.kind == "choice":
        return isinstance(value, str) and value in {each.key for each in detail.choices}
    if detail.kind == "yes-no":
        return isinstance(value, bool)
    if detail.kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str)
