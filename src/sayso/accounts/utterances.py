"""Which things heard are one utterance: one speaker, and no time, channel or content that keeps them apart.

Inside one report sentences that follow each other go together; across reports the same speaker must tell the same, with
nothing that differs. In doubt about a bare "said", fewer utterances: an origin is never counted by mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sayso.accounts.copied import likeness
from sayso.accounts.hearing import Heard, is_outlet, named_in
from sayso.accounts.known import Known
from sayso.accounts.numbers import is_said_alike
from sayso.accounts.speakers import SameSpeaker, same_speaker, sort_of
from sayso.knowledge import Knowledge
from sayso.record import Decision, Figure, Reason, Speaker

REPEATED = re.compile(r"\b(?:repeat|reiterat|reaffirm|again)", re.I)
SPEAKS_FOR = re.compile(r"\bspokes(?:man|woman|person)\b", re.I)
POSTS = frozenset(("messaging", "social_post"))
LIKE = 0.35
"""The share of words that two sentences of one speaker must have in common to be the same utterance elsewhere."""
NEXT = 1
"""Characters between two sentences of one paragraph."""


Channels = frozenset[tuple[str, str]]


class Group:
    """Things heard that are one utterance: the earliest first, the channels it came through, whose words they are."""

    def __init__(self, items: Iterable[Heard], reasons: Iterable[Reason] = ()) -> None:
        """Begin with some things heard."""
        self.items: list[Heard] = []
        self.reasons = list(reasons)
        self.channels: Channels = frozenset()
        self.speakers: dict[Speaker, Heard] = {}
        self.is_repeated = False
        self.add(items)

    @property
    def report(self) -> str:
        """The report of the earliest thing heard."""
        return self.first.report

    def add(self, items: Iterable[Heard]) -> None:
        """Take more in."""
        for heard in items:
            self.items.append(heard)
            self.channels |= channels_of(heard)
            self.speakers.setdefault(heard.speaker, heard)
            self.is_repeated |= _is_repeated(heard)
        self.first = min(self.items, key=lambda heard: heard.order)


def channels_of(heard: Heard) -> Channels:
    """The channels of one thing heard, as kind and name; "told the Courier" in the Courier is none."""
    if heard.saying is None:
        return frozenset()
    own = {heard.telling.publisher, *heard.telling.agencies, heard.telling.voice.name if heard.telling.voice else None}
    return frozenset(
        ("post" if through.kind in POSTS else through.kind, (through.name or "").casefold())
        for through in heard.saying.via
        if through.kind != "outlet" or through.name not in own
    )


class Joining:
    """Puts things heard together to utterances, for one incident."""

    def __init__(self, knowledge: Knowledge, rows: Known, rulings: Iterable[Decision] = ()) -> None:
        """`rulings` are those on who is one speaker; others are not asked."""
        self._knowledge = knowledge
        self._rows = rows
        self._rulings = [
            decision
            for decision in sorted(rulings, key=lambda one: (one.at, one.id), reverse=True)
            if decision.ruling in ("same_speaker", "different_speaker") and decision.withdrawn_at is None
        ]

    def utterances(self, heard: Sequence[Heard]) -> list[Group]:
        """The utterances, whatever order the things heard came in."""
        by_report: dict[str, list[Heard]] = {}
        for one in sorted(heard, key=lambda item: item.order):
            by_report.setdefault(one.report, []).append(one)
        groups = [group for items in by_report.values() for group in self._in_report(items)]
        return self._across(groups)

    def is_one_speaker(self, one: Heard, two: Heard) -> SameSpeaker:
        """Whether two speakers are one: in one report by its own reading, across reports by name."""
        if one.report == two.report and _is_here(one, two):
            return SameSpeaker(True, (Reason("source", True, "one source of one report", one.anchor, two.anchor),))
        if one.is_own != two.is_own and not (one.is_seen or two.is_seen):
            return SameSpeaker(False)
        return self._ruled(one, two) or same_speaker(one.speaker, two.speaker, self._knowledge)

    def _ruled(self, one: Heard, two: Heard) -> SameSpeaker | None:
        """What a person ruled of these two, the last ruling first; of more than two "different" says not which."""
        for decision in self._rulings:
            ours, theirs = named_in(decision, one), named_in(decision, two)
            if not ours or not theirs:
                continue
            is_same = decision.ruling == "same_speaker"
            if is_same or (ours != theirs and len(decision.about) == 2):
                says = f"{decision.who} ruled that they are {'one speaker' if is_same else 'two speakers'}"
                return SameSpeaker(is_same, (Reason("ruled", is_same, says, one.anchor, two.anchor),))
        return None

    # In one report -----------------------------------------------------------------------------------

    def _in_report(self, items: Sequence[Heard]) -> list[Group]:
        groups: list[Group] = []
        for one in items:
            fits = [group for group in groups if self._goes_with(one, group)]
            if not fits:
                groups.append(Group([one]))
                continue
            best = max(fits, key=lambda group: (_is_beside(one, group), group.first.order))
            best.add([one])
        return groups

    def _goes_with(self, one: Heard, group: Group) -> bool:
        """Whether something heard goes on with an utterance of the same report."""
        if not any(self._is_speaker_of(one, item) for item in group.items):
            return False
        if one.is_seen != group.first.is_seen or one.is_own != group.first.is_own:
            return False
        if _times_differ(one, group.items):
            return False
        mine = channels_of(one)
        if not mine and not group.channels:
            return True
        if mine and group.channels:
            return _meet(mine, group.channels)
        return _is_beside(one, group) or any(_tells_the_same(one, item) for item in group.items)

    def _is_speaker_of(self, one: Heard, item: Heard) -> bool:
        return self.is_one_speaker(one, item).same or self._speaks_for(one, item) or self._speaks_for(item, one)

    def _speaks_for(self, one: Heard, body: Heard) -> bool:
        """A spokesman, or a chief, right behind the body they are named with: "Kesterian police", "police chief"."""
        if one.speaker.naming != "named" or sort_of(body.speaker, self._rows) != "body":
            return False
        told = f"{one.speaker.role or ''} {one.speaker.who.words if one.speaker.who else ''}"
        if SPEAKS_FOR.search(told):
            return abs(one.at.span.start - body.at.span.end) <= 2 or one.at.span.start == body.at.span.start
        common = set(re.findall(r"[a-z]{5,}", told)) & set(re.findall(r"[a-z]{5,}", body.speaker.name))
        return bool(common)

    # Across reports ----------------------------------------------------------------------------------

    def _across(self, groups: list[Group]) -> list[Group]:
        pairs = sorted(
            (-strength, i, j)
            for i, j in self._of_one_speaker(groups)
            if (strength := self._likeness(groups[i], groups[j])) > 0
        )
        parent = list(range(len(groups)))

        def root(at: int) -> int:
            while parent[at] != at:
                at = parent[at]
            return at

        for _, i, j in pairs:
            left, right = root(i), root(j)
            if left == right or _keeps_apart(groups[left], groups[right]):
                continue
            low, high = sorted((left, right))
            groups[low].reasons += [*groups[high].reasons, *self._reasons(groups[i], groups[j])]
            groups[low].add(groups[high].items)
            parent[high] = low
        return [group for at, group in enumerate(groups) if parent[at] == at]

    def _of_one_speaker(self, groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
        """The pairs of groups of different reports whose speakers can be one, each speaker compared once."""
        speakers = {self._known_by(heard): heard for group in groups for heard in group.speakers.values()}
        numbers = {speaker: number for number, speaker in enumerate(speakers)}
        like = [1 << number for number in range(len(speakers))]
        for (one, first), (two, second) in combinations(enumerate(speakers.values()), 2):
            found = self._ruled(first, second) or same_speaker(first.speaker, second.speaker, self._knowledge)
            if found.same:
                like[one] |= 1 << two
                like[two] |= 1 << one
        mine = [{numbers[self._known_by(heard)] for heard in group.speakers.values()} for group in groups]
        theirs = [sum(1 << number for number in found_in) for found_in in mine]
        wanted = [0] * len(groups)
        for at, found_in in enumerate(mine):
            for number in found_in:
                wanted[at] |= like[number]
        for i, j in combinations(range(len(groups)), 2):
            if wanted[i] & theirs[j] and groups[i].report != groups[j].report:
                yield i, j

    def _known_by(self, heard: Heard) -> tuple[str, Speaker]:
        """What makes a speaker another one to compare: rulings are about those of single reports."""
        return heard.report if self._rulings else "", heard.speaker

    def _likeness(self, left: Group, right: Group) -> float:
        """How much speaks for two groups of different reports being one utterance; 0 where something is against it."""
        one, two = left.first, right.first
        if one.is_seen != two.is_seen or one.is_own != two.is_own:
            return 0.0
        if not self._reasons(left, right):
            return 0.0
        if one.is_own:
            return 1.0  # one newsroom that gives no source is one, however often it tells
        if _keeps_apart(left, right):
            return 0.0
        tells = any(_tells_the_same(a, b) for a in left.items for b in right.items)
        words = max(likeness(a, b) for a in left.items for b in right.items)
        if not tells and words < LIKE:
            return 0.0
        return words + tells + 2.0 * bool(left.channels & right.channels)

    def _reasons(self, left: Group, right: Group) -> tuple[Reason, ...]:
        """Why the speakers of two groups are one; none where they are two."""
        pairs = ((a, b) for a in left.speakers.values() for b in right.speakers.values())
        return next((found.reasons for a, b in pairs if (found := self.is_one_speaker(a, b)).same), ())


def _is_here(one: Heard, two: Heard) -> bool:
    """One source of one reading, or both the report's own voice."""
    if one.is_own or two.is_own:
        return one.is_own and two.is_own
    return (
        one.speaker == two.speaker
        or (one.speaker.source == two.speaker.source != "")
        or (one.speaker.name == two.speaker.name and one.speaker.naming not in ("described", "group", "unknown"))
    )


