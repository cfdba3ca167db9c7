"""Scores attributions, who said what by which words, against those that people marked.

Everything is counted in words, numbered through the text, so that white space and marks at an edge cost nothing.
For each role (source, cue, content) there are three scores: `exact`, the same words; `overlap`, pairs that share a
word, the most alike first; `token`, the words that carry the role. For whole attributions, paired by their contents:
`found`, some word in common; `link`, at least half of the words of both (Jaccard) and a word of the source, or
neither has a source; `full`, a word of the cue as well. Recall is told apart for direct contents (all of it between
quotation marks), mixed ones (some) and indirect ones (none).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Stretch = tuple[int, int]  # half open, in code points
Words = frozenset[int]  # numbers of words

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+(?:['’]\w+)?")
# An opening mark that another one follows opens nothing, and no quotation goes on over a line's end.
QUOTED = re.compile(r'["“«„][^"“”«»„\n]*["”»]')
TOGETHER = 0.5  # the least Jaccard of two contents that are one
ROOM = 120  # the most characters of a text that an error shows


@dataclass(frozen=True)
class Attribution:
    """Who said what by which words: stretches of a text. `id` is what its maker calls it."""

    source: tuple[Stretch, ...] = ()
    cue: tuple[Stretch, ...] = ()
    content: tuple[Stretch, ...] = ()
    id: str = ""


class Ruler:
    """The words of a text, numbered."""

    def __init__(self, text: str) -> None:
        places = [word.span() for word in WORD.finditer(text)]
        self.text = text
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]
        self._quoted = self.words(quotation.span() for quotation in QUOTED.finditer(text))

    def words(self, stretches: Iterable[Stretch]) -> Words:
        """The words that these stretches touch."""
        return frozenset(
            number
            for start, end in stretches
            for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )

    def quotation(self, words: Words) -> str:
        """How these words are quoted: direct, mixed, indirect, or none where there are no words."""
        if not words:
            return "none"
        if words <= self._quoted:
            return "direct"
        return "mixed" if words & self._quoted else "indirect"

    def aloud(self, words: Words) -> str:
        """The words themselves, in text order, without what stands between them."""
        return " ".join(self.text[self._starts[number] : self._ends[number]] for number in sorted(words))


@dataclass(frozen=True)
class Worded:
    """An attribution in words of its text."""

    of: Attribution
    source: Words
    cue: Words
    content: Words

    def role(self, name: str) -> Words:
        """The words of a role."""
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


def _worded(ruler: Ruler, attributions: Iterable[Attribution]) -> list[Worded]:
    """Attributions in words, without those that have neither a word of a cue nor of a content."""
    found = (
        Worded(one, ruler.words(one.source), ruler.words(one.cue), ruler.words(one.content)) for one in attributions
    )
    return [one for one in found if one.cue or one.content]


# Pairing


def alike(one: Words, two: Words) -> float:
    """The Jaccard index: 1 where the words are the same, 0 where none is shared."""
    return len(one & two) / len(one | two) if one or two else 0.0


def paired(wanted: Sequence[Words], given: Sequence[Words]) -> list[tuple[int, int]]:
    """Pairs (wanted, given) that share a word, the most alike first, each thing once."""
    near = sorted(
        (-alike(one, two), j, i)
        for i, one in enumerate(wanted)
        for j, two in enumerate(given)
        if not one.isdisjoint(two)
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, j, i in near:
        if i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return list(pairs.items())


def _is_same_source(wanted: Worded, given: Worded) -> bool:
    return bool(wanted.source & given.source) or not (wanted.source or given.source)


def _is_linked(wanted: Worded, given: Worded) -> bool:
    return alike(wanted.content, given.content) >= TOGETHER and _is_same_source(wanted, given)


@dataclass(frozen=True)
class Compared:
    """What was wanted and given of one text, and which of it are pairs."""

    ruler: Ruler
    wanted: list[Worded]
    given: list[Worded]
    pairs: list[tuple[int, int]]

    @property
    def linked(self) -> list[tuple[int, int]]:
        """The pairs that are one attribution."""
        return [(i, j) for i, j in self.pairs if _is_linked(self.wanted[i], self.given[j])]


def compare(text: str, wanted: Iterable[Attribution], given: Iterable[Attribution]) -> Compared:
    """Pair the attributions of one text by their contents."""
    ruler = Ruler(text)
    ours, theirs = _worded(ruler, wanted), _worded(ruler, given)
    return Compared(ruler, ours, theirs, paired([one.content for one in ours], [one.content for one in theirs]))


# Scores


@dataclass
class Tally:
    """Right answers, how many were given, how many were wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count the answers of one more text."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Right ones of a hundred given; 0 where none was given."""
        return 100 * self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right ones of a hundred wanted; 0 where none was wanted."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 200 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0


