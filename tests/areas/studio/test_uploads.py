"""Photographs that come in pieces: nothing is lost, nothing is doubled, and nobody sends for another."""

import io
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select

from catalogue.media import uploads
from catalogue.media.stores import store_for
from catalogue.media.upload_models import Upload
from catalogue.products.models import PhotoKind, Product, ProductPhoto
from catalogue.tokens import new_key
from catalogue.web.arriving import PIECE_TYPE
from tests.unit.media import hostile
from tests.unit.media.conftest import s3_endpoint  # noqa: F401 - a fixture

KEY, PIECE = "photo-0001", 16 * 1024
LATER = timedelta(days=2)


def photograph() -> bytes:
    picture = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(picture, "JPEG", quality=95)
    return picture.getvalue()


class Phone:
    """A phone that sends a photograph as the studio's script does."""

    def __init__(self, visitor, data=None, key=KEY, **given):
        self.visitor, self.data = visitor, photograph() if data is None else data
        self.given = {"key": key, "size": len(self.data), "piece": PIECE, "kind": "mark", "name": "a.jpg", **given}
        self.address = f"/studio/uploads/{key}"

    def ask(self, method, address=None, **sent):
        headers = {"X-CSRFToken": self.visitor._fresh_token(), "Sec-Fetch-Site": "same-origin"}
        headers |= sent.pop("headers", {})
        answer = self.visitor._request(method, address or self.address, headers=headers, **sent)
        answer.get_data()
        answer.close()
        return answer

    def begin(self):
        return self.ask("POST", "/studio/uploads", data=self.given)

    def piece(self, offset, data=None):
        data = self.data[offset : offset + PIECE] if data is None else data
        return self.ask("PATCH", data=data, content_type=PIECE_TYPE, headers={"Upload-Offset": str(offset)})

    def send(self):
        """Everything from where it stands; the answer to the last piece."""
        answer = self.begin()
        while answer.json["offset"] < answer.json["size"]:
            answer = self.piece(answer.json["offset"])
        return answer

    def finish(self):
        return self.ask("POST", f"{self.address}/finish")


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy)


@pytest.fixture
def draft(make, cast):
    return make.draft_product(member=cast.firm_a)


@pytest.fixture
def media(settings):
    return store_for(settings.media_url)


@pytest.fixture
def in_a_bucket(settings, request):
    """The settings of a site that keeps its files in a bucket."""
    endpoint, bucket = request.getfixturevalue("s3_endpoint"), f"bucket-{new_key()}"
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{bucket}", method="PUT"), timeout=5).close()
    return replace(settings, MEDIA_URL=f"s3://test:secret@{bucket}/sala?endpoint={endpoint}&region=us-east-1")


def photos(session):
    return session.scalars(select(ProductPhoto)).all()


def test_a_photograph_arrives_in_pieces(bounmy, draft, session, media, outbox):
    phone = Phone(bounmy, product=draft.public_id)
    assert len(phone.data) > 2 * PIECE

    phone.send()
    answer = phone.finish().json

    (photo,) = photos(session)
    assert (answer["state"], answer["photo"], answer["product"]) == ("finished", photo.file.public_id, draft.public_id)
    assert (photo.kind, photo.file.name, photo.version) == (PhotoKind.MARK, "a.jpg", draft.working)
    assert [media.get(key) for key in media.names()] == [phone.data]
    assert outbox.kinds().count("file.check") == 1


@pytest.mark.only("sqlite")
def test_pieces_may_lie_in_a_bucket(in_a_bucket, make, cast, draft, session):
    from catalogue.app import create_app
    from catalogue.extensions import db
    from tests.visitor import Visitor

    app = create_app(in_a_bucket)
    phone = Phone(Visitor(app, make).signed_in_as(cast.bounmy), product=draft.public_id)

    phone.send()
    phone.finish()

    bucket = store_for(in_a_bucket.media_url)
    assert [bucket.get(key) for key in bucket.names()] == [phone.data]
    with app.app_context():
        db.engine.dispose()
    app.extensions["pagecache"].close()


