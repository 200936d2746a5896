import io
import json
import os
import sys

import pytest

from kg.errors import InputError
from kg.text.read import MAX_RAW, read_articles

PLAIN = "Ships leave port\nPublished: 2025-01-06\nPublisher: Harbour Wire\nURL: https://example.org/1\n\nThey left.\nThey came back.\n"


def read(*paths, **options):
    """Give the articles and the messages of what was skipped."""
    skipped = []
    articles = list(read_articles(paths, on_skip=skipped.append, **options))
    return articles, [str(error) for error in skipped]


def one(path, **options):
    articles, skipped = read(path, **options)
    assert skipped == []
    (article,) = articles
    return article


def parts(article):
    return [article.text[start:end] for start, end in article.blocks]


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def write_lines(write, name, *records):
    return write(name, "".join(json.dumps(record) + "\n" for record in records))


def test_plain_text_has_title_headers_and_paragraphs(write):
    article = one(write("a.txt", PLAIN))
    assert parts(article) == ["Ships leave port", "They left.", "They came back."]
    assert article.title == "Ships leave port"
    assert (article.published, article.publisher) == ("2025-01-06", "Harbour Wire")
    assert article.url == "https://example.org/1"
    assert article.text == PLAIN


def test_header_lines_may_come_before_the_title_and_in_any_case(write):
    article = one(write("a.txt", "PUBLISHED : 2025-01-06T23:30:00+09:00\n\nShips leave\nThey left."))
    assert (article.title, article.published) == ("Ships leave", "2025-01-06")


@pytest.mark.parametrize("title", ["Live: ships leave port", "Analysis: Published, and then?", "Author: nobody"])
def test_a_title_with_a_colon_is_a_title(write, title):
    assert one(write("a.txt", f"{title}\nThey left.")).title == title


def test_a_header_line_in_the_body_is_text(write):
    article = one(write("a.txt", "Ships leave\nThey left.\nPublished: 2025-01-06\n"))
    assert article.published is None
    assert parts(article)[-1] == "Published: 2025-01-06"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_offsets_hold_for_any_line_end_and_any_script(write, end):
    text = end.join(["  김정은 🚀 fires  ", "", "\tThey left\u00a0port. ", "🚢 They came back."])
    article = one(write("a.txt", text))
    assert article.text == text
    assert parts(article) == ["김정은 🚀 fires", "They left\u00a0port.", "🚢 They came back."]


def test_byte_order_mark_is_dropped_and_utf16_with_one_is_read(write):
    plain = one(write("a.txt", b"\xef\xbb\xbfShips leave\nThey left."))
    wide = one(write("b.txt", "Ships leave\nThey left.".encode("utf-16")))
    assert plain.text == wide.text == "Ships leave\nThey left."


def test_identity_is_the_words_and_the_address(write):
    first = one(write("a.txt", "Ships leave\nThey left the café."))
    wrapped = one(write("b.txt", "Ships   leave\r\n\r\nThey left the cafe\u0301.\r\n"))
    dated = one(write("c.txt", "Ships leave\nPublished: 2025-01-06\nThey left the café."))
    other = one(write("d.txt", "Ships leave\nURL: https://example.org/1\nThey left the café."))
    assert first.id == wrapped.id == dated.id != other.id


def test_publication_day_of_the_caller_is_for_articles_without_one(write):
    assert one(write("a.txt", "Ships leave\nThey left."), published="2025-01-07").published == "2025-01-07"
    assert one(write("b.txt", PLAIN), published="2025-01-07").published == "2025-01-06"


def test_wrong_publication_day_of_the_caller_is_an_error(write):
    with pytest.raises(InputError, match="unknown date 'soon'"):
        read(write("a.txt", PLAIN), published="soon")


def test_records_become_articles(write):
    record = {
        "id": "r1",
        "url": "https://example.org/1",
        "title": " Ships leave",
        "text": "They left.\n\nBack.",
        "x": [1],
    }
    article = one(write_lines(write, "a.jsonl", record | {"published": "2025-01-06", "publisher": "Harbour Wire"}))
    assert article.text == " Ships leave\nThey left.\n\nBack."
    assert parts(article) == ["Ships leave", "They left.", "Back."]
    assert (article.source, article.title, article.published) == ("r1", "Ships leave", "2025-01-06")


def test_offsets_of_a_record_without_title_are_those_of_its_text(write):
    article = one(write_lines(write, "a.jsonl", {"text": "  They left.", "title": None}))
    assert (article.text, article.blocks, article.title) == ("  They left.", ((2, 12),), "")


def test_source_of_a_record_is_its_id_else_its_address_else_its_line(write):
    path = write_lines(
        write, "a.jsonl", {"id": 7, "text": "a"}, {"url": "https://example.org/2", "text": "b"}, {"text": "c"}
    )
    articles, _ = read(path)
    assert [article.source for article in articles] == ["7", "https://example.org/2", f"{path.as_posix()}:3"]


def test_records_with_the_same_words_and_other_ids_are_other_articles(write):
    articles, _ = read(write_lines(write, "a.jsonl", {"id": "1", "text": "Same."}, {"id": "2", "text": "Same."}))
    assert len({article.id for article in articles}) == 2


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('{"text": "a"', "broken JSON at column"),
        ('{"text": ""}', "no text"),
        ('{"title": "t"}', "no text"),
        ("[1]", "expected a JSON object, found list"),
        ('{"text": 5}', "'text' must be a string, found int"),
        ('{"text": "a", "published": 2025}', "'published' must be a string, found int"),
        ('{"text": "a", "id": true}', "'id' must be a string or a number, found bool"),
        ('{"text": "a", "published": "soon"}', "unknown date 'soon'"),
        ('{"text": "a\\ud800"}', "half a character"),
        ('{"text": "a\\u0000"}', "binary"),
        ("[" * 100_000, "too deeply nested"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "number too long"),
        (json.dumps({"text": "word " * 1_000_000}), "5,000,000 characters"),
        ('{"text": "' + "a" * MAX_RAW + '"}', f"longer than {MAX_RAW:,} bytes"),
    ],
)
def test_a_wrong_record_is_named_by_its_line_and_the_rest_goes_on(write, line, cause):
    path = write("a.jsonl", f'{{"text": "first"}}\n\n{line}\n{{"text": "last"}}')
    articles, skipped = read(path)
    assert [article.text for article in articles] == ["first", "last"]
    assert len(skipped) == 1
    assert skipped[0].startswith(f"{path.as_posix()}:3: ")
    assert cause in skipped[0]
    assert "\n" not in skipped[0]


