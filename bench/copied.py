"""Pairs of reports that are copies, and pairs that are not, made of two sets of texts. See `bench.copies`."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import numpy as np

from sayso import __version__
from sayso.copies.prints import QUOTED, TOKEN, Print, fingerprint
from sayso.copies.words import FIGURE, NAME
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Grounds, Reading, Span

SORTED = Path(__file__).with_name("copied.toml")
ASIDE = ("wire", "rewritten")
"""Sorts of pairs that are reports of one event and no independent tellings of it."""
ADDRESS = re.compile(r"https?: ?/ ?/[^\n]*\n")
WORDS = re.compile(r'"|\w+')
MARK = re.compile(r"``|''|\"")
MARKS = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"'})
RUN = 8
"""Words: from here on a run of the same words counts as copied."""
LONGEST_RUN, MOST_IN_RUNS = 12, 20
"""Words outside quotation marks: a pair of reports with one run as long, or so many in runs, holds copied text."""
PAIRS_OF_AN_ITEM = 7
LIKE_SUBJECTS = 5


@dataclass(frozen=True, eq=False)
class Text:
    """One text of a set. `group` is what must not stand on both sides of training: an item, or a topic."""

    name: str
    group: str
    subset: str  # what it is an item of: the set of renderings, or the event
    text: str

    @cached_property
    def print(self) -> Print:
        """What we know it by."""
        return print_of(self.text, self.name)

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences as the reader finds them."""
        return [self.text[span.start : span.end] for span in self.print.sentences]

    @cached_property
    def words(self) -> list[tuple[str, bool]]:
        """Its words, and whether each is quoted."""
        told, inside = [], False
        for match in WORDS.finditer(self.text.replace("``", '"').replace("''", '"').translate(MARKS)):
            if match[0] == '"':
                inside = not inside
            else:
                told.append((match[0].lower(), inside))
        return told


@dataclass(frozen=True)
class Case:
    """Two prints, whether one is a copy of the other, and what sort of pair that is. `texts` are for the peers."""

    kind: str
    is_copy: bool
    group: str
    here: Print
    there: Print
    texts: tuple[str, str] | None = None
    says: str = ""


@dataclass
class Sets:
    """The texts of both sets: renderings by item, reports by event."""

    items: dict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))


def print_of(text: str, name: str) -> Print:
    """The print of a text, read without a model."""
    page = read_page(sealed(text.encode(), media_type="text/plain; charset=utf-8", path=name), Given(), ours())
    return replace(fingerprint(Reading(__version__, page, Grounds())), report=name)


def read_sets(files: Iterable[Path]) -> Sets:
    """The texts of files of both layouts. Raises ValueError, with file and line, for one of neither."""
    found = Sets()
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                _put(row, found)
            except (KeyError, TypeError, ValueError) as wrong:
                raise ValueError(
                    f"{file}, line {number}: {wrong!r}. Each line is an object with doc and text, and either "
                    "set and version (a rendering) or topic and event (a report)."
                ) from wrong
    return found


def _put(row: dict[str, Any], found: Sets) -> None:
    if "version" in row:
        item = f"{row['set']}/{row['doc']}"
        found.items[item].append(Text(f"{item}/{row['version']}", item, row["set"], row["text"]))
    else:
        # ECB+ files begin with their address, parted into words.
        text = typeset(ADDRESS.sub("", row["text"], count=1) if ADDRESS.match(row["text"]) else row["text"])
        if text.strip():
            found.events[row["event"]].append(Text(row["doc"], f"topic {row['topic']}", row["event"], text))


def typeset(text: str) -> str:
    """A text of ECB+ as it was printed: one paragraph, not a line a sentence, and quotation marks where they belong."""
    joined = " ".join(line.strip() for line in text.splitlines())
    parts: list[str] = []
    is_open, end = False, 0
    for mark in MARK.finditer(joined):
        is_open = _opens(joined, mark, is_open)
        plain = joined[end : mark.start()]
        end = mark.end()
        if is_open:
            end += len(joined[end:]) - len(joined[end:].lstrip())
        parts += [plain, "“"] if is_open else [plain.rstrip(), "”"]
    return "".join((*parts, joined[end:]))


def _opens(text: str, mark: re.Match[str], is_open: bool) -> bool:
    """Whether a mark opens a quotation; one with white space on both sides, or on none, does what the last did not."""
    if mark[0] != '"':
        return mark[0] == "``"
    before, after = (not side or side.isspace() for side in (text[: mark.start()][-1:], text[mark.end() :][:1]))
    return before if before != after else not is_open


# Shared wire text


def copied_words(one: Text, two: Text) -> tuple[int, int]:
    """Of words outside quotation marks that stand in both in runs of eight or more: the longest run, and all."""
    mine, theirs = one.words, two.words
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    plain, other = [word for word, _ in mine], [word for word, _ in theirs]
    for start in range(len(other) - RUN + 1):
        at[tuple(other[start : start + RUN])].append(start)
    longest = total = place = 0
    while place <= len(plain) - RUN:
        run = max(
            (_run(plain, other, place, start) for start in at.get(tuple(plain[place : place + RUN]), ())), default=0
        )
        bare = sum(not quoted for _, quoted in mine[place : place + run])
        longest, total = max(longest, bare), total + bare
        place += run or 1
    return longest, total


