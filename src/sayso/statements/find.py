"""The one place where cues, quotations, speakers, channels and reach meet and become statements."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, pieces
from sayso.record import (
    Addressee,
    Channel,
    Continued,
    Grounds,
    Page,
    Quotation,
    Span,
    Spoken,
    Statement,
)
from sayso.statements.caveats import find_caveats
from sayso.statements.channels import Setting, setting
from sayso.statements.cues import Cue, find_cues
from sayso.statements.labels import labelled, signed
from sayso.statements.quotes import Quote, is_speech, outermost, starts_sentence, with_quotes
from sayso.statements.reach import Earlier, Pointed, Reach, reached
from sayso.statements.rows import deeds, hedges, openings
from sayso.statements.shapes import Range, noun_phrase, overlaps, trim_words, without
from sayso.statements.speakers import Cast, Found
from sayso.statements.trailing import without_comment
from sayso.values.kept import kept

NO_WORDS = ("cannot_verify", "no_comment", "observes")


@dataclass(slots=True)
class _Draft:
    """A statement while it is being put together, in token ranges."""

    cue: Cue
    said: tuple[Range, ...]
    quotes: list[Quote]
    found: Found | None = None
    outer: _Draft | None = None
    doubts: tuple[str, ...] = ()
    number: int = 0


def find_statements(page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge) -> Spoken:
    """Every statement of a page with its source, in text order.

    Shapes: token ranges inside, spans of the sealed text outside. A page without a parse has quotations
    that nobody read, each with the reason.
    """
    if not parse.tokens:
        return Spoken(
            quotations=tuple(replace(quotation, why_unread="language_not_read") for quotation in page.quotations)
        )
    quotes = outermost(page, parse)
    drafts = _drafted(page, parse, grounds, quotes, knowledge)
    _untangle(parse, drafts)
    _nest(drafts)
    drafts = [draft for draft in drafts if _is_worth_keeping(draft)]
    _run_on(page, parse, drafts, quotes)
    drafts.extend(_cueless(page, parse, drafts, quotes))
    drafts.sort(key=lambda draft: _position(draft))
    return _gathered(page, parse, grounds, knowledge, drafts)


# Drafts


def _drafted(page: Page, parse: Parse, grounds: Grounds, quotes: list[Quote], knowledge: Knowledge) -> list[_Draft]:
    caveats = find_caveats(parse, knowledge)
    taken = {cue.head for cue in caveats}
    cues = [*caveats, *(cue for cue in find_cues(parse, knowledge) if cue.head not in taken)]
    cues += [*labelled(page, parse, grounds), *signed(parse, quotes)]
    drafts = []
    for cue in sorted(cues, key=lambda cue: cue.head):
        said, touched = with_quotes(parse, cue, quotes)
        said = _clear_of(parse, cue, said)
        said = _without_comment(parse, said, touched, knowledge)
        if cue.act == "labels":
            said = _label(said, touched)
        if said:
            drafts.append(_Draft(cue, said, list(touched)))
    return drafts


def _without_comment(
    parse: Parse, said: tuple[Range, ...], quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[Range, ...]:
    """The words without the report's own comment behind them; what ends in a quotation has none."""
    if not said or any(overlaps(quote.whole, said[-1]) for quote in quotes):
        return said
    return (*said[:-1], without_comment(parse, said[-1], knowledge))


def _label(said: tuple[Range, ...], quotes: tuple[Quote, ...]) -> tuple[Range, ...]:
    """A label in quotation marks is what stands in them, from the first mark to the last."""
    return ((quotes[0].inner[0], quotes[-1].inner[1]),) if quotes else said


def _untangle(parse: Parse, drafts: list[_Draft]) -> None:
    """Take "…, arguing that …" out of the words it trails: it is the same speaker's next statement, not a part of them."""
    for inner in drafts:
        verb = parse.tokens[inner.cue.head]
        if verb.tag != "VBG" or inner.cue.relay_of is not None or parse.tokens[verb.i - 1].text != ",":
            continue
        for outer in drafts:
            held = next((words for words in outer.said if words[0] < verb.i < words[1]), None)
            if held is None or any(quote.whole[0] <= verb.i < quote.whole[1] for quote in outer.quotes):
                continue
            outer.said = tuple(trim_words(parse, (held[0], verb.i)) if words == held else words for words in outer.said)
            inner.cue = replace(inner.cue, who=outer.cue.who)


