"""A mail gives its words, and what is attached to it, each with its sender and its date."""

from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso.intake.containers import mail
from tests.intake.composing import opened_from


def _mail(text: str | None = "Shells hit Dolna.", *, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Dolna Press Office <press@dolna.example>"
    message["Subject"] = "Shelling of Döl­na"
    message["Date"] = "Fri, 16 Sep 2022 23:30:00 -0400"
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def test_sender_date_and_subject_are_what_the_container_says(tmp_path: Path) -> None:
    """They are metadata, not words of the report; the day is the sender's own."""
    found = opened_from(tmp_path, "a.eml", _mail().as_bytes())
    (part,) = found.parts
    assert part.report.text == "Shells hit Dolna.\n"
    said = part.report.metadata
    assert (said.publisher, said.published) == ("Dolna Press Office", "2022-09-16T23:30:00-04:00")
    assert said.title == "Shelling of Döl­na"
    assert part.locator == "part 1"


def test_the_same_words_twice_are_read_once_as_text(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.eml", _mail(html="<p>Shells hit <b>Dolna</b>.</p>").as_bytes())
    assert found.texts() == ["Shells hit Dolna.\n"]
    assert (found.problems, found.notes) == ([], [])


def test_where_the_text_is_blank_the_html_is_read(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.eml", _mail("\n", html="<p>Shells hit Dolna.</p>").as_bytes())
    assert found.texts() == ["Shells hit Dolna."]


def test_html_alone_is_read(tmp_path: Path) -> None:
    found = opened_from(tmp_path, "a.eml", _mail(None, html="<p>Shells hit Dolna.</p>").as_bytes())
    assert found.texts() == ["Shells hit Dolna."]
    assert found.parts[0].report.metadata.publisher == "Dolna Press Office"


def test_attachments_of_words_are_parts_and_others_are_told(tmp_path: Path) -> None:
    """An attachment was not written when the mail was sent, nor by its sender: it has no date of the mail's."""
    message = _mail()
    message.add_attachment("The bridge at Kamin fell.", filename="note.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    inner = _mail("We hold the town.")
    inner.replace_header("From", "a@b.example")
    message.add_attachment(inner)
    found = opened_from(tmp_path, "a.eml", message.as_bytes())
    assert [part.locator for part in found.parts] == ["part 1", "part 2 (note.txt)", "part 4: part 1"]
    assert [part.report.metadata.published for part in found.parts][1] is None
    assert found.parts[2].report.metadata.publisher == "a@b.example"
    assert [(note.locator, note.problem.kind) for note in found.notes] == [("part 3 (map.png)", "not_read")]


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "utf-8"])
def test_words_are_read_in_the_letters_they_say(tmp_path: Path, charset: str) -> None:
    words = "Снаряды попали в Дольну в пятницу утром."
    head = f"Message-ID: <1@x>\nFrom: a@b.example\nContent-Type: text/plain; charset={charset}\n\n"
    found = opened_from(tmp_path, "a.eml", head.encode() + words.encode(charset))
    assert found.texts() == [words]


MIXED = """From: Press <press@dolna.example>
Date: Fri, 16 Sep 2022 09:00:00 +0000
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Shells hit D=F6lna.
--x
Content-Type: message/rfc822

Subject: =?utf-8?q?inner?=

A bridge fell.
--x--
"""


def _deep(levels: int) -> bytes:
    return b"".join(b"Content-Type: message/rfc822\r\nFrom: a@b.example\r\n\r\n" for _ in range(levels)) + b"\r\nWords."


def _nested(levels: int) -> bytes:
    heads = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(levels))
    return b"From: a@b.example\r\n" + b"".join(heads) + b"\r\nWords."


HOSTILE = [
    # what, the mail, the problem
    ("mails in mails", _deep(60), "deep_mail"),
    ("more mails in mails", _deep(5000), "too_many_parts"),
    ("parts in parts", _nested(3000), "too_many_parts"),
    ("endless headers", b"From: a@b.example\r\n" + b"X-A: b\r\n" * 200_000 + b"\r\nWords.", "bad_mail"),
    ("one long header", b"From: a@b.example\r\nSubject: " + b"(" * 3_000_000 + b"\r\n\r\nWords.", "bad_mail"),
    ("a mailbox", b"From a@b\nFrom: a@b.example\n\nOne.\n\nFrom a@b Fri\nFrom: a@b.example\n\nTwo.", "mbox"),
    ("no words", b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n", "no_text"),
]


@pytest.mark.parametrize(("what", "data", "kind"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_mails_made_to_break_the_reader_are_refused_soon(tmp_path: Path, what: str, data: bytes, kind: str) -> None:
    began = time.process_time()
    found = opened_from(tmp_path, "a.eml", data)
    assert time.process_time() - began < 5
    assert found.kinds() == [kind]


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?q?" + b"=41" * 30_000 + b"?=",
        b"Date: " + b"9" * 50_000,
        b"From: " + b"<" * 50_000,
        b"Content-Type: text/plain; " + b'a="' * 20_000,
        b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1*=x",
        b"Content-Transfer-Encoding: base64",
        b"Content-Type: text/plain; charset=no-such",
    ],
    ids=["subject", "date", "from", "type", "name", "packing", "charset"],
)
def test_headers_made_to_break_the_reader_lose_no_words(tmp_path: Path, header: bytes) -> None:
    """The words are read, or are told as lost; the reader neither fails nor hangs."""
    began = time.process_time()
    found = opened_from(tmp_path, "a.eml", b"Message-ID: <1@x>\r\n" + header + b"\r\n\r\nShells hit Dolna.")
    assert time.process_time() - began < 5
    assert len(found.parts) + len(found.problems) == 1


def test_a_mail_over_the_limit_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "WHOLE_LIMIT", 100)
    assert opened_from(tmp_path, "a.eml", _mail("Shells hit Dolna. " * 20).as_bytes()).kinds() == ["too_large"]
