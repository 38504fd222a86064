"""The photographs of a product in the studio: several at once, framed, turned, described, ordered, taken back."""

import io
import zipfile

import pytest
from PIL import Image
from sqlalchemy import select

from catalogue.media.cuts import Cut, Frame
from catalogue.media.keeping import original_key
from catalogue.media.models import FileState, StoredFile
from catalogue.media.stores import store_for
from catalogue.products import listing
from catalogue.products.models import ListingStatus, PhotoKind, ProductPhoto
from tests.unit.media import hostile


@pytest.fixture
def bounmy(visitor, cast, make):
    cast.bounmy.language = "en"
    make.keep(cast.bounmy)
    return visitor.signed_in_as(cast.bounmy)


@pytest.fixture
def draft(make, cast):
    return make.draft_product(member=cast.firm_a)


@pytest.fixture
def worked(runner):
    """The worker does what is due."""
    return lambda: runner.invoke(args=["work", "--once"])


@pytest.fixture
def sent(bounmy, draft, worked, session):
    """A photograph of 1200 by 1000 pixels that was sent and is ready."""
    bounmy.post("studio.add_photo", {"photo": given(1200, 1000), "page": "photos"}, product_id=draft.public_id)
    worked()
    return session.scalar(select(ProductPhoto))


def given(width: int = 300, height: int = 400, name: str = "bowl.jpg"):
    return io.BytesIO(hostile.photograph(width, height)), name


def names(photos) -> list[str]:
    return [photo.file.public_id for photo in sorted(photos, key=lambda photo: photo.position)]


def arranged(bounmy, draft, photo, **chosen):
    """The page of a photograph sent with these fields changed."""
    root = (photo.file.source or photo.file).public_id
    page = bounmy.get("studio.photo", product_id=draft.public_id, file_id=root)
    return bounmy.submit(page, f'form[action$="/photos/{root}"]', chosen)


# -- they come --


def test_several_come_at_once_and_are_put_in_their_order(bounmy, draft, session, outbox):
    files = [given(name=f"{at}.jpg") for at in range(3)]
    page = bounmy.post("studio.add_photo", {"photo": files, "page": "photos"}, product_id=draft.public_id)

    assert len(page.select(".arranged-photo")) == 3
    assert [photo.file.name for photo in draft.working.photos] == ["0.jpg", "1.jpg", "2.jpg"]
    assert len(outbox.jobs("file.check")) == 3
    assert "being prepared" in page.text


def test_forty_at_once_are_twelve_and_a_sentence(bounmy, draft, session, settings):
    files = [given(name=f"{at}.jpg") for at in range(40)]
    page = bounmy.post("studio.add_photo", {"photo": files, "page": "photos"}, product_id=draft.public_id)

    assert len(draft.working.photos) == 12
    assert "Twelve photographs are the most. 28 were left out." in page.text
    assert len(list(store_for(settings.media_url).names("incoming"))) == 12
    page = bounmy.post("studio.add_photo", {"photo": given()}, product_id=draft.public_id, expect=422)
    assert "One was left out" in page.select_one(".error-summary").text


def test_what_is_no_picture_is_named_and_the_others_come(bounmy, draft):
    files = [given(name="a.jpg"), (io.BytesIO(hostile.SVG), "drawing.jpg"), (io.BytesIO(b""), "empty.jpg")]
    page = bounmy.post("studio.add_photo", {"photo": files, "page": "photos"}, product_id=draft.public_id)

    assert len(draft.working.photos) == 1
    assert "drawing.jpg: Only pictures" in page.text
    assert "empty.jpg: The file is empty." in page.text


@pytest.mark.parametrize(("data", "words"), [(hostile.EPS, "Only pictures"), (b"", "empty")])
def test_one_that_is_refused_at_the_door_is_explained_beside_the_field(bounmy, draft, data, words):
    photo = (io.BytesIO(data), "a.jpg")
    page = bounmy.post("studio.add_photo", {"photo": photo}, product_id=draft.public_id, expect=422)
    assert words in page.select_one("#photo-error").text