def test_after_a_cut_it_goes_on_where_it_was(bounmy, draft, session):
    phone = Phone(bounmy, product=draft.public_id)
    phone.begin()
    phone.piece(0)

    assert phone.ask("HEAD").headers["Upload-Offset"] == str(PIECE)
    assert phone.ask("GET").json["offset"] == PIECE
    assert phone.begin().json["offset"] == PIECE
    phone.send()
    assert phone.finish().json["state"] == "finished"


def test_a_piece_that_comes_twice_or_early_changes_nothing(bounmy, draft):
    phone = Phone(bounmy, product=draft.public_id)
    phone.begin()
    phone.piece(0)

    for offset in (0, 2 * PIECE):
        answer = phone.piece(offset)
        assert (answer.status_code, answer.json["offset"]) == (409, PIECE)


@pytest.mark.parametrize("data", [b"c", b"cut short"])
def test_a_piece_that_was_cut_is_not_taken(bounmy, draft, media, data):
    phone = Phone(bounmy, product=draft.public_id)
    phone.begin()

    assert phone.piece(0, data).status_code == 400
    assert phone.ask("GET").json["offset"] == 0
    assert list(media.names()) == []


def test_more_than_a_piece_is_refused_before_it_is_kept(bounmy, draft, media):
    phone = Phone(bounmy, product=draft.public_id)
    phone.begin()

    assert phone.piece(0, b"x" * (uploads.MOST_PIECE + 1)).status_code == 413
    assert list(media.names()) == []


def test_a_photograph_is_not_finished_before_it_is_whole(bounmy, draft, session):
    phone = Phone(bounmy, product=draft.public_id)
    phone.begin()
    phone.piece(0)

    assert (phone.finish().status_code, photos(session)) == (409, [])


def test_finished_twice_it_is_one_photograph(bounmy, draft, session):
    phone = Phone(bounmy, product=draft.public_id)
    phone.send()

    first, second, again = phone.finish().json, phone.finish().json, phone.begin().json

    assert first == second == again
    assert len(photos(session)) == 1


def test_finished_by_several_at_once_it_is_one_photograph(app, bounmy, make, cast, draft, session):
    phone = Phone(bounmy, product=draft.public_id)
    phone.send()
    token = bounmy._fresh_token()
    cookie = bounmy.client.get_cookie("session", domain="127.0.0.1")
    session.commit()

    def finish(_number):
        client = app.test_client()
        client.set_cookie("session", cookie.value, domain="127.0.0.1")
        headers = {"X-CSRFToken": token, "Sec-Fetch-Site": "same-origin"}
        return client.post(f"{phone.address}/finish", base_url=bounmy.site, headers=headers).json

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(finish, range(8)))

    assert [answer["state"] for answer in answers] == ["finished"] * 8
    assert len({answer["photo"] for answer in answers}) == 1
    assert len(photos(session)) == 1


def test_a_draft_begun_on_the_phone_becomes_one_product(bounmy, cast, session):
    for number in range(2):
        phone = Phone(bounmy, key=f"photo-000{number}", draft_key="draft-of-the-phone")
        phone.send()
        assert phone.finish().json["product"]

    product = session.scalar(select(Product))
    assert (product.member, product.draft_key, len(product.working.photos)) == (cast.firm_a, "draft-of-the-phone", 2)
    assert session.scalar(select(func.count()).select_from(Product)) == 1


def test_pieces_that_are_gone_are_sent_again(bounmy, draft, media, session):
    phone = Phone(bounmy, product=draft.public_id)
    phone.send()
    media.delete(next(media.names()))

    assert phone.finish().json["offset"] == 0
    phone.send()
    assert phone.finish().json["state"] == "finished"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(hostile.HEIC + b"\0" * 40, "heic"), (b"<svg/>" * 9, "unknown type"), (b"%PDF-1.7 ", "not a picture")],
)
def test_what_is_no_photograph_is_refused_in_words(bounmy, draft, session, data, reason):
    phone = Phone(bounmy, data, product=draft.public_id)
    phone.send()

    answer = phone.finish()

    assert (answer.status_code, answer.json["reason"], photos(session)) == (422, reason, [])
    assert answer.json["words"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"size": 15 * 1024 * 1024 + 1}, "too large"),
        ({"size": 0}, "empty"),
        ({"size": "-5"}, "empty"),
        ({"piece": 100}, "odd piece"),
        ({"piece": 256 * 1024 + 1}, "odd piece"),
        ({"key": "../x"}, "odd key"),
        ({"draft_key": "a b"}, "odd key"),
    ],
)
def test_what_is_odd_is_not_begun(bounmy, session, given, reason):
    answer = Phone(bounmy, **given).begin()
    assert (answer.status_code, answer.json["reason"]) == (422, reason)
    assert session.scalar(select(Upload)) is None


