"""What the words came through, to whom, when and where: the phrases beside a cue."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below, pieces
from sayso.record import Channel, Grounds, Moment, Page, Place
from sayso.statements.cue import Cue
from sayso.statements.rows import channel_rows, outlet_names
from sayso.statements.shapes import BESIDE_NAMES, Range, agent, noun_phrase, overlaps, subject, subtree

CARRIED = frozenset({"post", "tweet", "message", "statement", "remark", "comment", "word", "update"})
"""Nouns for words as such: where the place they were put is told, that is the channel ("a post on X")."""
CARRIERS = ("social_post", "messaging", "broadcast")
SPOKEN = ("speech", "written_statement", "audio")
SEEN = ("video", "audio", "broadcast")
SENT = ("audio", "social_post", "messaging")
"""Kinds that can stand for who sent them: where no sender is named, they are the channel all the same."""
PUTTING = frozenset(
    {"post", "release", "publish", "issue", "share", "upload", "circulate", "record", "air", "appear", "speak", "go"}
)
"""Verbs whose object or phrase is the channel of what is said beside them: "posted a video and said"."""
SENDING = frozenset({"send", "sign", "write", "read", "make", "put", "submit", "present", "deliver"})
DRAWING = frozenset({"draw", "compile", "prepare", "draft", "produce"})
SPEAKING = frozenset({"speak", "talk", "write", "appear", "testify", "address", "ask"})
REACHED = frozenset({"reach", "contact", "interview"})
FURTHEST_CARRIER = 40
"""How many characters may lie between "remarks" and "state television" that they were shown on."""
UNSPOKEN = ("DATE", "TIME", "GPE", "LOC")
ACCOUNTS = frozenset({"channel", "account", "page", "group", "feed", "post"})
THROUGH = frozenset({"on", "in", "via", "through", "at", "during", "by", "over", "from", "to", "with", "using"})
CHECKING = frozenset({"verify", "authenticate", "corroborate", "confirm"})
UNABLE = frozenset({"unable", "not", "n't", "cannot"})
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


class Carriers(NamedTuple):
    """Names (in lower case) and one-word nouns of what words come through, gatherings and papers left out."""

    names: frozenset[str]
    nouns: frozenset[str]


@cache
def carriers(knowledge: Knowledge) -> Carriers:
    """What a phrase behind an object can name as its channel and not as its topic."""
    rows = [row for row in channel_rows(knowledge) if row.kind not in ("other", "court", "document", "website")]
    nouns = frozenset(noun for row in rows for noun in row.nouns if " " not in noun)
    return Carriers(frozenset(name for row in rows for name in row.names), nouns)


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
        own = subtree(parse, cue.who)
        tokens -= set(range(*(own if cue.head not in range(*own) else cue.who_range or noun_phrase(parse, cue.who))))
        tokens |= _beside_name(parse, cue.who)
    for words in cue.said:
        tokens -= set(range(*words))
    return frozenset(tokens)


def _beside_name(parse: Parse, who: int) -> set[int]:
    """Phrases that the parse hangs on a name but that tell how it spoke: "said Lee in a video address"."""
    names = [token.i for token in below(parse, who, "appos") if token.pos == "PROPN" and token.i > who]
    if parse.tokens[who].pos == "PROPN":
        names = [who]
    if not names:
        return set()
    hung = [prep for at in {who, *names} for prep in below(parse, at, "prep")]
    beside = [prep for prep in hung if prep.i > names[0] and prep.text.lower() in BESIDE_NAMES]
    return {i for prep in beside for i in range(*subtree(parse, prep.i))}


def _adjacent_end(parse: Parse, cue: Cue, sentence: Range) -> int:
    """Where a phrase ends that follows the cue at once ("said on Facebook"), whatever the parse hangs it on."""
    end = cue.cue[1] if cue.cue is not None else cue.head + 1
    told = parse.tokens[end] if end < sentence[1] else None
    if told is not None and told.pos in ("NOUN", "PRON") and told.i != cue.who:
        end += _is_told_beside(parse, cue, told)  # "informed reporters by video link"
    if cue.who is not None and cue.who >= end:
        end = max(end, subtree(parse, cue.who)[1])
    if (
        end < sentence[1]
        and parse.tokens[end].dep == "prep"
        and not any(overlaps((end, end + 1), words) for words in cue.said)
    ):
        return subtree(parse, end)[1]
    return end


def _is_told_beside(parse: Parse, cue: Cue, told: Token) -> bool:
    return not _is_in_words(cue, told.i) and parse.tokens[told.i + 1].dep == "prep"


def _channels(
    page: Page, parse: Parse, grounds: Grounds, cue: Cue, zone: frozenset[int], knowledge: Knowledge
) -> tuple[Channel, ...]:
    found: list[Channel] = []
    if cue.addressee is not None:
        found.extend(_told(page, parse, grounds, parse.tokens[cue.addressee], knowledge))
    found.extend(_shown(page, parse, cue, knowledge))
    found.extend(_interviewed(page, parse, cue))
    for i in sorted(zone | _reached(parse, cue) | _put(parse, cue)):
        noun = _through(parse, i)
        if noun is not None:
            found.extend(_channel(page, parse, parse.tokens[i], noun, knowledge))
    found.extend(_put_forth(page, parse, cue, knowledge))
    found.extend(_relayed(page, parse, grounds, cue, knowledge))
    return _without_own(page, parse, _carried(page, parse, tuple(dict.fromkeys(found))))


def _through(parse: Parse, i: int) -> Token | None:
    """The noun that a phrase like "on Telegram" tells of."""
    token = parse.tokens[i]
    if token.dep not in ("prep", "agent", "dative") or token.text.lower() not in THROUGH:
        return None
    following = parse.tokens[min(i + 1, len(parse.tokens) - 1)]
    is_cut = following.dep == "punct" and following.pos != "PUNCT"  # "on X." at a sentence's end
    return following if is_cut else first_below(parse, i, "pobj", "pcomp")


def _shown(page: Page, parse: Parse, cue: Cue, knowledge: Knowledge) -> list[Channel]:
    """The video that shows, the account that speaks: "drone footage showed", "the Telegram channel Ridge Live said"."""
    if cue.who is None:
        return []
    first, last = noun_phrase(parse, cue.who)
    found: list[Channel] = []
    for token in parse.tokens[first:last]:
        kind, name = _kind_of(parse, token, cue, knowledge)
        spans = pieces(page, parse, token.i, token.i + 1)
        if kind is not None and spans:
            found.append(Channel(kind, name, spans[0]))
    return found[:1]


def _interviewed(page: Page, parse: Parse, cue: Cue) -> list[Channel]:
    """As in "a former adviser, interviewed twice in Paris, claimed …"."""
    verbs = below(parse, cue.who, "acl", "relcl") if cue.who is not None else []
    return [
        Channel("interview", None, span)
        for verb in verbs
        if verb.lemma == "interview" and verb.tag in ("VBN", "VBD")
        for span in pieces(page, parse, verb.i, verb.i + 1)
    ]


def _kind_of(parse: Parse, token: Token, cue: Cue, knowledge: Knowledge) -> tuple[str | None, str | None]:
    """What a word of the speaker's phrase was spoken through: its kind, and its name where it has one."""
    following = parse.tokens[min(token.i + 1, len(parse.tokens) - 1)]
    is_head = token.i == cue.who
    if not is_head and following.lemma not in ACCOUNTS:
        return None, None
    is_owned = is_head and issuer(parse, token) is not None
    for row in channel_rows(knowledge):
        if is_head and token.lemma in row.nouns and (row.kind == "video" if cue.act == "observes" else is_owned):
            return row.kind, None
        if is_head and cue.act != "observes" and row.kind in SENT and _with_kind(parse, token) in row.nouns:
            return row.kind, None  # "an audio message claimed"
        if token.text.casefold() in row.names and token.text[0].isupper() and following.lemma in ACCOUNTS:
            return row.kind, token.text
    return None, None


