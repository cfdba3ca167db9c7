"""Read one sealed report: cut its leftovers, tell its story from its headings and credits, find its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.reading.condition import condition_of
from sayso.reading.credits import credits_in, own_voice
from sayso.reading.dateline import filed_in, published
from sayso.reading.glued import heading_before
from sayso.reading.head import read_head
from sayso.reading.headings import HASHES, clock_before, headings_of, sections_of
from sayso.reading.language import language_of
from sayso.reading.lines import BULLET, blocks_of, lines, paragraphs
from sayso.reading.long import in_parts, told
from sayso.reading.names import outlets
from sayso.reading.quotations import quoted
from sayso.reading.residue import cut_lines, cut_phrases, cut_repeats
from sayso.reading.sentences import bare, sealed_span, sentences_in
from sayso.record import Cut, Dateline, Named, Page, Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.knowledge import Knowledge
    from sayso.reading.credits import Credit
    from sayso.reading.dateline import Filed
    from sayso.reading.head import Head
    from sayso.reading.lines import Block
    from sayso.record import Given, Report

READ = frozenset({"en"})
"""The languages whose sentences later stages can read."""

DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_TOP_LINE = 200
LABEL = re.compile(r"\w+(?: \w+)?[ ,:|–—-]*")
FILLERS = " \t\u00a0\r\n.;,|·—–-"


@dataclass(slots=True)
class _Found:
    """What was found in the paragraphs, one after another."""

    credits: list[tuple[int, Credit]] = field(default_factory=list)
    filed: list[tuple[int, Filed]] = field(default_factory=list)
    story: list[tuple[int, int, int]] = field(default_factory=list)  # paragraph, start, end in its kept text
    glued: dict[int, int] = field(default_factory=dict)  # how long the heading is that a paragraph begins with


def read_page(report: Report, given: Given, knowledge: Knowledge) -> Page:
    """What of a report is the story, and what the report says of itself."""
    text = report.text
    cuts, blocks = _paragraphs(report, knowledge)
    language = language_of(" ".join(block.words for block in blocks[:40]), declared=report.metadata.language)
    head = read_head(blocks, knowledge)
    title = head.title
    found = _Found(credits=list(head.credits), filed=list(head.filed))
    alone, captions = _credit_lines(blocks, head, found, knowledge)
    skipped = alone | head.lines | ({title} if title is not None else set())
    # A short paragraph that ends in a credit has no stop there, and is no heading for that.
    headings = headings_of(blocks, skipped, captions) - {index for index, _ in found.credits}
    _read_story(blocks, skipped | headings, found, knowledge)
    sections = sections_of(blocks, headings, head.lines, title, found.glued)
    sentences, long = _sentences(blocks, found.story, knowledge, language)
    marks = quoted([(blocks[index], [(start, end)]) for index, start, end in found.story], knowledge)
    filed = found.filed[0][1] if found.filed else None
    credit_spans = _credit_spans(blocks, found.credits)
    dated = [(credit, _spans(blocks[index], credit)) for index, credit in found.credits if credit.day]
    out, bad_date = published(given, report.metadata, dated, filed)
    publisher, agencies = _newsroom(report, given, found, blocks, knowledge)
    publisher = publisher if publisher and publisher.basis != "text" else head.masthead or publisher
    return Page(
        report=report,
        language=language,
        title=_title(report, blocks, title),
        url=report.metadata.url,
        publisher=publisher,
        agencies=agencies,
        writers=_people(found.credits, "writers") or _from_metadata(report.metadata.writers),
        editors=_people(found.credits, "editors"),
        contributors=_people(found.credits, "contributors"),
        dateline=Dateline(filed.span) if filed and filed.span else None,
        published=out,
        condition=condition_of(blocks, found.story, sorted(headings), cuts, marks.odd, knowledge=knowledge),
        cuts=cuts,
        sections=sections,
        paragraphs=tuple(block.span for block in blocks),
        sentences=sentences,
        quotations=marks.quotations,
        credits=credit_spans,
        problems=_problems(text, language, bad_date) + told(long),
    )


def _paragraphs(report: Report, knowledge: Knowledge) -> tuple[tuple[Cut, ...], tuple[Block, ...]]:
    text = report.text
    every = lines(text)
    line_cuts = cut_lines(text, every, knowledge)
    gone = {cut.span for cut in line_cuts}
    left = [line for line in every if line not in gone]
    spans = paragraphs(text, left, as_lines=report.obtained.how == "extracted")
    phrase_cuts = cut_phrases(text, spans, knowledge)
    blocks = blocks_of(text, spans, (*line_cuts, *phrase_cuts))
    repeats = cut_repeats(text, [block.span for block in blocks])
    cuts = tuple(sorted(_merged((*line_cuts, *phrase_cuts, *repeats)), key=lambda cut: cut.span))
    again = {cut.span for cut in repeats}
    return cuts, tuple(block for block in blocks if block.span not in again)


def _merged(cuts: Iterable[Cut]) -> Iterable[Cut]:
    """The cuts without those inside another."""
    last = -1
    for cut in sorted(cuts, key=lambda cut: (cut.span.start, -cut.span.end)):
        if cut.span.start >= last:
            last = cut.span.end
            yield cut


def _credit_lines(
    blocks: Sequence[Block], head: Head, found: _Found, knowledge: Knowledge
) -> tuple[set[int], set[int]]:
    """The paragraphs that are nothing but a credit or a caption, and the captions among them.

    A caption tells what a picture shows, and on a copied page the picture is gone: it stays in the text, but is no
    sentence of the story, no heading and no credit.
    """
    alone: set[int] = set()
    captions: set[int] = set()
    labels: set[int] = set()  # those that say only that the next line is one
    top = head.title is not None
    for index, block in enumerate(blocks):
        if index == head.title or index in head.lines:
            continue
        here = credits_in(block, knowledge, top=top and index <= (head.title or 0) + 4)
        if index - 1 in labels or (here and here[0].role == "caption"):
            captions.add(index)
            if here and not here[0].names and LABEL.fullmatch(block.words):
                labels.add(index)
            continue
        whole = len(here) == 1 and here[0].start == 0 and here[0].end >= len(block.words.rstrip())
        top = top and (whole or len(block.words) < LONGEST_TOP_LINE)
        found.credits += [(index, credit) for credit in here]
        if here and not _rests(block.words, here):
            alone.add(index)
    return alone | captions, captions


def _rests(words: str, here: Sequence[Credit]) -> list[tuple[int, int]]:
    """What a paragraph holds beside its credits."""
    rests: list[tuple[int, int]] = []
    at = 0
    for start, end in [*((credit.start, credit.end) for credit in here), (len(words), len(words))]:
        if words[at:start].strip(FILLERS + "()[]"):
            rests.append((at, start))
        at = end
    return rests


def _read_story(blocks: Sequence[Block], skipped: set[int], found: _Found, knowledge: Knowledge) -> None:
    first = True
    credits_of: dict[int, list[Credit]] = {}
    for index, credit in found.credits:
        credits_of.setdefault(index, []).append(credit)
    for index, block in enumerate(blocks):
        if index in skipped:
            continue
        filed = filed_in(block, knowledge, first=first)
        if filed:
            found.filed.append((index, filed))
        begin = filed.story if filed else 0
        bullet = BULLET.match(block.words)
        if bullet and not filed:
            begin = bullet.end()
        length = clock_before(block) or (0 if begin else heading_before(block.words, knowledge))
        if length:
            found.glued[index] = length
            begin = max(begin, length)
        for start, end in _rests(block.words, credits_of.get(index, [])):
            if end > begin:
                found.story.append((index, max(start, begin), end))
        first = False


def _sentences(
    blocks: Sequence[Block], story: Sequence[tuple[int, int, int]], knowledge: Knowledge, language: str
) -> tuple[tuple[Span, ...], list[Span]]:
    """The sentences, of which those too long are read in parts, and the first part of each of these."""
    found: list[Span] = []
    long: list[Span] = []
    for index, start, end in story:
        block = blocks[index]
        for first, last in sentences_in(block.words[start:end], knowledge, language=language):
            parts = [
                sealed_span(block.kept, low, high)
                for part in in_parts(block.words, start + first, start + last)
                for low, high in bare(block.words, *part)
            ]
            found += parts
            long += parts[:1] if len(parts) > 1 else []
    return tuple(found), long


def _spans(block: Block, credit: Credit) -> tuple[Span, ...]:
    words = block.words[credit.start : credit.end]
    start = credit.start + len(words) - len(words.lstrip())
    return block.kept.spans(start, credit.start + len(words.rstrip()))


def _credit_spans(blocks: Sequence[Block], found: Sequence[tuple[int, Credit]]) -> tuple[Span, ...]:
    return tuple(sorted(span for index, credit in found for span in _spans(blocks[index], credit)))


def _title(report: Report, blocks: Sequence[Block], title: int | None) -> Named | None:
    said = report.metadata.title
    if title is None:
        return Named(said, None, "metadata") if said else None
    block = blocks[title]
    hashes = HASHES.match(block.words)
    start = hashes.end() if hashes else 0
    return Named(block.words[start:].strip(), block.kept.span(start, len(block.words)), "text")


def _people(found: Sequence[tuple[int, Credit]], role: str) -> tuple[Named, ...]:
    people: dict[str, Named] = {}
    for _, credit in found:
        if credit.role == role:
            for named in credit.names:
                people.setdefault(named.name.casefold(), named)
    return tuple(people.values())


def _from_metadata(names: Sequence[str]) -> tuple[Named, ...]:
    return tuple(Named(name, None, "metadata") for name in names)


def _newsroom(
    report: Report, given: Given, found: _Found, blocks: Sequence[Block], knowledge: Knowledge
) -> tuple[Named | None, tuple[Named, ...]]:
    """The publisher, and the agencies whose work the report says it is or quotes as its own."""
    publisher = None
    if given.publisher:
        publisher = Named(given.publisher, None, "given")
    elif report.metadata.publisher:
        publisher = Named(report.metadata.publisher, None, "metadata")
    named = [filed.agency for _, filed in found.filed if filed.agency]
    named += [each for _, credit in found.credits if credit.role == "agencies" for each in credit.names]
    named += own_voice(tuple(blocks), knowledge)
    named += _from_metadata(report.metadata.agencies)
    agencies: dict[str, Named] = {}
    for each in named:
        shown, kind = outlets(knowledge).get(each.name, (each.name, "agency"))
        if kind != "agency":
            publisher = publisher or Named(shown, each.span, each.basis)
        elif publisher is None or _shown(publisher.name, knowledge) != shown:
            agencies.setdefault(shown, Named(shown, each.span, each.basis))
    return publisher, tuple(agencies.values())


def _shown(name: str, knowledge: Knowledge) -> str:
    return outlets(knowledge).get(name, (name, ""))[0]


def _problems(text: str, language: str, bad_date: Problem | None) -> tuple[Problem, ...]:
    found: list[Problem] = []
    if bad_date:
        found.append(bad_date)
    if language not in READ:
        which = "no language could be told" if language == "und" else f"the language is {language!r}"
        says = (
            f"Sayso reads English, and here {which}. Paragraphs, sentences, quotations and dates in figures were read;"
            " statements and events were not."
        )
        found.append(Problem("language_not_read", says))
    if mark := DIRECTION_MARKS.search(text):
        count = len(DIRECTION_MARKS.findall(text))
        says = f"{count} mark(s) of writing direction are in the text; it may show in another order than it reads."
        found.append(Problem("right_to_left_marks", says, Span(*mark.span())))
    at = text.find("\0")
    if at >= 0:
        says = f"{text.count(chr(0))} NUL character(s) are in the text; they were kept. Check how the file was made."
        found.append(Problem("nul_characters", says, Span(at, at + 1)))
    return tuple(found)
