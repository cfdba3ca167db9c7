"""Mails: the words of a message, and what is attached to it, each a part with its sender and date."""

from __future__ import annotations

import re
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr
from typing import TYPE_CHECKING

from sayso.intake.containers.parts import Piece, part_of, problem_in
from sayso.intake.containers.stamps import iso
from sayso.intake.seal import LIMIT, too_large
from sayso.record import Metadata, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from sayso.intake.containers.parts import Container, Part, PartProblem

MEDIA_TYPE = "message/rfc822"
WHOLE_LIMIT = 3 * LIMIT
"""The largest mail read: its attachments stand in it in base64, a third longer than they are."""

DEEPEST = 20
"""A mail that holds a mail that holds a mail..."""

MANY = 200
"""More boundaries than this no person has written."""

LONGEST_HEADER = 100_000
TEXTS = ("text/plain", "text/html")
BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
NESTED = re.compile(rb"message/rfc822", re.IGNORECASE)
MORE = re.compile(rb"\n\r?\nFrom \S[^\n]{0,200}\n[!-9;-~]{1,60}:")
HEAD_END = re.compile(rb"\r?\n\r?\n")
WRONG = (ValueError, TypeError, LookupError, AttributeError, RecursionError, HeaderParseError)
"""What the standard parser raises on mails that are made to break it."""


def parts(container: Container) -> Iterator[Part | PartProblem]:
    """The words of a mail, then its attachments of text, HTML and further mails, in order."""
    problem = None
    if container.size > WHOLE_LIMIT:
        problem = too_large(container.size).problem
    else:
        data = container.file.read()
        problem = _hostile(data)
    if problem:
        yield problem_in(container, problem)
        return
    try:
        # The older policy: the newer one reads every header by a grammar that some headers send into deep loops.
        message = BytesParser(policy=policy.compat32).parsebytes(data)
    except WRONG as error:
        yield problem_in(container, Problem("bad_mail", f"It cannot be read as a mail ({error}). Save its text alone."))
        return
    yield from _of_message(container, message, "", 0)


def _hostile(data: bytes) -> Problem | None:
    if len(BOUNDARY.findall(data)) > MANY or len(NESTED.findall(data)) > MANY:
        says = f"It has over {MANY} parts, or parts in parts. Save those you need as files of their own."
        return Problem("too_many_parts", says)
    if data.startswith(b"From ") and MORE.search(data):
        return Problem("mbox", "This is a mailbox of many mails, which is not read whole. Save each mail as .eml.")
    end = HEAD_END.search(data)
    if (end.start() if end else len(data)) > LIMIT // 20:
        return Problem("bad_mail", "Its headers take up over a million bytes. Save its text alone.")
    return None


def _of_message(container: Container, message: Message, place: str, depth: int) -> Iterator[Part | PartProblem]:
    """The parts of a message; `place` says where in the file it is."""
    facts = _facts(message)
    leaves = list(_leaves(message))
    twins = _twins([leaf for _, leaf in leaves])
    for number, leaf in leaves:
        where = f"{place}part {number}{_named(leaf)}"
        kind = leaf.get_content_type()
        if kind == "message/rfc822":
            yield from _enclosed(container, leaf, f"{where}: ", depth)
        elif kind.startswith("multipart/"):  # it says that it has parts, and has none
            continue
        elif kind not in TEXTS:
            says = f"What is attached as {kind} was not read. If it holds a report, save it and add it by itself."
            yield problem_in(container, Problem("not_read", says), where, failed=False)
        elif leaf not in twins and (part := _sealed(container, leaf, where, facts)):
            yield part


def _leaves(message: Message) -> Iterator[tuple[int, Message]]:
    """The parts of a message that hold no further parts of this message, numbered from 1."""
    waiting = [message]
    number = 0
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_type() != "message/rfc822" and isinstance(inner, list):
            waiting[:0] = [each for each in inner if not isinstance(each, str)]
            continue
        number += 1
        yield number, part


def _enclosed(container: Container, leaf: Message, place: str, depth: int) -> Iterator[Part | PartProblem]:
    inner = leaf.get_payload()
    if depth >= DEEPEST:
        says = f"Mails lie over {DEEPEST} deep in one another here; what is deeper was not read."
        yield problem_in(container, Problem("deep_mail", says), place.rstrip(": "))
        return
    if isinstance(inner, list):
        for message in inner:
            if not isinstance(message, str):
                yield from _of_message(container, message, place, depth + 1)


def _twins(leaves: list[Message]) -> list[Message]:
    """The HTML of what the sender wrote, where the same words stand there as text: most programs send both."""
    written = [leaf for leaf in leaves if leaf.get_content_type() in TEXTS and not _is_attached(leaf)]
    has_text = any(leaf.get_content_type() == "text/plain" and not _is_blank(leaf) for leaf in written)
    return [leaf for leaf in written if leaf.get_content_type() == "text/html"] if has_text else []


def _is_blank(leaf: Message) -> bool:
    words = leaf.get_payload()
    return isinstance(words, str) and not words.strip()


def _is_attached(leaf: Message) -> bool:
    return leaf.get_content_disposition() == "attachment" or bool(_name(leaf))


def _sealed(container: Container, leaf: Message, place: str, facts: Metadata) -> Part | PartProblem | None:
    try:
        data = leaf.get_payload(decode=True)
        charset = leaf.get_content_charset()
    except WRONG as error:
        return problem_in(container, Problem("bad_mail", f"This part cannot be read ({error})."), place)
    is_attached = _is_attached(leaf)
    if not isinstance(data, bytes) or (not data.strip() and not is_attached):
        return None
    kind = leaf.get_content_type()
    media_type = f"{kind}; charset={charset}" if charset else kind
    # What is attached need not be the sender's words, nor of the day it was sent.
    return part_of(container, Piece(data, media_type, place, Metadata() if is_attached else facts))


def _facts(message: Message) -> Metadata:
    name, address = parseaddr(_header(message, "from") or "")
    return Metadata(
        title=_header(message, "subject"),
        publisher=name.strip() or address.strip() or None,
        published=iso(_header(message, "date")),
    )


def _header(message: Message, name: str) -> str | None:
    """A header's words on one line; None where there is none or it is longer than any that is meant to be read."""
    raw = message.get(name)
    if raw is None or len(str(raw)) > LONGEST_HEADER:
        return None
    try:
        words = str(make_header(decode_header(raw)))
    except WRONG:
        words = str(raw)
    return " ".join(words.split()) or None


def _name(leaf: Message) -> str | None:
    try:
        return leaf.get_filename()
    except WRONG:
        return None


def _named(leaf: Message) -> str:
    name = _name(leaf)
    return f" ({name})" if name else ""