def _with_kind(parse: Parse, noun: Token) -> str:
    """A noun with the word right before it: "audio message"."""
    return f"{parse.tokens[max(noun.i - 1, 0)].text.lower()} {noun.lemma}"


def issuer(parse: Parse, noun: Token) -> Token | None:
    """Who speaks through a text: its owner ("the ministry's report"), or who put it out ("issued a letter saying")."""
    owner = first_below(parse, noun.i, "poss")
    if owner is not None:
        return owner
    maker = next((maker for made in below(parse, noun.i, "acl") if (maker := _maker(parse, made)) is not None), None)
    if maker is not None:
        return maker
    verb = parse.tokens[noun.head]
    if noun.dep == "dobj" and verb.lemma in PUTTING | SENDING and noun.i > verb.i:
        return subject(parse, verb.i)
    return None


def _maker(parse: Parse, made: Token) -> Token | None:
    """As in "a list drawn up by the priest", "a statement issued by the army"."""
    return agent(parse, made.i) if made.lemma in PUTTING | SENDING | DRAWING else None


def _reached(parse: Parse, cue: Cue) -> set[int]:
    """How a speaker was reached: "a driver reached by phone"."""
    if cue.who is None:
        return set()
    verbs = [token for token in below(parse, cue.who, "acl", "relcl") if token.lemma in REACHED | PUTTING]
    return {i for verb in verbs for i in range(*subtree(parse, verb.i))}


