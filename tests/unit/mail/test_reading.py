"""Strangers' mail is read or called unreadable, never anything else; what programs make is read as they meant it."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.mail import kinds
from catalogue.mail.mime import decoded_words, parameters
from catalogue.mail.reading import Unreadable, read
from tests.mails import ALL, Party

PARTY = Party(
    buyer="ana@buyer.example",
    to_buyer=f"inquiry+{'b' * 42}@sala.example",
    to_office=f"inquiry+{'c' * 42}@sala.example",
    letter="a.b@sala.example",
    shared="silver@consortium.example",
    bounces=f"bounce+{'d' * 42}@sala.example",
    slug="silver",
)
MADE = [raw for case in ALL if len(raw := case.make(PARTY)) < 20_000]


@settings(max_examples=150, deadline=None)
@given(raw=st.sampled_from(MADE), data=st.data())
def test_a_damaged_mail_is_read_or_unreadable(raw, data):
    start = data.draw(st.integers(0, len(raw)))
    length = data.draw(st.integers(0, 60))
    damaged = raw[:start] + data.draw(st.binary(max_size=60)) + raw[start + length :]
    try:
        mail = read(damaged)
    except Unreadable:
        return
    kinds.automatic(mail)
    kinds.bounce(mail)
    said = f"{mail.text}{mail.subject}{mail.name}{mail.sender}{mail.message_id}"
    assert "\0" not in said
    said.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=300).filter(str.strip),
    subject=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=80),
    name=st.text("ກຂຄabcÉ(),.;\"'", max_size=30),
)
def test_what_the_standard_library_writes_is_read_alike(text, subject, name):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ana@buyer.example", subject
    mail.set_content(text)
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename=name or "a")
    raw = mail.as_bytes()
    ours, theirs = read(raw), message_from_bytes(raw, policy=default)
    assert ours.text.strip() == theirs.get_body().get_content().strip()
    assert ours.subject == " ".join(theirs["Subject"].split())
    assert [file.data for file in ours.files] == [b"%PDF-"]


@pytest.mark.parametrize(
    "written, said",
    [
        ("=?utf-8?b?4LqE4Lqz?= =?utf-8?b?4LqW4Lqy4Lqh?=", "ຄຳຖາມ"),
        ("=?utf-8?b?4LqE4Lo=?= =?utf-8?b?sw==?=", "ຄຳ"),
        ("=?iso-8859-1?q?D=E9j=E0_vu?= (2)", "Déjà vu (2)"),
        ("=?gb2312?B?0a+82w==?=", "询价"),
    ],
)
def test_headers_in_letters(written, said):
    assert decoded_words(written) == said


@pytest.mark.parametrize(
    "written, name",
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename*=utf-8''%E0%BA%AE%E0%BA%B9%E0%BA%9A.jpg", "ຮູບ.jpg"),
        ('attachment; filename*0="long "; filename*1="name.pdf"', "long name.pdf"),
        ("attachment; filename*0*=utf-8'lo'%E0%BA%AE; filename*1=.jpg", "ຮ.jpg"),
    ],
)
def test_names_of_files(written, name):
    assert parameters(written)["filename"] == name