def _is_beside(one: Heard, group: Group) -> bool:
    """Whether it stands in the same sentence, or the next one of the same paragraph."""
    return any(
        one.at.span == item.at.span or 0 <= one.at.span.start - item.at.span.end <= NEXT
        or 0 <= item.at.span.start - one.at.span.end <= NEXT
        for item in group.items
    )  # fmt: skip


def _meet(one: Channels, two: Channels) -> bool:
    """Whether two sets of channels can be one: "a post" goes with "a post on X", X does not go with Telegram."""
    return any(kind == other and (name == named or not (name and named)) for kind, name in one for other, named in two)


def _tells_the_same(one: Heard, two: Heard) -> bool:
    """Whether both tell the event, and commit to the same."""
    return bool(one.status) and one.status == two.status


def _keeps_apart(left: Group, right: Group) -> bool:
    """Whether time, channel, what is counted, or "repeated" shows two utterances."""
    if left.channels and right.channels and not _meet(left.channels, right.channels):
        return True
    if any(_times_differ(one, right.items) for one in left.items):
        return True
    if left.is_repeated != right.is_repeated:
        return True
    return _figures_differ(left.items, right.items)


def _is_repeated(heard: Heard) -> bool:
    cue = heard.saying.cue if heard.saying is not None else None
    return cue is not None and bool(REPEATED.search(cue.words))


