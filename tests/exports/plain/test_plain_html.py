"""Web pages: what can be seen, and what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.errors import FormatError
from exports.plain import PlainReport
from exports.plain.codepages import encode_page
from exports.plain.webpage import read_html

Read = Callable[[str, bytes | str], PlainReport]
Refusal = Callable[[str, bytes | str], str]


def text_of(body: str) -> str:
    return read_html(f"<html><body>{body}</body></html>".encode(), "x").text


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Huyện ủy họp phiên thường kỳ | Báo Hà Nam</title>
<meta property="og:site_name" content="Báo Hà Nam điện tử"><meta property="og:title" content="Huyện ủy họp">
<meta property="article:published_time" content="2021-04-28T23:30:00Z">
<style>p { color: red }</style><script>var p = "<p>không</p>";</script></head>
<body><header><a href="/">Trang chủ</a></header><nav><ul><li>Chính trị</li></ul></nav>
<article><header><h1>Huyện ủy họp phiên thường kỳ</h1></header><p>Hội nghị bàn <b>ba</b> việc.</p>
<p>Đồng chí   chủ trì<br>kết luận.</p></article><footer>Bản quyền</footer></body></html>"""


def test_a_page(one: Read) -> None:
    report = one("a.html", PAGE)
    assert report.text == "Huyện ủy họp phiên thường kỳ\nHội nghị bàn ba việc.\nĐồng chí chủ trì\nkết luận."
    assert (report.title, report.date) == ("Huyện ủy họp phiên thường kỳ", "2021-04-29")
    assert (report.source, report.locality) == ("Báo Hà Nam điện tử", "")
    assert report.doubts == ("locality",)
    assert report.encoding == "utf-8"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>một</p><p>hai</p>", "một\nhai"),
        ("một<br>hai<br/>ba", "một\nhai\nba"),
        ("<div>một <div>hai</div> ba</div>", "một\nhai\nba"),
        ("<p>Hội\n   nghị\t<i>tỉnh</i> <b>ủy</b></p>", "Hội nghị tỉnh ủy"),
        ("<p>Hà&nbsp;Nội &amp; Hu&#7871; &ecirc; &lt;p&gt; &#x110;</p>", "Hà\u00a0Nội & Huế ê <p> Đ"),
        ("<ul><li>một</li><li>hai</li></ul>", "một\nhai"),
        ("<table><tr><td>Họ tên</td><td>Chức vụ</td></tr><tr><td>Lan</td><td>Bí thư</td></tr></table>",
         "Họ tên\tChức vụ\nLan\tBí thư"),
        ("<table><tr><td><p>một</p><p>hai</p></td></tr></table>", "một\nhai"),
        ("<pre>một\n  hai</pre>", "một\nhai"),
        ("<p>một</p><script>hai</script><style>ba</style><noscript>bốn</noscript> năm", "một\nnăm"),
        ("<p>một</p><nav>hai</nav><aside>ba</aside><div role=navigation>bốn</div>", "một"),
        ("<p>một</p><p hidden>hai</p><p style='display: none'>ba</p>", "một"),
        ("<!-- hai --><p>một<!-- ba --></p>", "một"),
        ("<form><p>một</p><input value=hai><button>ba</button></form>", "một"),
        ("<main><header><p>một</p></header></main>", "một"),
        ("<p>một<p>hai", "một\nhai"),
        ("<p>một</b></i></p></div>hai", "một\nhai"),
        ("<h1>một</h1>hai<h2>ba</h2>", "một\nhai\nba"),
    ],
)  # fmt: skip
def test_visible_text(body: str, text: str) -> None:
    assert text_of(body) == text


def test_a_bare_fragment() -> None:
    assert read_html("Chỉ có chữ".encode(), "x").text == "Chỉ có chữ"


@pytest.mark.parametrize(
    ("head", "body", "title", "sure"),
    [
        ("<title>T</title><meta property='og:title' content='O'>", "<h1>H</h1>", "H", True),
        ("<title>T</title><meta property='og:title' content='O'>", "<h1></h1>", "O", True),
        ("<title>T</title><meta property='og:title' content='O'>", "<h1>A</h1><h1>B</h1>", "O", True),
        ("<title>Tin hội nghị - Báo Hà Nam</title>", "", "Tin hội nghị", False),
        ("<title>Tin A - B trong tỉnh</title>", "", "Tin A", False),
        ("<title>\n Tin \n</title>", "", "Tin", False),
        ("", "", "", False),
    ],
)
def test_titles(head: str, body: str, title: str, sure: bool) -> None:
    page = read_html(f"<html><head>{head}</head><body>{body}<p>Chữ</p></body></html>".encode(), "x")
    assert (page.title, page.title_sure) == (title, sure)


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta property='article:published_time' content='2021-04-29T08:00:00+07:00'>", "", "2021-04-29"),
        ("<meta name='pubdate' content='29/04/2021'>", "", "2021-04-29"),
        ("<meta itemprop='datePublished' content='2021-04-29'>", "", "2021-04-29"),
        ("<script type='application/ld+json'>{\"datePublished\": \"2021-04-29\"}</script>", "", "2021-04-29"),
        ('<script type="application/ld+json">{"@graph": [{"a": 1}, {"datePublished": "2021-04-29"}]}</script>', "",
         "2021-04-29"),
        ("<script type='application/ld+json'>{broken</script>", "<time datetime='2021-04-29'>x</time>", "2021-04-29"),
        ("", "<time>29/04/2021</time>", "2021-04-29"),
        ("", "<span itemprop='datePublished'>29/04/2021</span>", "2021-04-29"),
        ("<meta property='article:modified_time' content='2021-04-30'>", "", ""),
        ("<meta name='date' content='2021-02-31'>", "<time>hôm qua</time>", ""),
        ("<script type='application/ld+json'>" + "[" * 200_000 + "</script>", "", ""),
    ],
)  # fmt: skip
def test_dates_for_machines(head: str, body: str, date: str) -> None:
    assert read_html(f"<html><head>{head}</head><body>{body}<p>Chữ</p></body></html>".encode(), "x").date == date