def test_a_record_that_is_no_utf8_says_where(write):
    articles, skipped = read(write("a.jsonl", b'{"text": "caf\xe9"}\n{"text": "last"}\n'))
    assert [article.text for article in articles] == ["last"]
    assert "not UTF-8: wrong byte at offset 13" in skipped[0]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n", "is empty"),
        ("a.txt", b"Published: 2025-01-06\n", "is empty"),
        ("a.txt", b"\x7fELF\0\0", "is binary: it holds a NUL byte at offset 4"),
        ("a.txt", b"caf\xe9\n", "is not UTF-8: wrong byte at offset 3"),
        ("a.txt", b"\xff\xfea", "is not UTF-16"),
        ("a.txt", b"Ships\nPublished: yesterday\nThey left.", "unknown date 'yesterday'"),
        ("a.txt", b"Ships\nURL: a\nurl: b\nThey left.", "header 'url' is given twice"),
        ("a.txt", b"a" * 5_000_000, "5,000,000 characters"),
        ("a.txt", b"a" * 9_000_000, "longer than"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.pdf", b"%PDF", "unknown kind of file; expected .txt, .jsonl, .html, .htm"),
        ("a.html", b"<p></p>", "holds no article text"),
        ("a.html", b'<meta charset="utf-9"><p>a</p>', "unknown character set 'utf-9'"),
        ("a.html", b'<meta charset="utf-8"><p>caf\xe9</p>', "is not utf-8, as it declares: wrong byte at offset 28"),
    ],
)
def test_an_input_that_cannot_be_read_is_named_and_the_rest_goes_on(write, name, content, cause):
    bad, good = write(name, content), write("good.txt", PLAIN)
    articles, skipped = read(bad, good)
    assert [article.title for article in articles] == ["Ships leave port"]
    (message,) = skipped
    assert message.startswith(f"{bad.as_posix()}: ")
    assert cause in message


def test_missing_files_and_empty_folders_are_named(tmp_path):
    (tmp_path / "empty").mkdir()
    _, skipped = read(tmp_path / "none.txt", tmp_path / "empty")
    assert "none.txt: no such file or folder" in skipped[0]
    assert "empty: folder holds no article" in skipped[1]


def test_a_pipe_is_no_article_and_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "no regular file" in read(tmp_path / "a.txt")[1][0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(write):
    path = write("a.txt", PLAIN)
    path.chmod(0)
    assert "cannot be read: Permission denied" in read(path)[1][0]


def test_a_folder_gives_its_articles_sorted_hidden_ones_left_out(write, tmp_path):
    for name in ["b.txt", "a/z.TXT", "a.txt", ".git/x.txt", ".hidden.txt", "notes.md"]:
        write(f"news/{name}", f"{name}\nThey left.")
    articles, skipped = read(tmp_path / "news")
    assert [article.title for article in articles] == ["a.txt", "a/z.TXT", "b.txt"]
    assert articles[1].source == f"{tmp_path.as_posix()}/news/a/z.TXT"
    assert skipped == []


def test_html_gives_its_article_and_not_the_page_around_it(write):
    body = "<p>The ships left the port on Monday, and the crews said that they would return.</p>" * 4
    page = f"<html><head><meta charset='utf-8'><title>Ships leave port</title></head><body><nav>Home | About</nav><article><h1>Ships leave port</h1>{body}</article></body></html>"
    article = one(write("a.html", page))
    assert article.title == "Ships leave port"
    assert "Home | About" not in article.text
    assert all(part in article.text for part in parts(article))


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("<meta property='article:published_time' content='2021-05-04T10:00:00Z'>", "2021-05-04"),
        ("<meta name='date' content='May 4'>", None),
        ("", None),
    ],
)
def test_publication_day_of_html_is_declared_and_never_guessed(write, head, published):
    body = "<p>The ships left the port on 3 May 2021, and the crews said that they would return.</p>" * 4
    page = f"<html><head><title>Ships leave port</title>{head}</head><body><article><h1>Ships leave port</h1>{body}</article><footer>Updated 12 June 2020</footer></body></html>"
    assert one(write("a.html", page)).published == published


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (PLAIN.encode(), ["Ships leave port"]),
        (b"\xef\xbb\xbf" + PLAIN.encode(), ["Ships leave port"]),
        (b'\n {"title": "A", "text": "a"}\n{"title": "B", "text": "b"}\n', ["A", "B"]),
        (b'\xef\xbb\xbf{"title": "A", "text": "a"}', ["A"]),
    ],
)
def test_standard_input_is_one_text_or_json_lines(monkeypatch, content, titles):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    articles, skipped = read("-")
    assert ([article.title for article in articles], skipped) == (titles, [])
    assert articles[0].source in ("-", "-:1", "-:2")


@pytest.mark.parametrize("content", [b"", b" \n", b"\0\1"])
def test_standard_input_without_text_is_named(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    articles, (message,) = read("-")
    assert articles == []
    assert message.startswith("-: is ")