def test_one_that_the_worker_refuses_is_explained_beside_its_place(bounmy, draft, worked):
    photo = (io.BytesIO(hostile.real_bomb()), "a.png")
    bounmy.post("studio.add_photo", {"photo": photo, "page": "photos"}, product_id=draft.public_id)
    worked()
    page = bounmy.get("studio.photos", product_id=draft.public_id)
    assert "more than 50 million pixels" in page.select_one(".photo-advice-bad").text


def test_a_hint_stands_beside_the_photograph_with_a_way_on(bounmy, draft, sent):
    sent.file.hints = ["dark", "small"]
    bounmy.make.keep(draft)
    for endpoint, more in (("studio.photos", {}), ("studio.photo", {"file_id": sent.file.public_id})):
        page = bounmy.get(endpoint, product_id=draft.public_id, **more)
        advice = [each.text for each in page.select(".photo-advice")]
        assert len(advice) == 2
        assert "by a window" in advice[0]
        assert "You may keep it as it is" in advice[1]


# -- framed and turned --


def test_a_frame_is_made_by_the_worker_and_the_old_picture_stays_until_then(bounmy, draft, sent, session, worked):
    before = sent.file
    page = arranged(bounmy, draft, sent, shape="frame", size="60", across="0", down="100")

    assert (sent.file, sent.coming.state) == (before, FileState.WAITING)
    assert page.select_one("svg[data-framed]")["viewBox"] == "0 400 480 600"
    worked()
    session.expire_all()
    assert (sent.coming, sent.file.source, sent.file.state) == (None, before, FileState.READY)
    assert (sent.file.width, sent.file.height) == (480, 600)
    assert before.is_ready
    assert (before.width, before.height) == (1200, 1000)
    page = bounmy.get("studio.photo", product_id=draft.public_id, file_id=before.public_id)
    assert [page.select_one(f"#{field}")["value"] for field in ("size", "across", "down")] == ["60", "0", "100"]


def test_what_was_cut_is_undone_at_once(bounmy, draft, sent, session, worked):
    before = sent.file
    arranged(bounmy, draft, sent, shape="frame", size="50")
    worked()
    session.expire_all()
    arranged(bounmy, draft, sent, undo="1")
    assert (sent.file, sent.coming) == (before, None)


def test_the_same_frame_again_is_the_same_file(bounmy, draft, sent, session, worked):
    arranged(bounmy, draft, sent, shape="frame", size="50")
    worked()
    session.expire_all()
    made = sent.file
    arranged(bounmy, draft, sent, undo="1")
    arranged(bounmy, draft, sent, shape="frame", size="50")
    assert (sent.file, sent.coming) == (made, None)


def test_it_is_turned_by_a_quarter_at_each_press(bounmy, draft, sent, session, worked):
    arranged(bounmy, draft, sent, turn_by="1")
    worked()
    session.expire_all()
    assert (sent.file.width, sent.file.height) == (1000, 1200)
    arranged(bounmy, draft, sent, turn_by="1")
    assert Cut.of(sent.coming.cut).turn == 2
    arranged(bounmy, draft, sent, turn_by="3")
    assert (sent.coming, Cut.of(sent.file.cut).turn) == (None, 1)


def test_a_frame_is_cut_from_what_was_sent_and_never_from_a_cut(bounmy, draft, sent, session, worked):
    for size in ("90", "40"):
        arranged(bounmy, draft, sent, shape="frame", size=size)
        worked()
        session.expire_all()
    assert sent.file.source.source is None
    assert Cut.of(sent.file.cut) == Cut.framed(Frame(40), width=1200, height=1000)
    assert len(session.scalars(select(StoredFile)).all()) == 3


@pytest.mark.parametrize("typed", [{"size": "9999"}, {"across": "-5"}, {"down": "many"}, {"turn": "7"}, {"size": ""}])
def test_figures_that_cannot_be_are_brought_inside(bounmy, draft, sent, typed):
    arranged(bounmy, draft, sent, shape="frame", **typed)
    assert Cut.of((sent.coming or sent.file).cut)


