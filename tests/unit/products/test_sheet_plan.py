"""Deciding a whole file: what is new, what is there, what comes twice; the same file always decides the same."""

from catalogue.products.content import Content
from catalogue.products.sheets.importing import Known, There, Verdict, import_key, which_of
from catalogue.text import Bilingual
from tests.sheets import SILVER, codes, planned

FILE = "ref,name_en,moq\nA-1,Bowl,5\n,Ring,6\n"


def known_after(plan) -> Known:
    """What there is once the good rows of a plan are stored; those without a reference get one."""
    added = plan.of(Verdict.ADD)
    return Known(
        imported={
            which_of(row.import_key): There(row.reference or "MS-1", row.import_key, row.content) for row in added
        },
        references={(row.reference or "MS-1").casefold(): row.reference or "MS-1" for row in added},
        names={row.content.name.en.casefold(): row.reference for row in added},
    )


def test_good_rows_are_added_and_a_second_time_are_there(tmp_path):
    first = planned(tmp_path, FILE)
    second = planned(tmp_path, FILE, known_after(first))
    assert first.counts == {"good": 2, "warned": 0, "there": 0, "bad": 0}
    assert second.counts == {"good": 0, "warned": 0, "there": 2, "bad": 0}
    assert [row.reference for row in second.rows] == ["A-1", "MS-1"]
    assert [codes(row) for row in second.rows] == [[], []]


def test_spelling_of_a_reference_makes_no_new_product(tmp_path):
    known = known_after(planned(tmp_path, FILE))
    assert planned(tmp_path, "ref,name_en,moq\na-1,Bowl,5\n", known).counts["there"] == 1


def test_a_row_that_changed_since_is_there_and_told(tmp_path):
    known = known_after(planned(tmp_path, FILE))
    (row,) = planned(tmp_path, "ref,name_en,moq\nA-1,Bowl,50\n", known).rows
    assert (row.verdict, codes(row)) == (Verdict.THERE, ["says-otherwise"])


def test_a_row_that_the_office_edited_since_is_simply_there(tmp_path):
    plan = planned(tmp_path, FILE)
    edited = {
        which: There(there.reference, there.import_key, Content(name=Bilingual("", "Renamed")))
        for which, there in known_after(plan).imported.items()
    }
    again = planned(tmp_path, FILE, Known(imported=edited, references={"a-1": "A-1"}))
    assert [(row.verdict, codes(row)) for row in again.rows] == [(Verdict.THERE, [])] * 2


def test_another_product_under_a_reference_that_is_taken_is_bad(tmp_path):
    known = known_after(planned(tmp_path, FILE))
    (row,) = planned(tmp_path, "ref,name_en\nA-1,Teapot\n", known).rows
    assert (row.verdict, codes(row)) == (Verdict.BAD, ["reference-taken"])


def test_a_reference_of_another_firm_is_bad(tmp_path):
    (row,) = planned(tmp_path, "ref,name_en\nA-1,Bowl\n", Known(references={"a-1": "A-1"})).rows
    assert (row.verdict, codes(row)) == (Verdict.BAD, ["reference-taken"])


def test_the_second_of_two_references_is_bad(tmp_path):
    first, second = planned(tmp_path, "ref,name_en\nA-1,Bowl\na-1,Ring\n").rows
    assert (first.verdict, second.verdict, codes(second)) == (Verdict.ADD, Verdict.BAD, ["reference-twice"])
    assert second.findings[0].about == {"row": 2}
    assert second.findings[0].reference == "A3"


def test_the_same_row_twice_without_a_reference_is_bad(tmp_path):
    rows = planned(tmp_path, "name_en,moq\nBowl,5\nBowl,5\nBowl,6\n").rows
    assert [row.verdict for row in rows] == [Verdict.ADD, Verdict.BAD, Verdict.ADD]
    assert codes(rows[1]) == ["same-row", "same-name-in-file"] or set(codes(rows[1])) == {
        "same-row",
        "same-name-in-file",
    }


def test_a_name_that_is_on_the_site_is_a_warning(tmp_path):
    (row,) = planned(tmp_path, "ref,name_en\nA-2,BOWL\n", Known(names={"bowl": "MS-0007"})).rows
    assert (row.verdict, codes(row)) == (Verdict.ADD, ["same-name-on-site"])
    assert "MS-0007" in row.findings[0].text("en")


def test_what_every_product_lacks_is_said_once_and_an_empty_cell_each_time(tmp_path):
    plan = planned(tmp_path, "ref,name_en,moq\nA-1,Bowl,5\nA-2,Ring,\n")
    needed = next(finding for finding in plan.findings if finding.code == "still-needed")
    assert "Lead time" in needed.text("en")
    assert "Minimum order" not in needed.text("en")
    first, second = plan.rows
    assert first.findings == ()
    assert [(finding.code, finding.reference) for finding in second.findings] == [("needed-later", "C3")]


def test_keys_tell_firms_products_and_wordings_apart():
    bowl, ring = Content(name=Bilingual("", "Bowl")), Content(name=Bilingual("", "Ring"))
    keys = {
        import_key("firm-1", "A-1", bowl),
        import_key("firm-1", "A-1", ring),
        import_key("firm-1", "A-2", bowl),
        import_key("firm-2", "A-1", bowl),
        import_key("firm-1", "", bowl),
    }
    assert len(keys) == 5
    assert all(len(key) == 64 for key in keys)
    assert which_of(import_key("firm-1", "A-1", bowl)) == which_of(import_key("firm-1", "a-1", ring))


def test_the_same_file_gives_the_same_plan(tmp_path):
    one, other = planned(tmp_path, FILE), planned(tmp_path, FILE, house=SILVER)
    assert one.rows == other.rows
