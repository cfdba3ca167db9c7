"""What the words came through, to whom, when and where: the phrases beside a cue."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below, pieces
from sayso.record import Channel, Grounds, Moment, Page, Place
from sayso.statements.cue import Cue
from sayso.statements.rows import channel_rows, outlet_names
from sayso.statements.shapes import BESIDE_NAMES, Range, overlaps, subtree

THROUGH = frozenset({"on", "in", "via", "through", "at", "during", "by", "over", "from", "to", "with", "using"})
MEDIA_WORDS = frozenset(
    {
        "news",
        "tv",
        "television",
        "radio",
        "times",
        "post",
        "herald",
        "tribune",
        "gazette",
        "courier",
        "agency",
        "press",
        "daily",
        "journal",
        "magazine",
        "newspaper",
        "broadcaster",
        "channel",
        "network",
        "media",
    }
)


ASSEMBLIES = frozenset(
    {
        "Congress",
        "Parliament",
        "Senate",
        "Council",
        "Court",
        "Assembly",
        "Commission",
        "Committee",
        "Ministry",
        "Nations",
        "Union",
        "NATO",
        "UN",
        "EU",
        "Kremlin",
        "House",
        "Duma",
        "Knesset",
        "Army",
        "Tribunal",
        "Summit",
        "Forum",
        "Conference",
        "Bank",
        "Fund",
        "Observatory",
        "Watch",
        "International",
        "Command",
        "Foundation",
        "Group",
        "Institute",
        "Association",
        "Cross",
    }
)
"""Names that end so are bodies one speaks before, not outlets one speaks to."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything beside the words of one cue."""

    via: tuple[Channel, ...]
    said_at: str | None
    said_where: str | None


def setting(page: Page, parse: Parse, grounds: Grounds, cue: Cue, knowledge: Knowledge) -> Setting:
    """Channels in text order, and the first time and place told of the speaking itself."""
    zone = _zone(parse, cue)
    return Setting(
        _channels(page, parse, grounds, cue, zone, knowledge),
        _moment(parse, grounds.moments, zone),
        _place(parse, grounds.places, cue, zone),
    )


def _zone(parse: Parse, cue: Cue) -> frozenset[int]:
    """Tokens that hang on the cue, without its words and its speaker."""
    sentence = parse.sentences[parse.tokens[cue.head].sentence]
    first, last = subtree(parse, cue.head)
    last = max(last, _adjacent_end(parse, cue, sentence))
    tokens = set(range(max(first, sentence[0]), min(last, sentence[1])))
    if cue.who is not None:
        tokens -= set(range(*subtree(parse, cue.who)))
        tokens |= _beside_name(parse, cue.who)
    for words in cue.said:
        tokens -= set(range(*words))
    return frozenset(tokens)


def _beside_name(parse: Parse, who: int) -> set[int]:
    """Phrases that the parse hangs on a name but that tell how it spoke: "said Lee in a video address"."""
    if parse.tokens[who].pos != "PROPN":
        return set()
    beside = [prep for prep in below(parse, who, "prep") if prep.i > who and prep.text.lower() in BESIDE_NAMES]
    return {i for prep in beside for i in range(*subtree(parse, prep.i))}


def _adjacent_end(parse: Parse, cue: Cue, sentence: Range) -> int:
    """Where a phrase ends that follows the cue at once ("said on Facebook"), whatever the parse hangs it on."""
    end = cue.cue[1] if cue.cue is not None else cue.head + 1
    if cue.who is not None and cue.who >= end:
        end = max(end, subtree(parse, cue.who)[1])
    if (
        end < sentence[1]
        and parse.tokens[end].dep == "prep"
        and not any(overlaps((end, end + 1), words) for words in cue.said)
    ):
        return subtree(parse, end)[1]
    return end


def _channels(
    page: Page, parse: Parse, grounds: Grounds, cue: Cue, zone: frozenset[int], knowledge: Knowledge
) -> tuple[Channel, ...]:
    found: list[Channel] = []
    if cue.addressee is not None:
        found.extend(_told(page, parse, grounds, parse.tokens[cue.addressee], knowledge))
    for i in sorted(zone):
        token = parse.tokens[i]
        if token.dep not in ("prep", "agent", "dative") or token.text.lower() not in THROUGH:
            continue
        noun = first_below(parse, i, "pobj", "pcomp")
        if noun is not None:
            found.extend(_channel(page, parse, token, noun, knowledge))
    return tuple(dict.fromkeys(found))


def _told(page: Page, parse: Parse, grounds: Grounds, noun: Token, knowledge: Knowledge) -> list[Channel]:
    """As in "told Ridge News": the outlet told is a channel too; so is "told Telegram"."""
    by_row = _channel(page, parse, None, noun, knowledge)
    if by_row:
        return by_row
    name = _outlet(parse, grounds, noun, knowledge)
    if name is None:
        return []
    spans = pieces(page, parse, *_name_range(parse, noun))
    return [Channel("outlet", name, spans[0])] if len(spans) == 1 else []


