"""Read one sealed report."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from sayso.knowledge import Knowledge
from sayso.record import Given, Named, Page, Published, Report, Section, Span

LINES = re.compile(r"[^\r\n]*\S[^\r\n]*")


def read_page(report: Report, given: Given, knowledge: Knowledge) -> Page:
    """What of a report is the story, and what the report says of itself."""
    text = report.text
    paragraphs = tuple(Span(m.start(), m.end()) for m in LINES.finditer(text))
    sentences = []
    for paragraph in paragraphs:
        stretch = text[paragraph.start : paragraph.end]
        if stretch.isupper():
            continue
        for found in get_sentence_boundaries("en", stretch):
            part = stretch[found["start_index"] : found["end_index"]]
            if part.strip():
                start = paragraph.start + found["start_index"] + len(part) - len(part.lstrip())
                sentences.append(Span(start, start + len(part.strip())))
    return Page(
        report=report,
        language="en",
        title=None,
        url=None,
        publisher=Named(given.publisher, None, "given") if given.publisher else None,
        agencies=(),
        writers=(),
        editors=(),
        contributors=(),
        dateline=None,
        published=Published(given.published, None, "given") if given.published else Published(None, None, "unknown"),
        condition=(),
        cuts=(),
        sections=(Section("sec1", None, Span(0, len(text))),),
        paragraphs=paragraphs,
        sentences=tuple(sentences),
        quotations=(),
        credits=(),
    )