def _put(parse: Parse, cue: Cue) -> set[int]:
    """The phrases of a verb beside which the words stand: "went on state television, saying …"."""
    above = _putting(parse, cue)
    if above is None:
        return set()
    preps = [prep for prep in below(parse, above.i, "prep") if not _is_in_words(cue, prep.i)]
    return {prep.i for prep in preps}


def _put_forth(page: Page, parse: Parse, cue: Cue, knowledge: Knowledge) -> list[Channel]:
    """What was put out with the words in it: "posted a video and said", "issued a statement saying"."""
    above, head = _putting(parse, cue), parse.tokens[cue.head]
    noun = first_below(parse, above.i, "dobj", "nsubjpass") if above is not None else None
    if head.dep in ("acl", "relcl") and parse.tokens[head.head].dep in ("dobj", "pobj", "nsubjpass"):
        noun = parse.tokens[head.head]
    if noun is None or noun.i == cue.who or _is_in_words(cue, noun.i):
        return []
    return _channel(page, parse, noun, noun, knowledge)


def _putting(parse: Parse, cue: Cue) -> Token | None:
    """The verb of putting out that the cue hangs on."""
    head = parse.tokens[cue.head]
    above = parse.tokens[head.head]
    if above.i == head.i or head.dep not in ("advcl", "acl", "conj", "xcomp", "relcl", "ccomp"):
        return None
    if above.pos == "NOUN":
        above = parse.tokens[above.head]
    return above if above.lemma in PUTTING and above.pos == "VERB" and above.i < head.i else None


def _is_in_words(cue: Cue, i: int) -> bool:
    return any(words[0] <= i < words[1] for words in cue.said)


def _relayed(page: Page, parse: Parse, grounds: Grounds, cue: Cue, knowledge: Knowledge) -> list[Channel]:
    """The outlet that hands somebody's words on: "Ridge News said, citing an officer", "was quoted by Ridge News"."""
    relay = subject(parse, cue.relay_of) if cue.relay_of is not None else _quoting(parse, cue)
    if relay is None or not _is_outlet(grounds, relay, parse, knowledge):
        return []
    named = _channel(page, parse, relay, relay, knowledge)
    return named or _told(page, parse, grounds, relay, knowledge)


def _quoting(parse: Parse, cue: Cue) -> Token | None:
    """Who quotes in "was quoted by the agency as saying"."""
    head = parse.tokens[cue.head]
    above = parse.tokens[head.head] if head.dep == "pcomp" else head
    quoted = parse.tokens[above.head] if above.dep == "prep" else head
    return agent(parse, quoted.i) if quoted.lemma in ("quote", "cite") else None


def _is_outlet(grounds: Grounds, noun: Token, parse: Parse, knowledge: Knowledge) -> bool:
    first, last = noun_phrase(parse, noun.i)
    words = {token.lemma for token in parse.tokens[first:last]}
    known = outlet_names(knowledge)
    name = " ".join(token.text for token in parse.tokens[slice(*_name_range(parse, noun))])
    outlets = (span for entity in grounds.entities if entity.kind == "outlet" for span in entity.mentions)
    return (
        bool(words & MEDIA_WORDS)
        or name.casefold() in known
        or any(span.start <= noun.start < span.end for span in outlets)
    )


