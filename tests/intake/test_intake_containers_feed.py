"""A feed gives its entries, each with its own date, address and writer, and the feed's title as publisher."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sayso.record import Metadata
from tests.intake.composing import opened_from

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Dolna Daily</title><language>en-us</language>
<item><title>Shells &amp;amp; fire</title><link>http://daily.example/1</link><guid>tag:1</guid>
<dc:creator>Ana Roe</dc:creator><pubDate>Fri, 16 Sep 2022 23:30:00 -0400</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>Shells hit <b>Dolna</b>.</p><p>Two &amp; more.</p>
<script>x()</script><p style="display:none">no</p>]]></content:encoded></item>
<item><title>Two</title><description>Shells &amp;lt; 30 hit Kamin &amp;amp; Dolna.</description></item>
<item><title>Only a title</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Daily &amp;amp; Co</title>
<entry><title>A</title><id>urn:1</id><link href="http://daily.example/a"/><updated>2022-09-17T10:00:00+03:00</updated>
<author><name>Bo Li</name></author><author><name>Ana Roe</name></author>
<content type="text">Shells hit &lt;Dolna&gt; again.</content></entry>
<entry><title>B</title><id>urn:2</id><published>2022-09-16T10:00:00Z</published><updated>2022-09-18T10:00:00Z</updated>
<source><title>Kamin Wire</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A bridge fell.</p></div></content></entry></feed>"""


def test_an_entry_has_its_words_and_what_the_feed_says_of_it(tmp_path: Path) -> None:
    """All that the entry shows is its text; what it hides is not."""
    found = opened_from(tmp_path, "a.xml", RSS)
    first = found.parts[0]
    assert first.report.text == "Shells hit Dolna.\nTwo & more."
    assert first.report.metadata == Metadata(
        title="Shells & fire",
        url="http://daily.example/1",
        publisher="Dolna Daily",
        writers=("Ana Roe",),
        published="2022-09-16T23:30:00-04:00",
        language="en",
    )
    assert (first.locator, first.url, first.report.problems) == ("entry 1 (tag:1)", "http://daily.example/1", ())


def test_a_summary_is_read_and_said_to_be_one(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.xml", RSS)
    assert found.parts[1].report.text == "Shells < 30 hit Kamin & Dolna."
    assert [problem.kind for problem in found.parts[1].report.problems] == ["summary_only"]


def test_an_entry_without_words_is_a_row(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.xml", RSS)
    assert [(row.locator, row.problem.kind) for row in found.problems] == [("entry 3", "no_text")]


def test_atom_is_read_as_it_marks_its_words(tmp_path: Path) -> None:
    """Text is not taken for HTML; an entry taken over names whose it was; an update dates what was never dated else."""
    plain, marked = opened_from(tmp_path, "a.atom", ATOM).parts
    assert plain.report.text == "Shells hit <Dolna> again."
    assert plain.report.metadata.writers == ("Bo Li", "Ana Roe")
    assert plain.report.metadata.published == "2022-09-17T10:00:00+03:00"
    assert plain.report.metadata.publisher == "Daily & Co"
    assert marked.report.text == "A bridge fell."
    assert marked.report.metadata.published == "2022-09-16T10:00:00+00:00"
    assert marked.report.metadata.publisher == "Kamin Wire"


def test_a_feed_that_is_no_sound_xml_is_mended_and_says_so(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.xml", RSS.replace("</channel></rss>", "<x>"))
    assert len(found.parts) == 2
    assert [note.problem.kind for note in found.notes] == ["mended"]
    assert "line" in found.notes[0].problem.says


def _laughs(count: int) -> str:
    """Names for text, each ten times the one before."""
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, count))
    return f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{names}]>"


def _rss(words: str, *, before: str = "") -> str:
    return f"{before}<rss><channel><item><description>{words}</description></item></channel></rss>"


HOSTILE = [
    ("many names", _rss("&a29;", before=_laughs(30)), "xml_bomb"),
    ("deep", "<rss><channel>" + "<a>" * 100_000, "deep_xml"),
    ("long and broken", "<rss><channel><item>" + "<description>x &amp</description>" * 100_000, "bad_feed"),
    ("empty", "<rss><channel><title>None</title></channel></rss>", "no_text"),
]


@pytest.mark.parametrize(("what", "data", "kind"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_feeds_made_to_break_the_reader_are_refused_soon(tmp_path: Path, what: str, data: str, kind: str) -> None:
    began = time.process_time()
    found = opened_from(tmp_path, "a.xml", data)
    assert time.process_time() - began < 5
    assert (found.parts, found.kinds()) == ([], [kind])


def test_few_names_that_grow_are_stopped_too(tmp_path: Path) -> None:
    """Nineteen names of ten times the one before would be 10^19 letters."""
    feed = _rss("x &a18; y", before=_laughs(19))
    began = time.process_time()
    found = opened_from(tmp_path, "a.xml", feed)
    assert time.process_time() - began < 5
    assert all(len(text) < 1000 for text in found.texts())


def test_files_of_the_machine_are_not_drawn_in(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the code is 7")
    drawn = f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{tmp_path}/secret'>]>"
    feed = _rss("Dolna &x; fell.", before=drawn)
    found = opened_from(tmp_path, "a.xml", feed)
    assert all("code" not in text for text in found.texts())


def test_long_broken_tags_take_no_endless_time(tmp_path: Path) -> None:
    began = time.process_time()
    opened_from(tmp_path, "a.xml", "<rss><channel><item><description>" + "<a b='" * 50_000)
    assert time.process_time() - began < 20
