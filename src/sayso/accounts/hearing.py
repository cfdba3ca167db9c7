"""Everything that is heard of an incident: who tells it, who speaks of it, in which report, to what effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.accounts.known import Known
from sayso.accounts.speakers import NAMELESS, outlet_of, sort_of
from sayso.record import Anchor, Decision, Quoted, Saying, Speaker, Telling
from sayso.values.name import name_words
from sayso.values.spelling import levelled

UNREAL = frozenset(("did_not_happen", "denied", "foiled"))
NOWHERE = Speaker("", NAMELESS, "newsroom")
WORD = re.compile(r"[^\W_]{3,}")
EACH = re.compile(r"(?:each|both|the two|neither)\b", re.I)


Order = tuple[str, str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """One teller of one telling, or one who speaks of it; `saying` None is the report's own voice."""

    telling: Telling
    saying: Saying | None
    speaker: Speaker
    status: str  # what they commit to; "" where they only speak of it
    is_own: bool  # the voice of the report, told without anybody to answer for it
    words: frozenset[str]
    at: Quoted  # the sentence
    order: Order

    @property
    def report(self) -> str:
        """The report it stands in."""
        return self.telling.report

    @property
    def is_seen(self) -> bool:
        """Whether a newsroom or its footage saw it."""
        return self.saying is not None and self.saying.act == "observes"

    @property
    def anchor(self) -> Anchor:
        """The sentence, with its report."""
        return Anchor(self.report, self.at.span, self.at.words)


def _order(telling: Telling, saying: Saying | None, at: Quoted) -> Order:
    """A place in an order that does not hang on how the tellings came in: earliest report first, then its text."""
    published = telling.published
    said = saying.statement if saying is not None else ""
    earliest = published.earliest if published is not None and published.earliest else "9999"
    return earliest, telling.report, at.span.start, len(said), said, telling.event


def heard_of(tellings: Iterable[Telling], rulings: Sequence[Decision], rows: Known) -> list[Heard]:
    """All that is heard, in an order of its own, without what only relays another's words or was ruled out.

    A surname is given to the one person of that name who speaks in the report, "the ministry" to the one body whose
    name holds it, pictures to the outlet that their name begins with.
    """
    found = [heard for telling in tellings for heard in _heard(telling)]
    corrected = (_corrected(heard, rulings) for heard in found)
    kept = [heard for heard in corrected if heard is not None]
    by_report: dict[str, list[Heard]] = {}
    for heard in kept:
        by_report.setdefault(heard.report, []).append(heard)
    known_here = {report: _full_speakers(items) for report, items in by_report.items()}
    resolved = (replace(heard, speaker=_resolved(heard, known_here[heard.report], rows)) for heard in kept)
    unique = {(heard.report, heard.telling.event, heard.order[4], heard.status): heard for heard in resolved}
    return sorted(unique.values(), key=lambda heard: heard.order)


def named_in(decision: Decision, heard: Heard) -> frozenset[str]:
    """By which of its ids a ruling is about this: the statement, its source, or the speaker by name."""
    ids = {f"{heard.report}#{heard.speaker.source}", heard.speaker.name}
    if heard.saying is not None:
        said = heard.saying
        ids |= {f"{heard.report}#{said.statement}", f"{heard.report}#{said.speaker.source}", said.speaker.name}
    else:
        ids.add(f"{heard.report}#{heard.telling.event}")
    return frozenset(ids & set(decision.about))


@lru_cache(maxsize=8_192)
def words_in(text: str) -> frozenset[str]:
    """The words of a text that can be compared: small letters, spellings levelled, endings left off."""
    return frozenset(levelled(word)[:6] if word.isalpha() else word for word in WORD.findall(text))


def _heard(telling: Telling) -> Iterator[Heard]:
    relayed = {(outer.source, frozenset(inner.words)) for inner in _sayings(telling) for outer in others_between(inner)}
    told = {teller.saying.statement for teller in telling.tellers if teller.saying is not None}
    for teller in telling.tellers:
        if teller.saying is None:
            yield _own_voice(telling, teller.status)
        elif teller.status == "denied" or not _only_relays(teller.saying, relayed):
            yield _of(telling, teller.saying, teller.status)
    for saying in telling.touched_by:
        is_answer = saying.act in ("denies", "retracts") and saying.reach != "general"
        if is_answer and saying.statement not in told:
            yield _of(telling, saying, "denied")
    for saying in telling.about:
        if not _only_relays(saying, relayed):
            yield _of(telling, saying, "")


def _own_voice(telling: Telling, status: str) -> Heard:
    speaker = telling.voice or _nobody(telling)
    at = telling.sentence
    is_own = speaker.naming == "newsroom"
    return Heard(telling, None, speaker, status, is_own, words_in(at.words), at, _order(telling, None, at))


