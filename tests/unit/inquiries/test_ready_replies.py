"""Ready replies: what is filled in, what is left for the writer to see, and what nothing fills in."""

from catalogue.inquiries.ready_replies import PLACES, fill, open_places, our_replies, unknown_places


def test_known_places_are_filled_in_and_empty_ones_stay_to_be_seen():
    text = fill("Dear { buyer }, by {needed_by}. {buyer}!", {"buyer": "Ana", "needed_by": ""})
    assert text == "Dear Ana, by {needed_by}. Ana!"
    assert open_places(text) == ["needed_by"]


def test_what_a_value_holds_is_not_filled_in_again():
    assert fill("Dear {buyer}", {"buyer": "{number}", "number": "MS-1"}) == "Dear {number}"


def test_names_that_nothing_fills_in_are_told_once_each():
    assert unknown_places("{buyer} {price} {price}", "{colour}") == ["price", "colour"]


def test_ours_are_ten_pairs_that_fill_in_the_same_places():
    assert len(our_replies()) == len({reply.key for reply in our_replies()}) == 10
    for reply in our_replies():
        assert (reply.name.missing, reply.text.missing) == ([], []), reply.key
        assert unknown_places(reply.text.lo, reply.text.en) == []
        assert set(open_places(reply.text.lo)) == set(open_places(reply.text.en)) <= set(PLACES), reply.key