def _carried(page: Page, parse: Parse, found: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """The chain without words as such before the place they were put: "a post on X", "remarks shown on television"."""
    text = page.report.text
    kept = list(found)
    for one, following in pairwise(found):
        if one.span is None or following.span is None or following.kind not in CARRIERS or one.name is not None:
            continue
        noun = text[one.span.start : one.span.end].split()[-1].lower().removesuffix("s")
        if one.kind in SEEN:
            continue  # an audio message is more than its words
        is_near = 0 <= following.span.start - one.span.end <= FURTHEST_CARRIER
        if noun in CARRIED and is_near and one in kept:
            kept.remove(one)
    return tuple(kept)


def _without_own(page: Page, parse: Parse, found: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """The chain ends before this outlet: told "to Ridge News by phone" in Ridge News, it came by phone."""
    own = {named.name.casefold() for named in (page.publisher, *page.agencies) if named is not None}
    others = tuple(one for one in found if one.name is None or one.name.casefold() not in own) or found
    named = {one.name.casefold() for one in others if one.kind == "outlet" and one.name is not None}
    ours = _own_names(parse) - own if named else set()
    return tuple(one for one in others if one.name is None or one.name.casefold() not in ours)


def _own_names(parse: Parse) -> set[str]:
    """Names by which a report speaks of its own outlet: who "has been unable to authenticate" something."""
    found = set()
    for token in parse.tokens:
        if token.lemma not in CHECKING or not token.tag.startswith("VB"):
            continue
        sentence = parse.tokens[slice(*parse.sentences[token.sentence])]
        who = next((near for near in sentence if near.dep == "nsubj" and near.i < token.i), None)
        if who is not None and who.pos == "PROPN" and any(near.text.lower() in UNABLE for near in sentence):
            found.add(" ".join(near.text for near in parse.tokens[slice(*_name_range(parse, who))]).casefold())
    return found


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
        if child.i < noun.i and _is_named(child):
            first = min(first, child.i)
    while first > 0 and _is_named(parse.tokens[first - 1]) and parse.tokens[first - 1].sentence == noun.sentence:
        first -= 1
    number = next((child.i for child in below(parse, noun.i, "nummod") if child.i == noun.i + 1), noun.i)
    return first, number + 1  # "Channel 9"


def _is_named(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[0].isupper()


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
    words = [token.text.lower().rstrip(".") for token in parse.tokens[first : noun.i + 1]]
    best: tuple[int, str, str | None] | None = None
    for row in channel_rows(knowledge):
        name = next(
            (
                parse.tokens[first + k].text.rstrip(".")
                for k, word in enumerate(words)
                if word in row.names and parse.tokens[first + k].text[0].isupper()
            ),
            None,
        )
        if name is not None and (len(words) == 1 or name == noun.text.rstrip(".")):
            best = max(best or (0, "", None), (9, row.kind, name), key=lambda found: found[0])
        for length in range(len(words), 0, -1):
            if " ".join(words[-length:]) in row.nouns and (best is None or length > best[0]):
                best = (length, row.kind, name)
    if best is None or (prep is None and best[2] is None and best[1] not in ("broadcast", "press_conference")):
        return []
    if best[1] == "other" and (prep is None or prep.text.lower() != "at"):
        return []  # "in their first meeting" tells when
    best = (best[0], _seen(words, best, knowledge), best[2])
    spans = pieces(page, parse, first, noun.i + 1)
    found = [Channel(best[1], best[2], spans[0])] if spans else []
    return found + _interviewer(page, parse, noun, knowledge) if best[1] in ("interview", "broadcast") else found


def _seen(words: list[str], best: tuple[int, str, str | None], knowledge: Knowledge) -> str:
    """The kind of a phrase by how it was seen or heard, where a word before the noun tells: "a video speech"."""
    if best[0] > 1 or best[1] not in SPOKEN:
        return best[1]
    kinds = (row.kind for word in words[:-1] for row in channel_rows(knowledge) if word in row.nouns)
    return next((kind for kind in kinds if kind in SEEN), best[1])


def _interviewer(page: Page, parse: Parse, noun: Token, knowledge: Knowledge) -> list[Channel]:
    """As in "an interview with Ridge News": the outlet it was given to."""
    for prep in below(parse, noun.i, "prep"):
        outlet = first_below(parse, prep.i, "pobj")
        if (
            prep.text.lower() in ("with", "to", "on", "for")
            and outlet is not None
            and not outlet.ent.endswith(UNSPOKEN)
        ):
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
        if token.dep != "prep" or token.text.lower() not in ("in", "at", "from") or not _is_of_speaking(parse, cue, i):
            continue
        first, last = subtree(parse, i)
        start, end = token.start, parse.tokens[last - 1].end
        at = bisect_left([place.span.start for place in places], start)
        if at < len(places) and places[at].span.start < end and places[at].use == "location" and last - first <= 8:
            return places[at].id
    return None


def _is_of_speaking(parse: Parse, cue: Cue, prep: int) -> bool:
    """Whether a phrase hangs on the cue, on its day ("on Monday in Geneva"), its event or "speaking in"."""
    head = parse.tokens[parse.tokens[prep].head]
    if head.i == cue.head or head.lemma in SPEAKING:
        return True
    above = parse.tokens[head.head] if head.dep == "pobj" else head
    return above.dep == "prep" and above.head == cue.head
