"""A page made of plain sentences, for tests of stage 3 alone: no reading stage, no intake."""

from __future__ import annotations

import hashlib
import re

from sayso.grounding import check, ground
from sayso.knowledge import ours
from sayso.models.english import english_parser
from sayso.record import Check, Cut, Grounds, Obtained, Page, Published, Quotation, Report, Section, Span

FRIDAY = Published("2022-09-16", "2022-09-17", "given")
UNKNOWN = Published(None, None, "unknown")


def page_of(text: str, published: Published = FRIDAY, cuts: tuple[Cut, ...] = ()) -> Page:
    """A page whose sentences end at a full stop, question or exclamation mark before a blank and a capital."""
    data = text.encode()
    sealed = hashlib.sha256(data).hexdigest()
    report = Report(f"sha256:{sealed}", data, text, sealed, "text/plain", Obtained("decoded", "utf-8"))
    starts = [
        0,
        *(
            m.end()
            for m in re.finditer(r'(?<!\b[A-Z])(?<!\bFeb)(?<!\bJan)(?<!U\.S)(?<![ap]\.m)[.?!]["”]?\s+(?=["“A-Z])', text)
        ),
    ]
    ends = [*starts[1:], len(text)]
    sentences = tuple(
        Span(a, a + len(text[a:b].rstrip())) for a, b in zip(starts, ends, strict=True) if text[a:b].strip()
    )
    quotations = tuple(
        Quotation(Span(m.start(), m.end()), (Span(m.start() + 1, m.end() - 1),))
        for m in re.finditer(r'["“][^"”]+["”]', text)
    )
    whole = Span(0, len(text))
    return Page(
        report, "en", None, None, None, (), (), (), (), None, published, (), cuts,
        (Section("sec1", None, whole),), (whole,), sentences, quotations, (),
    )  # fmt: skip


def grounded(text: str, published: Published = FRIDAY, cuts: tuple[Cut, ...] = ()) -> Grounds:
    page = page_of(text, published, cuts)
    return ground(page, english_parser().parse(page), ours())


def checked(text: str, published: Published = FRIDAY) -> tuple[Check, ...]:
    page = page_of(text, published)
    return check(page, ground(page, english_parser().parse(page), ours()), ours())