@dataclass
class Score:
    """The tallies of one text or of many. `recalls` are by kind of quotation: what was found, what was linked."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    recalls: dict[str, Tally] = field(default_factory=dict)

    def add(self, compared: Compared) -> None:
        """Count one more text."""
        self._add_attributions(compared)
        for role in ROLES:
            self._add_role(
                role,
                {one.role(role) for one in compared.wanted} - {frozenset()},
                {one.role(role) for one in compared.given} - {frozenset()},
            )
        self._add_recalls(compared)

    def _count(self, name: str, right: int, given: int, wanted: int) -> None:
        self.tallies.setdefault(name, Tally()).add(right, given, wanted)

    def _add_attributions(self, compared: Compared) -> None:
        linked = compared.linked
        full = [(i, j) for i, j in linked if compared.wanted[i].cue & compared.given[j].cue]
        for name, pairs in (("link", linked), ("full", full), ("found", compared.pairs)):
            self._count(name, len(pairs), len(compared.given), len(compared.wanted))

    def _add_role(self, role: str, wanted: set[Words], given: set[Words]) -> None:
        size = len(given), len(wanted)
        self._count(f"{role}_exact", len(wanted & given), *size)
        self._count(f"{role}_overlap", len(paired(sorted(wanted, key=sorted), sorted(given, key=sorted))), *size)
        ours: Words = frozenset().union(*wanted)
        theirs: Words = frozenset().union(*given)
        self._count(f"{role}_token", len(ours & theirs), len(theirs), len(ours))

    def _add_recalls(self, compared: Compared) -> None:
        found = {i for i, _ in compared.pairs}
        linked = {i for i, _ in compared.linked}
        for i, one in enumerate(compared.wanted):
            kind = compared.ruler.quotation(one.content)
            self.recalls.setdefault(f"{kind}_found", Tally()).add(i in found, 0, 1)
            self.recalls.setdefault(f"{kind}_linked", Tally()).add(i in linked, 0, 1)


def figures(score: Score) -> dict[str, float]:
    """The scores as numbers out of a hundred, one decimal: F1 by its plain name, then precision and recall."""
    numbers: dict[str, float] = {}
    for name, tally in score.tallies.items():
        numbers[name] = tally.f1
        numbers[f"{name}_precision"] = tally.precision
        numbers[f"{name}_recall"] = tally.recall
    numbers |= {name: score.recalls[name].recall for name in sorted(score.recalls)}
    return {name: round(number, 1) for name, number in numbers.items()}


# What went wrong


@dataclass(frozen=True)
class Error:
    """One attribution missed, read amiss or too much: its kind, and a sentence that shows at most `ROOM` characters."""

    kind: str
    says: str


def errors(compared: Compared) -> list[Error]:
    """All that went wrong in one text: pairs read amiss, then what was missed, then what is too much."""
    return [*_amiss(compared), *_missed(compared), *_extra(compared)]


def _amiss(compared: Compared) -> Iterator[Error]:
    for i, j in sorted(compared.pairs):
        one, two = compared.wanted[i], compared.given[j]
        kind = _fault(compared, one, two)
        if kind:
            yield Error(kind, _both(compared.ruler, kind, one, two))


def _fault(compared: Compared, one: Worded, two: Worded) -> str | None:
    """What is amiss between two that are a pair: the content first, then the source, then the cue."""
    if alike(one.content, two.content) < TOGETHER:
        return _content_fault(compared, one, two)
    if not _is_same_source(one, two):
        if not two.source:
            return "source missing"
        return "wrong source" if one.source else "source where none is"
    # A cue that is but a mark (a dash before the words) has no word that anybody could share.
    return "wrong cue" if one.cue and one.cue.isdisjoint(two.cue) else None


def _content_fault(compared: Compared, one: Worded, two: Worded) -> str:
    if len(_sharing(two.content, compared.wanted)) > 1:
        return "content merged"
    if len(_sharing(one.content, compared.given)) > 1:
        return "content split"
    too_much, lacking = len(two.content - one.content), len(one.content - two.content)
    return "content too long" if too_much > lacking else "content too short"


def _sharing(content: Words, among: Iterable[Worded]) -> list[Worded]:
    return [one for one in among if one.content & content]


def _missed(compared: Compared) -> Iterator[Error]:
    paired_already = {i for i, _ in compared.pairs}
    for i, one in enumerate(compared.wanted):
        if i not in paired_already:
            yield _alone(compared.ruler, one, f"missed: {_why_missed(compared, one)}")


def _why_missed(compared: Compared, one: Worded) -> str:
    if _sharing(one.content, compared.given):
        return "merged"  # what shares its words is the pair of another
    return "other words at its cue" if any(one.cue & two.cue for two in compared.given) else "no overlap"


def _extra(compared: Compared) -> Iterator[Error]:
    pair_of = {j: i for i, j in compared.pairs}
    matched = [compared.given[j] for j in pair_of]
    for j, two in enumerate(compared.given):
        if j not in pair_of:
            yield _alone(compared.ruler, two, f"extra: {_why_extra(compared, two, matched)}")


def _why_extra(compared: Compared, two: Worded, matched: list[Worded]) -> str:
    if _sharing(two.content, compared.wanted):
        return "the same words twice" if _sharing(two.content, matched) else "split"
    return "other words at a cue" if any(one.cue & two.cue for one in compared.wanted) else "no overlap"


def _alone(ruler: Ruler, one: Worded, kind: str) -> Error:
    return Error(kind, f"{kind} ({ruler.quotation(one.content)}): {_aloud(ruler, one, ROOM)}")


def _both(ruler: Ruler, kind: str, one: Worded, two: Worded) -> str:
    half = ROOM // 2
    match kind:
        case "content too long":
            other = f"too much: {_clipped(ruler.aloud(two.content - one.content), half)}"
        case "content too short":
            other = f"lacking: {_clipped(ruler.aloud(one.content - two.content), half)}"
        case _:
            other = f"read as: {_aloud(ruler, two, half)}"
    return f"{kind} ({ruler.quotation(one.content)}): {_aloud(ruler, one, half)} | {other}"


def _aloud(ruler: Ruler, one: Worded, room: int) -> str:
    who, cue, content = (_quoted(ruler.text, stretches) for stretches in (one.of.source, one.of.cue, one.of.content))
    return _clipped(f"{who or '(nobody)'} <{cue}> {content}", room)


def _quoted(text: str, stretches: Iterable[Stretch]) -> str:
    return " ".join(" ".join(text[start:end].split()) for start, end in stretches)


def _clipped(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"