def _clear_of(parse: Parse, cue: Cue, said: tuple[Range, ...]) -> tuple[Range, ...]:
    """The words without the cue and the speaker, should the parse have put them inside."""
    holes = [cue.cue] if cue.cue is not None else []
    found = list(said)
    for hole in holes:
        found = [piece for words in found for piece in without(words, hole)]
    trimmed = [trim_words(parse, words) for words in found]
    return tuple(words for words in trimmed if words[0] < words[1])


def _position(draft: _Draft) -> tuple[int, int]:
    """Where a statement begins: with its cue or its words, the outer before the inner."""
    first = min([words[0] for words in draft.said] + ([draft.cue.cue[0]] if draft.cue.cue else []))
    return first, -max(words[1] for words in draft.said)


def _nest(drafts: list[_Draft]) -> None:
    """Tie each statement to the smallest other one in whose words its cue stands."""
    for draft in drafts:
        holders = [
            other for other in drafts if other is not draft and _holds(other, draft) and not _holds(draft, other)
        ]
        if draft.cue.relay_of is not None:
            holders = [other for other in drafts if other.cue.head == draft.cue.relay_of] or holders
            for outer in holders:
                outer.said = draft.said
        if holders:
            draft.outer = min(holders, key=lambda other: sum(last - first for first, last in other.said))


def _holds(outer: _Draft, inner: _Draft) -> bool:
    return any(words[0] <= inner.cue.head < words[1] for words in outer.said)


def _is_worth_keeping(draft: _Draft) -> bool:
    """Inside somebody's words only clear sayings count: no thoughts, no nameless claims."""
    if draft.outer is None or draft.cue.relay_of is not None:
        return True
    return draft.cue.act != "thinks" and draft.cue.who is not None


def _run_on(page: Page, parse: Parse, drafts: list[_Draft], quotes: list[Quote]) -> None:
    """Give a quotation without a cue to the quoted speaker before it: in the same paragraph, or reopened in the next."""
    used = {quote.number for draft in drafts for quote in draft.quotes}
    for quote in quotes:
        if (
            quote.number in used
            or not is_speech(parse, quote)
            or not starts_sentence(parse, quote)
            or _has_cue(parse, drafts, quote)
        ):
            continue
        before = [draft for draft in drafts if draft.quotes and draft.quotes[-1].whole[1] <= quote.whole[0]]
        if not before:
            continue
        last = max(before, key=lambda draft: draft.quotes[-1].whole)
        if not _follows(page, parse, last, quote):
            continue
        last.said = (*last.said, quote.inner)
        last.quotes.append(quote)
        used.add(quote.number)


def _follows(page: Page, parse: Parse, last: _Draft, quote: Quote) -> bool:
    """Whether the quotation comes right after the other's sentence, or opens the paragraph after an unclosed one."""
    end = max(last.quotes[-1].whole[1], last.cue.head + 1)
    ended = parse.tokens[end - 1].sentence
    here = parse.tokens[quote.whole[0]].sentence
    if here - ended > 1:
        return False
    same = _paragraph(page, parse.tokens[end - 1].start) == _paragraph(page, parse.tokens[quote.whole[0]].start)
    if not same and last.quotes[-1].closed:
        last.doubts = (*last.doubts, "carried_over_paragraph")
    return True


def _has_cue(parse: Parse, drafts: list[_Draft], quote: Quote) -> bool:
    """Whether the quotation's own sentence has a cue outside the marks."""
    sentences = {parse.tokens[quote.whole[0]].sentence, parse.tokens[quote.whole[1] - 1].sentence}
    return any(
        parse.tokens[draft.cue.head].sentence in sentences
        and not overlaps((draft.cue.head, draft.cue.head + 1), quote.whole)
        and draft.cue.can_quote
        for draft in drafts
    )


def _cueless(page: Page, parse: Parse, drafts: list[_Draft], quotes: list[Quote]) -> list[_Draft]:
    """A whole saying in quotation marks with nobody named beside it: kept, its source unknown."""
    used = {quote.number for draft in drafts for quote in draft.quotes}
    inside = [words for draft in drafts for words in draft.said]
    found = []
    for quote in quotes:
        if quote.number in used or not is_speech(parse, quote) or any(overlaps(quote.inner, words) for words in inside):
            continue
        if quote.inner[1] - quote.inner[0] < 6 or not starts_sentence(parse, quote):
            continue
        cue = Cue(head=quote.inner[0], act="says", said=(quote.inner,), found_by="quotation", doubts=("no_speaker",))
        found.append(_Draft(cue, cue.said, [quote]))
    return found