def test_kind_and_words_are_kept(bounmy, draft, sent):
    arranged(bounmy, draft, sent, kind="mark", alt_lo="ກາປະທັບ 925", alt_en="The mark 925")
    assert (sent.kind, sent.alt.lo, sent.alt.en) == (PhotoKind.MARK, "ກາປະທັບ 925", "The mark 925")


def test_words_that_are_too_long_are_explained_and_kept(bounmy, draft, sent):
    root = sent.file.public_id
    page = bounmy.get("studio.photo", product_id=draft.public_id, file_id=root)
    page = bounmy.submit(page, f'form[action$="/photos/{root}"]', {"alt_en": "a" * 300}, expect=422)
    assert "at most" in page.select_one("#alt_en-error").text
    assert page.select_one("#alt_en")["value"] == "a" * 300


def test_two_people_never_overwrite_one_another(bounmy, draft, sent, session):
    root = sent.file.public_id
    page = bounmy.get("studio.photo", product_id=draft.public_id, file_id=root)
    arranged(bounmy, draft, sent, alt_en="What the first wrote")
    form = f'form[action$="/photos/{root}"]'

    page = bounmy.submit(page, form, {"alt_en": "What the second wrote"}, expect=409)
    assert "What the first wrote" in page.select_one(".notice").text
    assert page.select_one("#alt_en")["value"] == "What the second wrote"
    assert sent.alt.en == "What the first wrote"
    bounmy.submit(page, form, {})
    assert sent.alt.en == "What the second wrote"


# -- in order, anew, out --


@pytest.fixture
def three(make, draft):
    return [make.photo(draft) for _ in range(3)]


@pytest.mark.parametrize(
    ("which", "where", "order"),
    [(2, "earlier", "021"), (0, "later", "102"), (2, "first", "201"), (0, "earlier", "012")],
)
def test_a_button_moves_a_photograph(bounmy, draft, three, session, which, where, order):
    before = names(three)
    bounmy.get("studio.photos", product_id=draft.public_id)
    bounmy.post("studio.order_photos", {"move": f"{before[which]}-{where}"}, product_id=draft.public_id)
    session.expire_all()
    assert names(draft.working.photos) == [before[int(at)] for at in order]


def test_an_order_over_one_that_changed_is_not_taken(bounmy, draft, three, session):
    before = names(three)
    bounmy.get("studio.photos", product_id=draft.public_id)
    sent = {"opened": ",".join(before[::-1]), "order": ",".join(before)}
    page = bounmy.post("studio.order_photos", sent, product_id=draft.public_id, expect=409, hidden=False)
    assert "Somebody changed the photographs meanwhile" in page.text
    assert names(draft.working.photos) == before


def test_a_photograph_taken_anew_keeps_its_words_and_the_old_one_until_it_is_ready(
    bounmy, draft, sent, session, worked
):
    arranged(bounmy, draft, sent, kind="scale", alt_en="In a hand")
    before, product = sent.file, {"product_id": draft.public_id}
    bounmy.post("studio.take_photo_anew", {"photo": given(500, 500)}, file_id=before.public_id, **product)
    assert sent.file == before
    worked()
    session.expire_all()
    assert (sent.file.width, sent.kind, sent.alt.en) == (500, PhotoKind.SCALE, "In a hand")


def test_a_bad_photograph_taken_anew_leaves_the_old_one(bounmy, draft, sent, session, worked):
    before = sent.file
    bad = (io.BytesIO(hostile.png_that_claims(9_000, 9_000)), "a.png")
    bounmy.post("studio.take_photo_anew", {"photo": bad}, file_id=before.public_id, product_id=draft.public_id)
    worked()
    session.expire_all()
    assert sent.file == before
    page = bounmy.get("studio.photos", product_id=draft.public_id)
    assert "could not be used" in page.text
    assert page.select_one(".arranged-photo img")


def test_a_photograph_is_taken_out_and_its_bytes_are_left_for_other_versions(bounmy, draft, sent, session):
    values = {"product_id": draft.public_id, "file_id": sent.file.public_id}
    for _ in range(2):
        bounmy.post("studio.remove_photo", {"page": "photos"}, **values)
        assert draft.working.photos == []