def test_text_rules_hold_for_pages_too(one: Read) -> None:
    report = one("a.html", "<p>Thứ Năm, 29/04/2021</p><p>Huyện ủy họp</p><p>Bàn việc.</p><p>Nguồn: Báo Hà Nam</p>")
    assert (report.date, report.title, report.source) == ("2021-04-29", "Huyện ủy họp", "Báo Hà Nam")
    assert (report.locality, report.doubts) == ("Hà Nam", ())


def test_the_named_source_wins_over_the_site(one: Read) -> None:
    report = one("a.html", "<meta property=og:site_name content='Trang tin'><p>Tin</p><p>Bàn.</p><p>Nguồn: Báo A</p>")
    assert report.source == "Báo A"


def test_two_dates_that_differ_are_doubtful(one: Read) -> None:
    report = one("a.html", "<meta name=pubdate content='2021-04-29'><p>Ngày đăng: 1/5/2021</p><h1>Tin</h1><p>Bàn.</p>")
    assert report.date == "2021-04-29"
    assert "date" in report.doubts


def test_a_title_out_of_the_title_element_is_doubtful(one: Read) -> None:
    report = one("a.html", "<title>Huyện ủy họp - Báo A</title><p>" + "Sáng nay Huyện ủy họp bàn việc. " * 12 + "</p>")
    assert report.title == "Huyện ủy họp"
    assert "title" in report.doubts


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf" + "<p>Tỉnh ủy</p>".encode(), "utf-8-sig"),
        ("\ufeff<p>Tỉnh ủy</p>".encode("utf-16-le"), "utf-16"),
        (b"<meta charset=windows-1252><p>" + "Tỉnh ủy</p>".encode(), "utf-8"),
    ],
)
def test_charsets(data: bytes, encoding: str) -> None:
    page = read_html(data, "x")
    assert (page.text, page.encoding) == ("Tỉnh ủy", encoding)


@pytest.mark.parametrize("page", ["windows-1258", "tcvn3", "vni", "viscii"])
def test_old_pages_are_told_whatever_they_say(page: str, story: str, one: Read) -> None:
    body = "".join(f"<p>{line}</p>" for line in story.split("\n") if line)
    report = one("a.html", b"<meta charset=iso-8859-1>" + encode_page(body, page))
    assert report.encoding == page
    assert report.text == "\n".join(line for line in story.split("\n") if line)


def test_a_foreign_page_is_read_as_it_says() -> None:
    page = read_html("<meta charset='windows-1251'><p>Привет, мир</p>".encode("cp1251"), "x")
    assert (page.text, page.encoding) == ("Привет, мир", "windows-1251")


@pytest.mark.parametrize("charset", ["", "utf-8", "no-such-thing", "zlib", "rot13"])
def test_a_page_that_says_nothing_true_is_refused(charset: str, refusal: Refusal) -> None:
    data = f"<meta charset='{charset}'><p>Привет, мир</p>".encode("cp1251")
    assert "encoding cannot be told" in refusal("a.html", data)


@pytest.mark.parametrize(
    "body", ["", "<html></html>", "<script>x</script>", "<!-- x -->", "<p>&nbsp;</p>", "<img src=x>"]
)
def test_a_page_without_text(body: str, refusal: Refusal) -> None:
    assert "no text" in refusal("a.html", f"<!DOCTYPE html>{body}")


def test_a_page_with_nul(refusal: Refusal) -> None:
    assert "NUL" in refusal("a.html", b"<p>m\x00t</p>")


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;"])
def test_references_to_what_is_no_character(reference: str, one: Read) -> None:
    assert one("a.html", f"<p>Tin {reference} hết</p>").text == "Tin \ufffd hết"


def test_no_outside_entity_is_followed(tmp_path: object, one: Read) -> None:
    one("secret.txt", "bí mật")
    report = one(
        "a.html",
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY y "mật">]><p>Tin &x; &y;</p>',
    )
    assert "bí mật" not in report.text
    assert "&x; &y;" in report.text


def test_a_page_nested_a_thousand_deep_is_read_whole() -> None:
    assert text_of("<div>" * 1000 + "sâu" + "</div>" * 1000 + "<p>sau</p>") == "sâu\nsau"


def test_a_page_nested_too_deeply_is_refused(refusal: Refusal) -> None:
    assert "nested thousands deep" in refusal("a.html", "<b><i>" * 50_000 + "sâu")


@given(st.text(alphabet=st.sampled_from("<>/&;!-=\"' apbrtdhiv1\n#x"), max_size=200))
def test_any_page_can_be_tried(body: str) -> None:
    try:
        page = read_html(body.encode(), "x")
    except FormatError:
        return
    assert "\x00" not in page.text


words = st.text(alphabet="abcăđêổ ", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(words, min_size=1, max_size=8), st.sampled_from(["p", "div", "li", "h2", "tr", "blockquote"]))
def test_paragraphs_are_lines(paragraphs: list[str], tag: str) -> None:
    body = "\n".join(f"<{tag}><span>{line}</span></{tag}>" for line in paragraphs)
    if tag == "tr":
        body = "<table>" + body.replace("<span>", "<td>").replace("</span>", "</td>") + "</table>"
    assert text_of(body) == "\n".join(paragraphs)
