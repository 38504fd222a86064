"""Settings: the README names them all and no other; unsafe combinations do not start."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest

from config import Settings, UnsafeSettings
from tests.checks.sources import HERE

FOR_TESTS = {"TESTING"}
SAFE = {"SITE_URL": "https://sala.example", "SECRET_KEY": "k" * 32}


def test_readme_names_the_settings_there_are():
    text = (HERE / "README.md").read_text("utf-8")
    chapter = re.search(r"^#+ Settings\s*$(.*?)(?=^#{1,2} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert chapter, "README.md has a chapter named Settings"
    named = set(re.findall(r"`([A-Z][A-Z_]{2,})`", chapter.group(1)))
    assert named == {field.name for field in fields(Settings)} - FOR_TESTS


def test_settings_stay_as_they_were_read():
    with pytest.raises(FrozenInstanceError):
        Settings().SECRET_KEY = "another"


def test_site_url_follows_the_port():
    assert Settings.from_environment({"PORT": "8123"}).SITE_URL == "http://127.0.0.1:8123"
    assert Settings.from_environment({"PORT": "8123", **SAFE}).SITE_URL == "https://sala.example"


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "8 000"])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(UnsafeSettings, match="PORT"):
        _ = Settings(PORT=port).port


def test_safe_settings_are_read():
    assert not Settings.from_environment(SAFE).is_local


@pytest.mark.parametrize("url", ["memory:", "memory:64", "redis:", "redis://10.0.0.1:6379/2", "unix:///run/redis.sock"])
def test_kept_pages_lie_in_memory_or_in_redis(url):
    assert url == Settings.from_environment({"CACHE_URL": url}).CACHE_URL


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"CACHE_URL": "memcached://10.0.0.1"}, "CACHE_URL"),
        ({"CACHE_URL": "memory:lots"}, "CACHE_URL"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEMO": "1"}, "DEMO"),
        ({"SITE_URL": "http://sala.example"}, "https"),
    ],
)
def test_unsafe_settings_are_refused_with_what_to_do(change, words):
    with pytest.raises(UnsafeSettings, match=words):
        Settings.from_environment(SAFE | change)