# -- what may not be changed, and by whom --


def test_on_a_published_product_it_is_a_proposal(bounmy, make, cast, session, worked):
    shown = make.submitted_product(member=cast.firm_a)
    photo = make.photo(shown)
    make.session.refresh(shown)
    listing.publish(session, shown, by=None, at=make.later())
    make.keep(shown)
    arranged(bounmy, shown, photo, alt_en="Another description")
    assert (shown.status, shown.proposal) == (ListingStatus.PUBLISHED, ListingStatus.DRAFT)
    assert shown.published.photos[0].alt.en == "A silver bowl"
    assert shown.working.photos[0].alt.en == "Another description"


def test_while_the_office_reviews_it_is_only_shown(bounmy, make, cast):
    waiting = make.draft_product(member=cast.firm_a)
    photo = make.photo(waiting)
    waiting.status = ListingStatus.SUBMITTED
    make.keep(waiting)
    values = {"product_id": waiting.public_id, "file_id": photo.file.public_id}
    assert not bounmy.get("studio.photo", **values).select("main form")
    for endpoint in ("studio.arrange_photo", "studio.take_photo_anew", "studio.remove_photo"):
        bounmy.post(endpoint, {}, expect=403, hidden=False, **values)


def test_another_firm_finds_nothing(visitor, cast, draft, sent):
    somchan = visitor.signed_in_as(cast.somchan)
    for endpoint in ("studio.photo", "studio.download_photo"):
        somchan.get(endpoint, expect=404, product_id=draft.public_id, file_id=sent.file.public_id)
    for endpoint in ("studio.photos", "studio.download_photos"):
        somchan.get(endpoint, expect=404, product_id=draft.public_id)


def test_a_photograph_of_another_product_is_not_found(bounmy, make, cast, draft, sent):
    other = make.draft_product(member=cast.firm_a)
    bounmy.get("studio.photo", expect=404, product_id=other.public_id, file_id=sent.file.public_id)


# -- taken back --


def test_a_firm_takes_a_cleaned_photograph_back(bounmy, draft, sent, session, settings, worked):
    arranged(bounmy, draft, sent, shape="frame", size="50")
    worked()
    session.expire_all()
    values = {"product_id": draft.public_id, "file_id": sent.file.public_id}
    store = store_for(settings.media_url)

    answer = bounmy.get("studio.download_photo", **values)
    assert answer.data == store.get(original_key(sent.file))
    assert answer.headers["Content-Disposition"] == f"attachment; filename={draft.reference}-1.jpg"
    assert answer.headers["Cache-Control"] == "no-store"
    whole = bounmy.get("studio.download_photo", whole=1, **values)
    assert Image.open(io.BytesIO(whole.data)).size == (1200, 1000)


def test_a_firm_takes_all_of_a_product_back_as_one_archive(bounmy, draft, sent, session, worked):
    arranged(bounmy, draft, sent, shape="frame", size="50")
    worked()
    answer = bounmy.get("studio.download_photos", product_id=draft.public_id)
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.namelist() == [f"{draft.reference}-1.jpg", f"{draft.reference}-1-whole.jpg"]
    assert [Image.open(archive.open(name)).size for name in archive.namelist()] == [(400, 500), (1200, 1000)]


def test_where_nothing_is_ready_there_is_no_archive(bounmy, draft):
    bounmy.get("studio.download_photos", expect=404, product_id=draft.public_id)


def test_names_in_the_archive_lead_to_no_folder(bounmy, make, cast, settings):
    draft = make.draft_product(member=cast.firm_a, reference="../../ຂັນ x")
    store_for(settings.media_url).put(original_key(make.photo(draft).file), b"the bytes")
    bounmy.get("studio.download_photos", product_id=draft.public_id, check=False)

    archive = zipfile.ZipFile(io.BytesIO(bounmy.response.get_data()))
    assert archive.namelist() == ["ຂັນ-x-1.jpg"]