def _times_differ(one: Heard, items: Iterable[Heard]) -> bool:
    mine = one.saying.when if one.saying is not None else None
    if mine is None or mine.earliest is None or mine.latest is None:
        return False
    for item in items:
        theirs = item.saying.when if item.saying is not None else None
        if theirs is None or theirs.earliest is None or theirs.latest is None:
            continue
        if theirs.latest <= mine.earliest or mine.latest <= theirs.earliest:
            return True
    return False


def _figures_differ(left: Iterable[Heard], right: Iterable[Heard]) -> bool:
    ours = [figure for heard in left for figure in figures_of(heard)]
    theirs = [figure for heard in right for figure in figures_of(heard)]
    return any(a.of == b.of and not is_said_alike(a.quantity, b.quantity) for a in ours for b in theirs)


def figures_of(heard: Heard) -> tuple[Figure, ...]:
    """The figures that this teller gives: those told by their statement, or by nobody where only they tell it."""
    if heard.status in ("", "denied", "did_not_happen", "foiled"):
        statement = heard.saying.statement if heard.saying is not None else None
        return tuple(figure for figure in heard.telling.figures if statement is not None and statement in figure.told)
    return tuple(figure for figure in heard.telling.figures if is_told_by(heard, figure.told))


def is_told_by(heard: Heard, told: Sequence[str]) -> bool:
    """Whether a part of a telling is this teller's: told by their statement, or by nobody and they commit to it."""
    if heard.saying is not None and heard.saying.statement in told:
        return True
    if told:
        return _is_told_by_their_relay(heard, told)
    tellers = [one for one in heard.telling.tellers if one.status not in ("denied", "did_not_happen")]
    own = [one for one in tellers if one.saying is None]
    return heard.saying is None if own else bool(tellers) and tellers[0].saying == heard.saying


def _is_told_by_their_relay(heard: Heard, told: Sequence[str]) -> bool:
    """Whether whoever passes their words on tells it: "the agency said, citing an officer"."""
    outer = {one.source for one in heard.saying.relayed_by} if heard.saying is not None else set()
    sayings = (teller.saying for teller in heard.telling.tellers if teller.saying is not None)
    return any(one.statement in told and one.speaker.source in outer for one in sayings)


__all__ = ["Group", "Joining", "channels_of", "figures_of", "is_outlet", "is_told_by"]
