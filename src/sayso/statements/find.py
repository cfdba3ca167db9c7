"""The one place where cues, quotations, speakers, channels and reach meet and become statements."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, pieces
from sayso.models.tagging import Tagger
from sayso.record import Addressee, Channel, Continued, Grounds, Page, Quotation, Span, Spoken, Statement
from sayso.statements.channels import setting
from sayso.statements.cue import Cue
from sayso.statements.disowned import FOUND_BY as CALLED_FALSE
from sayso.statements.draft import Draft
from sayso.statements.drafts import drafted
from sayso.statements.frames import frames_of
from sayso.statements.reach import BEHIND, REMEMBERED, Earlier, Pointed, Reach, reached
from sayso.statements.rows import deeds, hedges, openings
from sayso.statements.scene import Scene, scene_of
from sayso.statements.shapes import Range, noun_phrase
from sayso.statements.speakers import Cast, Found
from sayso.values.kept import kept

NO_WORDS = ("cannot_verify", "no_comment", "observes")
"""Acts whose words are not said by anybody: they are never indirect speech."""


def find_statements(
    page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge, tagger: Tagger | None = None
) -> Spoken:
    """Every statement of a page with its source, in text order: by the rules alone where no tagger is lent.

    Shapes: token ranges inside, spans of the sealed text outside. A page without a parse has quotations
    that nobody read, each with the reason.
    """
    if not parse.tokens:
        return Spoken(quotations=tuple(replace(one, why_unread="language_not_read") for one in page.quotations))
    scene = scene_of(page, parse, grounds, knowledge)
    drafts = drafted(scene, frames_of(scene, tagger))
    cast = Cast(page, parse, grounds, knowledge)
    for number, draft in enumerate(drafts):
        draft.number, draft.found = number, _speaker(cast, draft)
    ids, sources = cast.sources(_found(draft).source for draft in drafts)
    reaches = _reaches(scene, cast, drafts)
    statements = tuple(
        _statement(scene, draft, ids[_found(draft).source], reach) for draft, reach in zip(drafts, reaches, strict=True)
    )
    return Spoken(sources, statements, _tied(scene, drafts), _continued(scene, statements))


# Speakers and reach


def _speaker(cast: Cast, draft: Draft) -> Found:
    if draft.cue.speaker_is_newsroom and draft.cue.who is None:
        return Found(cast.newsroom(), None)
    if draft.cue.speaker_is_author:
        return Found(cast.author(), None)
    own = _found(draft.outer).source if draft.outer is not None and draft.outer.found is not None else None
    before = draft.cue.who if draft.cue.who is not None else draft.cue.head
    return cast.find(draft.cue.who, before, own_voice=own)


def _found(draft: Draft) -> Found:
    return draft.found or Found(0, None)


def _reaches(scene: Scene, cast: Cast, drafts: list[Draft]) -> list[Reach]:
    told = [_as_told(scene, cast, draft) for draft in drafts]
    found: list[Reach] = []
    for at, draft in enumerate(drafts):
        held = [one.number for one in drafts if one.outer is draft] if draft.cue.found_by == CALLED_FALSE else []
        if held:
            found.append((tuple(held), "specific"))
            continue
        pointed = Pointed(*cast.pointed(draft.said)) if draft.cue.act == "cannot_verify" else Pointed()
        around = told[max(at - REMEMBERED, 0) : at + BEHIND]
        found.append(reached(scene.parse, draft.cue, told[at], around, pointed, deeds(scene.knowledge)))
    return found


def _as_told(scene: Scene, cast: Cast, draft: Draft) -> Earlier:
    source = _found(draft).source
    at = scene.parse.tokens[draft.cue.head].start
    return Earlier(
        number=draft.number,
        act=draft.cue.act,
        source=source,
        party=cast.party_of(source),
        said=draft.said,
        section=scene.section_at(at),
        paragraph=scene.paragraph_at(at),
        is_newsroom=cast.is_newsroom(source),
        is_private=cast.is_private(source),
        is_nested=draft.outer is not None,
        countries=cast.countries_of(_found(draft)),
        places=cast.places_in(draft.said),
    )


# Statements


def _statement(scene: Scene, draft: Draft, source: str, reach: Reach) -> Statement:
    cue, found, page, parse = draft.cue, _found(draft), scene.page, scene.parse
    beside = setting(page, parse, scene.grounds, cue, scene.knowledge)
    words = _spans(scene, draft.said)
    quotation = _quotation(parse, draft)
    return Statement(
        id=_id(draft),
        source=source,
        act=cue.act,
        silence=cue.silence,
        quotation=quotation,
        wording=_wording(page, quotation),
        words=words,
        cue=_longest(scene, cue.cue),
        who=_outside(
            _longest(scene, _naming_words(cue, found)), (*words, *_spans(scene, (cue.cue,) if cue.cue else ()))
        ),
        via=beside.via,
        to=_to(scene, cue, beside.via),
        said_at=beside.said_at,
        said_where=beside.said_where,
        within=_id(draft.outer) if draft.outer is not None else None,
        covers=tuple(f"st{number + 1}" for number in reach[0]),
        reach=reach[1],
        hedges=_hedges(scene, draft.said),
        doubts=tuple(dict.fromkeys((*cue.doubts, *draft.doubts, *found.doubts))),
        found_by=f"{cue.found_by}+tagger" if draft.also_heard else cue.found_by,
    )


def _id(draft: Draft) -> str:
    return f"st{draft.number + 1}"


def _naming_words(cue: Cue, found: Found) -> Range | None:
    """Where the sentence names the speaker: the relative word right before the cue, else the noun phrase."""
    if cue.relative is not None:
        return cue.relative, cue.relative + 1
    return cue.who_range or found.who


def _spans(scene: Scene, said: tuple[Range, ...]) -> tuple[Span, ...]:
    return tuple(span for words in said for span in pieces(scene.page, scene.parse, *words))


def _longest(scene: Scene, tokens: Range | None) -> Span | None:
    """The stretch of a range; where a cut runs through it, its longest piece."""
    spans = pieces(scene.page, scene.parse, *tokens) if tokens is not None else ()
    return max(spans, key=lambda span: span.end - span.start, default=None)


def _outside(who: Span | None, words: tuple[Span, ...]) -> Span | None:
    """The speaker's stretch, unless the parse laid it over the words."""
    if who is None or any(span.start < who.end and who.start < span.end for span in words):
        return None
    return who