# Speakers and statements


def _gathered(page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge, drafts: list[_Draft]) -> Spoken:
    cast = Cast(page, parse, grounds, knowledge)
    for number, draft in enumerate(drafts):
        draft.number = number
        draft.found = _speaker(cast, draft)
    covers = _reaches(page, parse, cast, drafts, knowledge)
    settings = [setting(page, parse, grounds, draft.cue, knowledge) for draft in drafts]
    ids, sources = cast.sources(draft.found.source for draft in drafts if draft.found is not None)
    statements = tuple(
        replace(
            _statement(page, parse, draft, beside, reach, knowledge),
            source=ids[draft.found.source if draft.found else 0],
        )
        for draft, beside, reach in zip(drafts, settings, covers, strict=True)
    )
    return Spoken(sources, statements, _tied(page, parse, drafts), _continued(page, statements, knowledge))


def _speaker(cast: Cast, draft: _Draft) -> Found:
    if draft.cue.speaker_is_newsroom and draft.cue.who is None:
        return Found(cast.newsroom(), None)
    own = draft.outer.found.source if draft.outer is not None and draft.outer.found is not None else None
    before = draft.cue.who if draft.cue.who is not None else draft.cue.head
    return cast.find(draft.cue.who, before, own_voice=own)


def _reaches(page: Page, parse: Parse, cast: Cast, drafts: list[_Draft], knowledge: Knowledge) -> list[Reach]:
    earlier: list[Earlier] = []
    found: list[Reach] = []
    for draft in drafts:
        source = draft.found.source if draft.found is not None else 0
        at = parse.tokens[draft.cue.head].start
        here = Earlier(
            draft.number, draft.cue.act, source, cast.party_of(source), draft.said,
            _section(page, at), _paragraph(page, at), cast.is_newsroom(source),
            cast.is_private(source), draft.outer is not None,
        )  # fmt: skip
        found.append(reached(parse, draft.cue, here, earlier, Pointed(*cast.pointed(draft.said)), deeds(knowledge)))
        earlier.append(here)
    return found


def _section(page: Page, at: int) -> int:
    return bisect_right([section.span.start for section in page.sections], at) - 1


def _paragraph(page: Page, at: int) -> int:
    return bisect_right([paragraph.start for paragraph in page.paragraphs], at) - 1


def _statement(
    page: Page, parse: Parse, draft: _Draft, beside: Setting, reach: Reach, knowledge: Knowledge
) -> Statement:
    cue, found = draft.cue, draft.found or Found(0, None)
    words = _spans(page, parse, draft.said)
    quotation = _quotation(parse, draft)
    return Statement(
        id=f"st{draft.number + 1}",
        source="",
        act=cue.act,
        silence=cue.silence,
        quotation=quotation,
        wording=_wording(page, quotation),
        words=words,
        cue=_one(page, parse, cue.cue),
        who=_outside(_one(page, parse, _naming_words(cue, found)), words),
        via=_via(page, parse, found, beside),
        to=_to(page, parse, cue),
        said_at=beside.said_at,
        said_where=beside.said_where,
        within=f"st{draft.outer.number + 1}" if draft.outer is not None else None,
        covers=tuple(f"st{number + 1}" for number in reach[0]),
        reach=reach[1],
        hedges=_hedges(parse, draft.said, knowledge),
        doubts=tuple(dict.fromkeys((*cue.doubts, *draft.doubts, *found.doubts))),
        found_by=cue.found_by,
    )


def _naming_words(cue: Cue, found: Found) -> Range | None:
    """Where the sentence names the speaker: the relative word right before the cue, else the noun phrase."""
    if cue.relative is not None:
        return cue.relative, cue.relative + 1
    return cue.who_range or found.who


def _spans(page: Page, parse: Parse, said: tuple[Range, ...]) -> tuple[Span, ...]:
    return tuple(span for words in said for span in pieces(page, parse, *words))