def _run(one: Sequence[str], two: Sequence[str], here: int, there: int) -> int:
    length = RUN
    while here + length < len(one) and there + length < len(two) and one[here + length] == two[there + length]:
        length += 1
    return length


def shares_wire_text(one: Text, two: Text) -> bool:
    """Whether two reports hold so much of the same text that they cannot be called independent of each other."""
    longest, total = copied_words(one, two)
    return longest >= LONGEST_RUN or total >= MOST_IN_RUNS


# Making pairs


def _random(*names: str) -> Random:
    return Random(crc32("|".join(names).encode()))


def half(sentences: Sequence[str], random: Random) -> list[str]:
    """The first or the last half."""
    size = max(1, (len(sentences) + 1) // 2)
    start = random.choice((0, len(sentences) - size))
    return list(sentences[start : start + size])


def renderings(sets: Sets) -> Iterator[Case]:
    """Pairs of renderings of one item: whole, one cut to half, half of one in another text, halves of two shuffled."""
    like = _like_items(sets)
    for item, texts in sorted(sets.items.items()):
        random = _random("renderings", item)
        for _ in range(PAIRS_OF_AN_ITEM if len(texts) > 1 else 0):
            one, two = random.sample(texts, 2)
            other = random.choice(sets.items[random.choice(like[item])]) if like[item] else None
            yield from _rendered(one, two, other, random)


def _rendered(one: Text, two: Text, other: Text | None, random: Random) -> Iterator[Case]:
    def case(kind: str, made: str) -> Case:
        name = f"{two.name} ({kind})"
        return Case(kind, True, one.group, one.print, print_of(made, name), (one.text, made), f"{one.name} and {name}")

    yield Case("whole", True, one.group, one.print, two.print, (one.text, two.text), f"{one.name} and {two.name}")
    taken = half(two.sentences, random)
    yield case("cut", " ".join(taken))
    if other is None:
        return
    at = random.randint(0, len(other.sentences))
    yield case("half", " ".join((*other.sentences[:at], *taken, *other.sentences[at:])))
    both = [*taken, *half(other.sentences, random)]
    random.shuffle(both)
    yield case("blend", " ".join(both))


def _like_items(sets: Sets) -> dict[str, list[str]]:
    """The items of the same set whose words are most alike."""
    words = {item: set(texts[0].print.tokens["key"].tolist()) for item, texts in sets.items.items()}
    subset = {item: texts[0].subset for item, texts in sets.items.items()}

    def likeness(one: str, two: str) -> float:
        return float(len(words[one] & words[two]) / (len(words[two]) + 1) ** 0.5)

    return {
        item: sorted(
            (other for other in sorted(words) if other != item and subset[other] == subset[item]),
            key=lambda other: -likeness(item, other),
        )[:LIKE_SUBJECTS]
        for item in words
    }


def other_items(sets: Sets) -> Iterator[Case]:
    """Renderings of two items alike: in one style, and no copies."""
    for item, others in sorted(_like_items(sets).items()):
        random = _random("other", item)
        for other in others:
            one, two = random.choice(sets.items[item]), random.choice(sets.items[other])
            yield Case(
                "other_item", False, item, one.print, two.print, (one.text, two.text), f"{one.name} and {two.name}"
            )


def same_event(sets: Sets, sort: Callable[[Text, Text], str]) -> Iterator[Case]:
    """Reports of one event by two outlets: `independent`, or `wire` or `rewritten` where they hold the same text."""
    for texts in sets.events.values():
        for one, two in combinations(texts, 2):
            kind, told = sort(one, two), f"{one.name} and {two.name}"
            yield Case(kind, kind in ASIDE, one.group, one.print, two.print, (one.text, two.text), told)


def composed(sets: Sets, is_aside: Callable[[Text, Text], bool]) -> Iterator[Case]:
    """Copies made of reports by chance: reworded, cut, put half into an independent report of the same event, blended.

    No copies are `independent_quoting`, an independent report with all quotations of the other put in, and
    `independent_blend`, halves of two reports shuffled, against a third that is independent of both.
    """
    for texts in sets.events.values():
        for one in texts:
            if len(one.print.sentences) < 3 or not len(one.print.tokens):
                continue
            random = _random("composed", one.name)
            free = [two for two in texts if two is not one and len(two.print.tokens) and not is_aside(one, two)]
            yield from _composed(one, free, random)


def _composed(one: Text, free: Sequence[Text], random: Random) -> Iterator[Case]:
    copy = reworded(one.print, random)
    size = max(1, (len(copy.sentences) + 1) // 2)
    start = random.choice((0, len(copy.sentences) - size))
    part = chosen(copy, range(start, start + size))
    yield Case("made_whole", True, one.group, one.print, copy)
    yield Case("made_cut", True, one.group, one.print, part)
    if not free:
        return
    other = random.choice(free).print
    at, count = random.randint(0, len(other.sentences)), len(other.sentences)
    order = [*range(at), *range(count, count + size), *range(at, count)]
    yield Case("made_half", True, one.group, one.print, chosen(joined(other, part), order))
    second = _half_print(other, random)
    yield Case("made_blend", True, one.group, one.print, _shuffled(joined(part, second), random))
    said = [index for index in range(len(one.print.sentences)) if _is_quoted(one.print, index)]
    if said:
        order = [*range(at), *(count + index for index in said), *range(at, count)]
        yield Case("independent_quoting", False, one.group, one.print, chosen(joined(other, one.print), order))
    third = random.choice(free).print
    yield Case(
        "independent_blend", False, one.group, one.print, _shuffled(joined(second, _half_print(third, random)), random)
    )


def _is_quoted(one: Print, index: int) -> bool:
    """Whether most of a sentence stands in quotation marks."""
    kinds = one.tokens["kind"][one.tokens["sentence"] == index]
    return len(kinds) > 0 and float((kinds >= QUOTED).mean()) > 0.6


def _half_print(one: Print, random: Random) -> Print:
    size = max(1, (len(one.sentences) + 1) // 2)
    start = random.choice((0, len(one.sentences) - size))
    return chosen(one, range(start, start + size))


def _shuffled(one: Print, random: Random) -> Print:
    order = list(range(len(one.sentences)))
    random.shuffle(order)
    return chosen(one, order)


def chosen(one: Print, order: Iterable[int]) -> Print:
    """The print of these sentences in this order."""
    parts = []
    picked = list(order)
    for place, index in enumerate(picked):
        rows = one.tokens[one.tokens["sentence"] == index].copy()
        rows["sentence"] = place
        parts.append(rows)
    return replace(
        one,
        report=f"{one.report} in part",
        sentences=tuple(Span(10 * place, 10 * place + 9) for place in range(len(picked))),
        digests=tuple(one.digests[index] for index in picked),
        tokens=np.concatenate(parts) if parts else one.tokens[:0],
    )


def joined(one: Print, two: Print) -> Print:
    """One print after the other."""
    rows = two.tokens.copy()
    rows["sentence"] += len(one.sentences)
    count = len(one.sentences) + len(two.sentences)
    return replace(
        one,
        report=f"{one.report} and {two.report}",
        sentences=tuple(Span(10 * place, 10 * place + 9) for place in range(count)),
        digests=one.digests + two.digests,
        tokens=np.concatenate([one.tokens, rows]),
    )


KEPT = {FIGURE: 0.9, NAME: 0.78}
KEPT_WORDS = 0.55
DROPPED = 0.4  # of what is not kept; the rest becomes another word
RUN_TOGETHER = 0.08


def reworded(one: Print, random: Random) -> Print:
    """What a print might be after machine back-translation, by the shares that renderings of one item keep."""
    rows: list[tuple[int, int, int, int]] = []
    for key, sentence, weight, kind in one.tokens.tolist():
        if random.random() < KEPT.get(kind % QUOTED, KEPT_WORDS):
            rows.append((key, sentence, weight, kind))
        elif random.random() >= DROPPED:
            rows.append((random.getrandbits(32), sentence, weight, kind))
    places = {place: place + random.uniform(0, 3) for place in range(len(rows))}
    rows = [rows[place] for place in sorted(places, key=lambda place: (rows[place][1], places[place]))]
    number, numbers = -1, {}
    for index in range(len(one.sentences)):
        number += not numbers or random.random() >= RUN_TOGETHER
        numbers[index] = number
    return replace(
        one,
        report=f"{one.report} reworded",
        sentences=tuple(Span(10 * place, 10 * place + 9) for place in range(number + 1)),
        digests=tuple(random.getrandbits(32) for _ in range(number + 1)),
        tokens=np.array([(key, numbers[sentence], weight, kind) for key, sentence, weight, kind in rows], dtype=TOKEN),
    )


def cases_of(sets: Sets, aside: frozenset[frozenset[str]] | None = None) -> Iterator[Case]:
    """All pairs of both sets. `aside` are pairs of reports that people found to hold the same text."""
    by_hand = sorted_by_hand() if aside is None else aside

    @cache
    def sort(one: Text, two: Text) -> str:
        if frozenset((one.name, two.name)) in by_hand:
            return "rewritten"
        return "wire" if shares_wire_text(one, two) else "independent"

    yield from renderings(sets)
    yield from other_items(sets)
    yield from same_event(sets, sort)
    yield from composed(sets, lambda one, two: sort(one, two) in ASIDE)


def sorted_by_hand() -> frozenset[frozenset[str]]:
    """Pairs of reports that hold the same text though in no long run: see copied.toml."""
    held = tomllib.loads(SORTED.read_text(encoding="utf-8"))
    return frozenset(frozenset(pair) for pair in held["pairs"])


def data_sha256(files: Sequence[Path]) -> str:
    """The hash of the bytes of all files."""
    found = sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()