def _quotation(parse: Parse, draft: Draft) -> str:
    """Direct where all words stand in quotation marks, mixed where some do."""
    if not draft.quotes:
        return "none" if draft.cue.act in NO_WORDS else "indirect"
    words = {i for said in draft.said for i in range(*said) if parse.tokens[i].pos != "PUNCT"}
    quoted = {i for quote in draft.quotes for i in range(*quote.whole)}
    return "direct" if words <= quoted else "mixed"


def _wording(page: Page, quotation: str) -> str:
    """What the marks hold. Whether a clean copy's speaker spoke this language is not in the text: unknown."""
    if quotation not in ("direct", "mixed"):
        return "unknown"
    kinds = {condition.kind for condition in page.condition}
    return next((kind for kind in ("reworded", "translated") if kind in kinds), "unknown")


def _to(scene: Scene, cue: Cue, via: tuple[Channel, ...]) -> tuple[Addressee, ...]:
    """To whom. What is told "Telegram" or "a news conference" is told through it, to nobody named."""
    if cue.addressee is None:
        return ()
    span = _longest(scene, noun_phrase(scene.parse, cue.addressee))
    if any(one.span == span and one.kind != "outlet" for one in via):
        return ()
    return (Addressee(span),) if span is not None else ()


def _hedges(scene: Scene, said: tuple[Range, ...]) -> tuple[Span, ...]:
    held = hedges(scene.knowledge)
    tokens = [scene.parse.tokens[i] for words in said for i in range(*words)]
    return tuple(Span(token.start, token.end) for token in tokens if token.text.lower() in held and token.tag != "NNP")


# Quotations, and what goes on without a cue


def _tied(scene: Scene, drafts: list[Draft]) -> tuple[Quotation, ...]:
    """The page's quotations, each with its statement, or why it has none."""
    owner = {quote.number: _id(draft) for draft in reversed(drafts) for quote in draft.quotes}
    holder: dict[int, str] = {}
    for draft in reversed(drafts):
        for words in draft.said:
            holder.update(dict.fromkeys(range(*words), _id(draft)))
    starts = [token.start for token in scene.parse.tokens]
    found = []
    for number, quotation in enumerate(scene.page.quotations):
        inside = bisect_left(starts, quotation.inner[0].start) if quotation.inner else -1
        statement = owner.get(number) or holder.get(inside)
        found.append(replace(quotation, statement=statement, why_unread=None if statement else "no_speaker_near"))
    return tuple(found)


def _continued(scene: Scene, statements: tuple[Statement, ...]) -> tuple[Continued, ...]:
    """Sentences that go on with the account of the speaker before them, in the same paragraph, without a cue."""
    sentences = scene.page.sentences
    tellers = _tellers(scene, statements)
    cued = {_sentence_at(sentences, one.cue.start) for one in statements if one.cue is not None}
    found: list[Continued] = []
    for number in range(1, len(sentences)):
        teller = tellers.get(number - 1)
        if teller is not None and number not in cued and _goes_on(scene, number):
            found.append(Continued(sentences[number], teller))
            tellers.setdefault(number, teller)
    return tuple(found)


def _goes_on(scene: Scene, number: int) -> bool:
    """Whether a sentence opens as one that goes on with the one before it, in its paragraph."""
    before, sentence = scene.page.sentences[number - 1 : number + 1]
    if scene.paragraph_at(before.start) != scene.paragraph_at(sentence.start):
        return False
    cuts = [cut.span for cut in scene.page.cuts]
    words = kept(scene.page.report.text, sentence, cuts).text[:80].casefold().split()
    return " ".join(words).startswith(openings(scene.knowledge))


def _tellers(scene: Scene, statements: tuple[Statement, ...]) -> dict[int, str]:
    """The last statement told in each sentence, by the sentence's number."""
    found: dict[int, str] = {}
    last: dict[int, int] = defaultdict(int)
    for place, statement in enumerate(statements):
        if statement.act in NO_WORDS or statement.within is not None:
            continue
        for words in statement.words:
            number = _sentence_at(scene.page.sentences, words.start)
            if place >= last[number]:
                found[number], last[number] = statement.id, place
    return found


def _sentence_at(sentences: tuple[Span, ...], at: int) -> int:
    return bisect_left(sentences, at + 1, key=lambda sentence: sentence.start) - 1