def _outlet(parse: Parse, grounds: Grounds, noun: Token, knowledge: Knowledge) -> str | None:
    words = " ".join(token.text for token in parse.tokens[slice(*_name_range(parse, noun))])
    known = outlet_names(knowledge).get(words.casefold()) or outlet_names(knowledge).get(noun.text.casefold())
    if known is not None:
        return known
    for entity in grounds.entities:
        if entity.kind == "outlet" and any(span.start <= noun.start < span.end for span in entity.mentions):
            return entity.name
    is_name = noun.pos == "PROPN" and not _is_of_another_kind(grounds, noun)
    beside = {child.lemma for child in below(parse, noun.i, "compound", "appos", "amod", "nmod")} | {noun.lemma}
    if noun.pos == "NOUN" and noun.lemma in MEDIA_WORDS:  # "told the Ridge News newspaper"
        named = [child for child in below(parse, noun.i, "compound", "nmod", "appos") if child.pos == "PROPN"]
        proper = [token.text for token in parse.tokens[slice(*_name_range(parse, named[-1]))]] if named else []
        return " ".join(proper) or None
    return words if is_name and (beside & MEDIA_WORDS or words.split()[-1] not in ASSEMBLIES) else None


def _is_of_another_kind(grounds: Grounds, noun: Token) -> bool:
    """Whether the name is a person's, a people's or a place's: nobody's outlet."""
    people = (entity for entity in grounds.entities if entity.kind in ("person", "nationality"))
    named = [*(span for entity in people for span in entity.mentions), *(place.span for place in grounds.places)]
    return any(span.start <= noun.start < span.end for span in named)


def _name_range(parse: Parse, noun: Token) -> Range:
    first = noun.i
    for child in below(parse, noun.i, "compound", "amod", "nmod"):
        if child.i < noun.i and child.pos == "PROPN":
            first = min(first, subtree(parse, child.i)[0])
    while first > 0 and parse.tokens[first - 1].pos == "PROPN" and parse.tokens[first - 1].sentence == noun.sentence:
        first -= 1
    number = next((child.i for child in below(parse, noun.i, "nummod") if child.i == noun.i + 1), noun.i)
    return first, number + 1  # "Channel 9"


def _channel(page: Page, parse: Parse, prep: Token | None, noun: Token, knowledge: Knowledge) -> list[Channel]:
    """The channel a phrase names, by the proper name or the longest noun of a row."""
    first = min(
        [
            noun.i,
            *(
                subtree(parse, c.i)[0]
                for c in below(parse, noun.i, "compound", "amod", "nmod", "poss", "det", "nummod")
                if c.i < noun.i
            ),
        ]
    )
    words = [token.text.lower() for token in parse.tokens[first : noun.i + 1]]
    best: tuple[int, str, str | None] | None = None
    for row in channel_rows(knowledge):
        name = next(
            (
                parse.tokens[first + k].text
                for k, word in enumerate(words)
                if word in row.names and parse.tokens[first + k].text[0].isupper()
            ),
            None,
        )
        if name is not None and (len(words) == 1 or name == noun.text):
            best = max(best or (0, "", None), (9, row.kind, name), key=lambda found: found[0])
        for length in range(len(words), 0, -1):
            if " ".join(words[-length:]) in row.nouns and (best is None or length > best[0]):
                best = (length, row.kind, name)
    if best is None or (prep is None and best[2] is None and best[1] not in ("broadcast", "press_conference")):
        return []
    spans = pieces(page, parse, first, noun.i + 1)
    found = [Channel(best[1], best[2], spans[0])] if spans else []
    return found + _interviewer(page, parse, noun, knowledge) if best[1] in ("interview", "broadcast") else found


def _interviewer(page: Page, parse: Parse, noun: Token, knowledge: Knowledge) -> list[Channel]:
    """As in "an interview with Ridge News": the outlet it was given to."""
    for prep in below(parse, noun.i, "prep"):
        outlet = first_below(parse, prep.i, "pobj")
        if prep.text.lower() in ("with", "to", "on", "for") and outlet is not None:
            name = _outlet(parse, Grounds(), outlet, knowledge)
            spans = pieces(page, parse, *_name_range(parse, outlet))
            if name is not None and len(spans) == 1:
                return [Channel("outlet", name, spans[0])]
    return []


def _moment(parse: Parse, moments: tuple[Moment, ...], zone: frozenset[int]) -> str | None:
    starts = {parse.tokens[i].start for i in zone}
    return next(
        (
            moment.id
            for moment in moments
            if moment.type in ("DATE", "TIME") and _touches(moment.span.start, moment.span.end, starts)
        ),
        None,
    )


def _touches(start: int, end: int, starts: set[int]) -> bool:
    return (
        any(start <= at < end for at in starts)
        if len(starts) < end - start
        else any(at in starts for at in range(start, end))
    )


def _place(parse: Parse, places: tuple[Place, ...], cue: Cue, zone: frozenset[int]) -> str | None:
    """The place of the speaking: after "in" or "at" beside the cue, a real place and no actor."""
    for i in sorted(zone):
        token = parse.tokens[i]
        if token.dep != "prep" or token.text.lower() not in ("in", "at") or token.head != cue.head:
            continue
        first, last = subtree(parse, i)
        start, end = token.start, parse.tokens[last - 1].end
        at = bisect_left([place.span.start for place in places], start)
        if at < len(places) and places[at].span.start < end and places[at].use == "location" and last - first <= 8:
            return places[at].id
    return None