def _of(telling: Telling, saying: Saying, status: str) -> Heard:
    said = " ".join(part.words for part in saying.words) or telling.sentence.words
    at = saying.sentence or telling.sentence
    return Heard(telling, saying, saying.speaker, status, False, words_in(said), at, _order(telling, saying, at))


def _sayings(telling: Telling) -> Iterator[Saying]:
    yield from (teller.saying for teller in telling.tellers if teller.saying is not None)
    yield from telling.about


def others_between(saying: Saying) -> tuple[Speaker, ...]:
    """Who passes somebody's words on; one who says that they said it themselves passes nothing on."""
    return tuple(outer for outer in saying.relayed_by if outer.source != saying.speaker.source)


def _only_relays(saying: Saying, relayed: set[tuple[str, frozenset[Quoted]]]) -> bool:
    """Whether somebody else's words are all that is said: "the agency said, citing an officer", "workers were told"."""
    mine = {part.span for part in saying.words}
    return any(
        source == saying.speaker.source
        and all(any(span.start <= part.span.start and part.span.end <= span.end for span in mine) for part in words)
        for source, words in relayed
    )


def _nobody(telling: Telling) -> Speaker:
    name = telling.publisher or next(iter(telling.agencies), None)
    return replace(NOWHERE, name=name) if name is not None else NOWHERE


def _corrected(heard: Heard, rulings: Sequence[Decision]) -> Heard | None:
    """What people ruled of this statement: rejected, or said by somebody else; the last ruling counts."""
    for decision in sorted(rulings, key=lambda one: (one.at, one.id), reverse=True):
        if decision.withdrawn_at is not None or decision.ruling not in ("accept", "reject", "correct"):
            continue
        if heard.saying is None or f"{heard.report}#{heard.saying.statement}" not in decision.about:
            continue
        if decision.ruling == "reject":
            return None
        if decision.ruling == "correct" and decision.value:
            return replace(heard, speaker=Speaker(heard.speaker.source, decision.value, "named"))
        return heard
    return heard


def _full_speakers(items: Sequence[Heard]) -> list[Speaker]:
    found = {heard.speaker.name: heard.speaker for heard in items if heard.speaker.naming in ("named", "institution")}
    for heard in items:
        voice = heard.telling.voice
        if voice is not None and voice.naming != "newsroom":
            found.setdefault(voice.name, voice)
    return [found[name] for name in sorted(found)]


def _resolved(heard: Heard, here: Sequence[Speaker], rows: Known) -> Speaker:
    speaker = heard.speaker
    if heard.status == "denied" and speaker.party is None and EACH.match(speaker.name):
        return _accused(heard)
    if speaker.naming == "footage":
        return _outlet_of_footage(heard, rows)
    if speaker.naming == "named" and len(name_words(speaker.name)) == 1:
        surname = levelled(speaker.name)
        fits = [one for one in here if len(name_words(one.name)) > 1 and levelled(name_words(one.name)[-1]) == surname]
        return replace(fits[0], who=speaker.who or fits[0].who) if len(fits) == 1 else speaker
    if speaker.naming == "institution" and speaker.party is None and sort_of(speaker, rows) == "body":
        words = set(speaker.name.casefold().split()) - {"the", "its"}
        longer = [one for one in here if one.naming == "institution" and one.name != speaker.name]
        fits = [one for one in longer if words < set(one.name.casefold().split())]
        is_short = speaker.name[:4].casefold() == "the " and len(words) == 1
        return fits[0] if len(fits) == 1 and is_short else speaker
    return speaker


def _accused(heard: Heard) -> Speaker:
    """Of "each government denied the other's charge" the one that is charged with this deed."""
    sides = {agent.party for agent in heard.telling.agents if agent.party is not None}
    if len(sides) != 1:
        return heard.speaker
    return replace(heard.speaker, party=min(sides), party_words=heard.at.words)


def _outlet_of_footage(heard: Heard, rows: Known) -> Speaker:
    """Whose pictures they are: "Rivermark video from the market"; a newsroom's own, if they name nobody else."""
    name = heard.speaker.name.replace("’", "'")
    voice = heard.telling.voice
    for words in range(4, 0, -1):
        start = re.sub(r"'s?$", "", " ".join(name.split()[:words]))
        row = rows.outlets.get(start.casefold())
        if row is not None or (voice is not None and start == voice.name):
            return replace(heard.speaker, name=row or start, naming="newsroom")
    return heard.speaker


def is_outlet(speaker: Speaker, rows: Known) -> bool:
    """Whether a speaker is a newsroom."""
    return speaker.naming == "newsroom" or (speaker.naming == "institution" and outlet_of(speaker, rows) is not None)