def _one(page: Page, parse: Parse, tokens: Range | None) -> Span | None:
    """The stretch of a range; where a cut runs through it, its longest piece."""
    spans = pieces(page, parse, *tokens) if tokens is not None else ()
    return max(spans, key=lambda span: span.end - span.start, default=None)


def _outside(who: Span | None, words: tuple[Span, ...]) -> Span | None:
    """The speaker's stretch, unless the parse laid it over the words."""
    if who is None or any(span.start < who.end and who.start < span.end for span in words):
        return None
    return who


def _quotation(parse: Parse, draft: _Draft) -> str:
    """Direct where all words stand in quotation marks, mixed where some do."""
    if not draft.quotes:
        return "none" if draft.cue.act in NO_WORDS else "indirect"
    words = {i for said in draft.said for i in range(*said) if parse.tokens[i].pos != "PUNCT"}
    quoted = {i for quote in draft.quotes for i in range(*quote.whole)}
    return "direct" if words <= quoted else "mixed"


def _wording(page: Page, quotation: str) -> str:
    """What the marks hold. Whether a clean copy's speaker spoke this language is not in the text: unknown."""
    kinds = {condition.kind for condition in page.condition}
    if quotation not in ("direct", "mixed"):
        return "unknown"
    return "reworded" if "reworded" in kinds else "translated" if "translated" in kinds else "unknown"


def _via(page: Page, parse: Parse, found: Found, beside: Setting) -> tuple[Channel, ...]:
    """The channels beside the cue, after the document a speaker speaks through ("the ministry's report says")."""
    if found.through is None:
        return beside.via
    span = _one(page, parse, (found.through, found.through + 1))
    return (Channel("document", None, span), *beside.via)


def _to(page: Page, parse: Parse, cue: Cue) -> tuple[Addressee, ...]:
    if cue.addressee is None:
        return ()
    span = _one(page, parse, noun_phrase(parse, cue.addressee))
    return (Addressee(span),) if span is not None else ()


def _hedges(parse: Parse, said: tuple[Range, ...], knowledge: Knowledge) -> tuple[Span, ...]:
    held = hedges(knowledge)
    tokens = [parse.tokens[i] for words in said for i in range(*words)]
    return tuple(Span(token.start, token.end) for token in tokens if token.text.lower() in held and token.tag != "NNP")


# Quotations and what goes on without a cue


def _tied(page: Page, parse: Parse, drafts: list[_Draft]) -> tuple[Quotation, ...]:
    """The page's quotations, each with its statement, or why it has none."""
    owner = {quote.number: f"st{draft.number + 1}" for draft in reversed(drafts) for quote in draft.quotes}
    words = [(span, f"st{draft.number + 1}") for draft in drafts for span in _spans(page, parse, draft.said)]
    found = []
    for number, quotation in enumerate(page.quotations):
        statement = owner.get(number) or next(
            (st for span, st in words if span.start <= quotation.span.start and quotation.span.end <= span.end + 2),
            None,
        )
        found.append(replace(quotation, statement=statement, why_unread=None if statement else "no_speaker_near"))
    return tuple(found)


def _continued(page: Page, statements: tuple[Statement, ...], knowledge: Knowledge) -> tuple[Continued, ...]:
    """Sentences that go on with the account of the speaker before them, in the same paragraph, without a cue."""
    cuts = [cut.span for cut in page.cuts]
    found: list[Continued] = []
    for before, sentence in zip(page.sentences, page.sentences[1:], strict=False):
        opening = " ".join(kept(page.report.text, sentence, cuts).text.casefold().split())
        if not opening.startswith(openings(knowledge)) or _paragraph(page, before.start) != _paragraph(
            page, sentence.start
        ):
            continue
        if any(statement.cue is not None and _within(statement.cue, sentence) for statement in statements):
            continue
        teller = _teller(before, statements, found)
        if teller is not None:
            found.append(Continued(sentence, teller))
    return tuple(found)


def _teller(sentence: Span, statements: tuple[Statement, ...], continued: list[Continued]) -> str | None:
    """Whose account a sentence is: the last statement told in it, or the one it already goes on with."""
    told = [
        s.id
        for s in statements
        if s.act not in NO_WORDS and s.within is None and any(_within(words, sentence) for words in s.words)
    ]
    if told:
        return told[-1]
    return next((one.statement for one in continued if one.sentence == sentence), None)


def _within(span: Span, holder: Span) -> bool:
    return holder.start <= span.start < holder.end
