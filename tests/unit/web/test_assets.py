"""Static files: joined, hashed, compressed, and never under a name that lies about their content."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask, render_template_string

from catalogue.web import assets
from catalogue.web.assets import Assets, UnknownAsset, minify, preferred

ROOT = Path(__file__).resolve().parents[3]
STYLES = ("site.css", "desk.css", "studio.css")


@pytest.fixture(scope="module")
def site():
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", view_func=lambda: "page")
    assets.init_app(app)
    return app


@pytest.fixture
def client(site):
    return site.test_client()


@pytest.fixture
def address(site):
    return site.jinja_env.globals["asset"]


def small_folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_hashed_file_is_kept_for_a_year(client, address):
    answer = client.get(address("img/icons.svg"))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("site.css", "text/css; charset=utf-8"),
        ("js/enhance.js", "text/javascript; charset=utf-8"),
        ("fonts/spectral-latin-300-normal.woff2", "font/woff2"),
    ],
)
def test_content_type_is_told(client, address, name, content_type):
    assert client.get(address(name)).headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_encoding_is_the_best_that_the_client_takes(client, address, accepted, encoding, decode):
    plain = client.get(address("site.css")).data

    answer = client.get(address("site.css"), headers={"Accept-Encoding": accepted})

    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert decode(answer.data) == plain


def test_font_is_not_compressed_twice(client, address):
    answer = client.get(address("fonts/spectral-latin-300-normal.woff2"), headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == (ROOT / "static/fonts/spectral-latin-300-normal.woff2").read_bytes()


def test_client_that_has_the_file_gets_304_for_its_own_encoding_only(client, address):
    etag = client.get(address("site.css"), headers={"Accept-Encoding": "br"}).headers["ETag"]

    same = client.get(address("site.css"), headers={"Accept-Encoding": "br", "If-None-Match": etag})
    other = client.get(address("site.css"), headers={"Accept-Encoding": "gzip", "If-None-Match": etag})

    assert (same.status_code, same.data) == (304, b"")
    assert other.status_code == 200


def test_head_tells_the_length_without_a_body(client, address):
    answer = client.head(address("site.css"))
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) == len(client.get(address("site.css")).data)


def test_plain_name_leads_to_the_hashed_one_and_is_kept_briefly(client, address):
    answer = client.get("/static/img/icons.svg")
    assert answer.status_code == 302
    assert answer.headers["Location"] == address("img/icons.svg")
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/nothing.css",
        "/static/css/tokens.css",
        "/static/img/icons.000000000000.svg",
        "/static/../config.py",
        "/static/%2e%2e/config.py",
        "/static//etc/passwd",
    ],
)
def test_unknown_name_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


def test_static_files_are_only_read(client, address):
    assert client.post(address("site.css")).status_code == 405


def test_other_addresses_reach_the_site(client):
    assert client.get("/").data == b"page"


def test_every_reference_in_the_styles_and_scripts_leads_to_a_file(site, client, address):
    for name in (*STYLES, "js/enhance.js", "js/zoom.js", "js/list-count.js"):
        text = client.get(address(name)).text
        references = re.findall(r"""url\(["']?([^)"'#]+)""", text) + re.findall(r"""from\s*["']([^"']+)""", text)
        for reference in references:
            assert client.get(reference).status_code == 200, f"{name} refers to {reference}"
        assert references or not name.endswith(".css")


@pytest.mark.parametrize("name", STYLES)
def test_styles_hold_nothing_that_the_content_security_policy_forbids(client, address, name):
    text = client.get(address(name)).text
    assert "data:" not in text
    assert "http" not in text
    assert "@import" not in text
    assert text.count("{") == text.count("}")


def test_every_block_is_in_a_bundle():
    joined = {part for parts in assets.BUNDLES.values() for part in parts if part.endswith(".css")}
    on_disk = {path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static/css").rglob("*.css")}
    assert on_disk == joined


def test_template_that_misspells_a_name_fails(site):
    with site.app_context(), pytest.raises(UnknownAsset):
        render_template_string("{{ asset('img/icon.svg') }}")


def test_missing_file_stops_the_start(tmp_path):
    root = small_folder(tmp_path, css__a_css="a{background:url(gone.svg)}")
    with pytest.raises(UnknownAsset, match=r"css/gone\.svg"):
        _ = Assets(root, bundles={"all.css": ("css/a.css",)}).by_name


def test_change_of_a_picture_changes_the_name_of_the_style_that_shows_it(tmp_path):
    root = small_folder(tmp_path, css__a_css='a{background:url("../img/tick.svg")}', img__tick_svg="<svg/>")
    bundles = {"all.css": ("css/a.css",)}
    before = Assets(root, bundles=bundles).address("all.css")

    small_folder(tmp_path, img__tick_svg="<svg></svg>")

    assert Assets(root, bundles=bundles).address("all.css") != before


def test_script_imports_by_the_hashed_name(tmp_path):
    root = small_folder(tmp_path, js__a_js='import { b } from "./b.js";\nb();', js__b_js="export const b = () => 1;")
    made = Assets(root, bundles={})
    assert made.by_name["js/a.js"].body.decode() == f'import {{ b }} from "{made.address("js/b.js")}";\nb();'


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a {\n  color: red;\n}\n\nb > c , d { margin: 0 auto; }", "a{color:red}b > c,d{margin:0 auto}"),
        ('a::before { content: "a ; /* b */  c"; }', 'a::before{content:"a ; /* b */  c"}'),
        ("/* it's a note */ a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        (
            "@media (min-width: 9px) and (hover) { a :hover { top: 0 } }",
            "@media (min-width:9px) and (hover){a :hover{top:0}}",
        ),
        ("a { background: url( x.svg ) center; }", "a{background:url( x.svg ) center}"),
    ],
)
def test_minifying_keeps_the_meaning(written, sent):
    assert minify(written) == sent


def test_star_accepts_anything():
    assert preferred("*", ["br", "gzip"]) == "br"


def test_joined_scripts_do_not_share_names(tmp_path):
    root = small_folder(tmp_path, js__one_js="const name = 1;", js__two_js="const name = 2; // last")

    joined = Assets(root, {"site.js": ("js/one.js", "js/two.js")}).by_name["site.js"]

    assert joined.body.decode() == "{\nconst name = 1;\n}\n{\nconst name = 2; // last\n}\n"


def test_joined_scripts_neither_import_nor_export():
    parts = {part for name, parts in assets.BUNDLES.items() if name.endswith(".js") for part in parts}
    assert parts
    for part in parts:
        assert not re.search(r"^\s*(import|export)\b", (ROOT / "static" / part).read_text(), re.MULTILINE), part