def test_another_photograph_needs_another_key(bounmy, draft):
    Phone(bounmy, product=draft.public_id).begin()
    answer = Phone(bounmy, b"another", product=draft.public_id).begin()
    assert (answer.status_code, answer.json["reason"]) == (422, "another size")


@pytest.mark.parametrize(("limit", "reason"), [("MOST_OPEN", "too many open"), ("MOST_BYTES_A_DAY", "too much today")])
def test_one_person_sends_only_so_much(bounmy, draft, monkeypatch, limit, reason):
    Phone(bounmy, product=draft.public_id).begin()
    monkeypatch.setattr(uploads, limit, 1)
    answer = Phone(bounmy, key="photo-0002", product=draft.public_id).begin()
    assert (answer.status_code, answer.json["reason"]) == (429, reason)


def test_nobody_else_finds_it(visitor, cast, make, bounmy, draft):
    Phone(bounmy, product=draft.public_id).begin()
    for somebody in (cast.somchan, make.maker(cast.firm_a)):
        other = Phone(visitor.signed_in_as(somebody))
        assert other.ask("GET").status_code == 404
        assert other.piece(0).status_code == 404
        assert other.finish().status_code == 404


def test_it_cannot_be_sent_into_anothers_product(bounmy, make, cast, session):
    theirs = make.draft_product(member=cast.firm_b)
    phone = Phone(bounmy, product=theirs.public_id)
    phone.send()

    answer = phone.finish()

    assert (answer.status_code, answer.json["reason"], photos(session)) == (422, "gone", [])


def test_a_product_in_review_takes_none_and_later_it_does(bounmy, make, cast, session):
    sent = make.submitted_product(member=cast.firm_a)
    phone = Phone(bounmy, product=sent.public_id)
    phone.send()

    assert (phone.finish().json["reason"], photos(session)) == ("in review", [])


def test_thirteen_photographs_are_too_many(bounmy, make, draft, session):
    for _number in range(12):
        make.photo(draft)
    phone = Phone(bounmy, product=draft.public_id)
    phone.send()

    assert phone.finish().json["reason"] == "too many photos"
    assert len(photos(session)) == 12


@pytest.mark.parametrize("headers", [{"X-CSRFToken": ""}, {"Sec-Fetch-Site": "cross-site"}, {"X-CSRFToken": "made up"}])
def test_another_site_sends_nothing(bounmy, draft, session, headers):
    phone = Phone(bounmy, product=draft.public_id)
    phone.send()
    for method, address in (("POST", "/studio/uploads"), ("PATCH", None), ("POST", f"{phone.address}/finish")):
        assert phone.ask(method, address, data=phone.given if address else b"", headers=headers).status_code in {
            400,
            403,
        }
    assert photos(session) == []


def test_what_was_never_finished_is_swept(bounmy, draft, engine, session, media):
    abandoned, done = Phone(bounmy, product=draft.public_id), Phone(bounmy, key="photo-0002", product=draft.public_id)
    abandoned.send()
    done.send()
    done.finish()
    now = datetime.now(UTC)
    session.commit()

    assert uploads.sweep_uploads(engine, media, at=now) == 0
    assert uploads.sweep_uploads(engine, media, at=now + LATER) == 1

    session.expire_all()
    assert [upload.key for upload in session.scalars(select(Upload))] == ["photo-0002"]
    assert [media.get(key) for key in media.names()] == [done.data]
    session.commit()
    uploads.sweep_uploads(engine, media, at=now + timedelta(days=201))
    assert session.scalar(select(Upload)) is None
