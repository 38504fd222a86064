"""The timeline of an inquiry has words for everything that the log may tell of it."""

import re
from pathlib import Path

import catalogue
from catalogue.inquiries.timeline import SAID
from catalogue.web.inquiry_acts import ACTS

RECORDED = re.compile(r'"((?:inquiry|message|note|address|link)\.[a-z_]+)"')
COLUMNS = {"inquiry.id", "inquiry.consortium_id", "inquiry.translation", "message.id"}


def test_every_act_on_an_inquiry_has_its_words():
    folder = Path(catalogue.__file__).parent / "inquiries"
    recorded = {act for file in folder.glob("*.py") for act in RECORDED.findall(file.read_text("utf-8"))} - COLUMNS
    assert {"inquiry.closed", "message.withdrawn"} <= recorded
    assert sorted(recorded - set(ACTS) - SAID) == []
