"""`search`: what the public would find, one line a product."""

import json

from catalogue.text import Bilingual


def lotus_bowl(make, **given):
    return make.product(name=Bilingual("ຂັນລາຍບົວ", "Lotus bowl"), **given)


def test_products_are_printed_a_line_each(runner, make):
    bowl = lotus_bowl(make)
    result = runner.invoke(args=["search", "ບົວ"])
    line = f"{bowl.consortium.slug} {bowl.reference} {bowl.public_id} ຂັນລາຍບົວ | Lotus bowl"
    assert result.output == f"1.00 {line} (ບົວ: word in title)\n"


def test_json_for_programs(runner, make):
    bowl = lotus_bowl(make)
    (row,) = json.loads(runner.invoke(args=["search", "lotus", "--json"]).output)
    assert row == {
        "consortium": bowl.consortium.slug,
        "reference": bowl.reference,
        "id": bowl.public_id,
        "lo": "ຂັນລາຍບົວ",
        "en": "Lotus bowl",
        "score": 1.0,
        "why": [{"part": "lotus", "place": "title", "found_as": "word"}],
    }


def test_the_best_comes_first_and_says_why(runner, make):
    box = {"category": "boxes", "techniques": []}
    make.product(name=Bilingual("ກ່ອງ", "Box"), summary=Bilingual("ກ່ອງ", "For lotuses"), reference="S-3", **box)
    make.product(name=Bilingual("ກ່ອງ", "Box of lotuses"), reference="S-2", **box)
    make.product(name=Bilingual("ກ່ອງດອກບົວ", "Lotus box"), reference="S-1", **box)
    found = json.loads(runner.invoke(args=["search", "lotus", "--json"]).output)
    assert [(row["reference"], row["score"]) for row in found] == [("S-1", 1.0), ("S-2", 0.75), ("S-3", 0.25)]
    reasons = [(each["place"], each["found_as"]) for row in found for each in row["why"]]
    assert reasons == [("title", "word"), ("title", "stem"), ("text", "stem")]


def test_one_consortium_alone(runner, make):
    bowl, _other = lotus_bowl(make), lotus_bowl(make)
    found = json.loads(runner.invoke(args=["search", "lotus", "--consortium", bowl.consortium.slug, "--json"]).output)
    assert [row["id"] for row in found] == [bowl.public_id]


def test_an_unknown_consortium_is_a_clear_error(runner, make):
    result = runner.invoke(args=["search", "lotus", "--consortium", "nobody"])
    assert result.exit_code == 2
    assert "there is no consortium 'nobody'" in result.output
