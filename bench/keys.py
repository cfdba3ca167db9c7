"""Scores a reading against a key, as the last section of docs/guide.md says.

A *key* is an object in offsets (see `bench.keying`); a *reading* is the JSON object of the record. Statements
pair by the words said; events by trigger; places, moments, quantities and cuts by overlap. What a key calls
`optional` may be found or not: neither counts.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import event_roles

Json = dict[str, Any]
Pair = list[int]
Pairs = list[tuple[Json, Json]]

WORD = re.compile(r"\w+")
TOGETHER = 0.5  # the least token Jaccard of two statements that are one
TOWN_KM = 50.0
LEADING = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
UNNAMED = {"group", "described", "document", "footage", "compound", "unknown"}
QUIET = {"no_comment", "cannot_verify"}


@dataclass
class Tally:
    """Right answers, what was there to be found, and what was answered."""

    right: float = 0
    wanted: float = 0
    given: float = 0

    def add(self, other: Tally) -> None:
        """Count another report's answers with these."""
        self.right += other.right
        self.wanted += other.wanted
        self.given += other.given

    @property
    def precision(self) -> float:
        """Right answers of a hundred given; 100 where none was given and none wanted."""
        if not self.given:
            return 0.0 if self.wanted else 100.0
        return 100 * self.right / self.given

    @property
    def recall(self) -> float:
        """Right answers of a hundred wanted."""
        return 100 * self.right / self.wanted if self.wanted else 100.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 200 * self.right / (self.given + self.wanted) if self.given + self.wanted else 100.0


@dataclass
class Score:
    """All tallies of one report or of many, and what was missed or too much, as sentences."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        """The tally of this name, empty at first."""
        return self.tallies.setdefault(name, Tally())

    def mark(self, name: str, is_right: bool) -> None:
        """Count one question that was asked and answered."""
        self.tally(name).add(Tally(float(is_right), 1, 1))

    def add(self, other: Score) -> None:
        """Count another report with this one."""
        for name, tally in other.tallies.items():
            self.tally(name).add(tally)
        self.says += other.says


F1_SCORES = (
    *("found", "attributed", "complete", "cuts", "channel", "covers"),
    *("events", "event_counts", "event_agents", "event_targets"),
)


def figures(score: Score) -> dict[str, float]:
    """The scores as numbers out of a hundred, one decimal: F1 where things are found, else the share right."""
    found: dict[str, float] = {}
    for name, tally in score.tallies.items():
        if name in F1_SCORES:
            found[name] = round(tally.f1, 1)
            found[f"{name}_precision"] = round(tally.precision, 1)
            found[f"{name}_recall"] = round(tally.recall, 1)
        else:
            found[name] = round(tally.recall, 1)
    return found


def score(key: Json, reading: Json, name: str = "") -> Score:
    """Score one reading against its key. Both are over the same text: see `anchored` where it is not."""
    answer = Score()
    text = reading["text"]
    statements = _score_statements(key, reading, answer)
    events = _score_events(key, reading, answer, statements)
    _score_covers(key, reading, answer, statements, events)
    _score_cuts(key, reading, answer)
    _score_places(key, reading, answer)
    _score_spans(key, reading, answer, "moments", _same_interval)
    _score_spans(key, reading, answer, "quantities", _same_bounds)
    for phrase in key.get("absent", []):
        answer.mark("hidden_kept_out", phrase not in text)
        if phrase in text:
            answer.says.append(f"hidden text came into the report: {phrase}")
    if name:
        answer.says = [f"{name}: {line}" for line in answer.says]
    return answer


# Statements


def tokens(text: str, spans: Iterable[Pair]) -> frozenset[int]:
    """Where each word of these stretches begins."""
    return frozenset(start + word.start() for start, end in spans for word in WORD.finditer(text[start:end]))


def _alike(one: frozenset[int], two: frozenset[int]) -> float:
    together = len(one | two)
    return len(one & two) / together if together else 0.0


def _closeness(text: str, wanted: Json, given: Json) -> float:
    said = _alike(tokens(text, wanted["words"]), tokens(text, given["words"]))
    if not QUIET & {*wanted["acts"]} or given["act"] not in QUIET:
        return said
    # What the "words" of a silence are is a matter of taste; its cue belongs to it.
    return max(said, _alike(tokens(text, _with_cue(wanted)), tokens(text, _with_cue(given))))


def _with_cue(statement: Json) -> list[Pair]:
    return [*statement["words"], *([statement["cue"]] if statement["cue"] else [])]


def _best_pairs(wanted: list[Json], given: list[Json], closeness: Callable[[Json, Json], float]) -> Pairs:
    """Pairs, the closest first, each thing once."""
    close = [(closeness(one, two), -i, -j, one, two) for i, one in enumerate(wanted) for j, two in enumerate(given)]
    pairs: Pairs = []
    used: set[tuple[str, int]] = set()
    for nearness, i, j, one, two in sorted(close, key=lambda row: row[:3], reverse=True):
        if nearness < TOGETHER or ("k", i) in used or ("r", j) in used:
            continue
        used |= {("k", i), ("r", j)}
        pairs.append((one, two))
    return pairs


def _score_statements(key: Json, reading: Json, answer: Score) -> Pairs:
    text = reading["text"]
    given = reading["statements"]
    pairs = _best_pairs(key["statements"], given, lambda one, two: _closeness(text, one, two))
    counted = [(one, two) for one, two in pairs if not _free(one)]
    paired = {id(two) for _, two in pairs}
    extra = [two for two in given if id(two) not in paired and two["act"] != "thinks"]
    wanted = [one for one in key["statements"] if not _free(one)]
    key_sources = {source["id"]: source for source in key["sources"]}
    sources = {source["id"]: source for source in reading["sources"]}
    right = complete = 0
    for one, two in counted:
        speaker = _same_speaker(text, key_sources[one["source"]], one, sources.get(two["source"]), two)
        act = two["act"] in one["acts"]
        quotation = two["quotation"] in one["quotation"].split("|")
        right += speaker
        complete += speaker and act and quotation
        answer.mark("act", act)
        answer.mark("quotation", quotation)
        if one["silence"]:
            answer.mark("silence", two["silence"] == one["silence"])
        _score_channels(one, two, answer)
        _explain_pair(text, one, two, sources.get(two["source"]), (speaker, act, quotation), answer)
    size = (len(wanted), len(counted) + len(extra))
    answer.tally("found").add(Tally(len(counted), *size))
    answer.tally("attributed").add(Tally(right, *size))
    answer.tally("complete").add(Tally(complete, *size))
    matched = {id(one) for one, _ in pairs}
    answer.says += [f"missed: {_aloud(text, one)}" for one in wanted if id(one) not in matched]
    answer.says += [f"not in the key: {_aloud(text, two)}" for two in extra]
    return pairs


def _free(item: Json) -> bool:
    return item.get("optional", False) or item.get("acts") == ["thinks"]


def _score_channels(one: Json, two: Json, answer: Score) -> None:
    kinds = [via["kind"] for via in two["via"]]
    right = 0
    for via in one["via"]:
        fitting = next((kind for kind in kinds if kind in via["kinds"]), None)
        if fitting is not None:
            kinds.remove(fitting)
            right += 1
    answer.tally("channel").add(Tally(right, len(one["via"]), right + len(kinds)))


def _same_speaker(text: str, wanted: Json, one: Json, given: Json | None, two: Json) -> bool:
    if given is None:
        return bool(wanted["naming"] == "unknown")
    naming: str = wanted["naming"]
    named: str = given["naming"]
    if naming == "unknown" or named == "unknown":
        return naming == named or (naming == "unknown" and named in UNNAMED and _same_who(one, two))
    if {naming, named} <= {"newsroom", "footage"}:  # whether the newsroom or its video saw it is a matter of words
        return True
    if _any_overlap(wanted["mentions"], given["mentions"]) or _names(text, wanted) & _their_names(given):
        return True
    if naming in UNNAMED or named in UNNAMED:
        return _same_who(one, two)
    return False


def _same_who(one: Json, two: Json) -> bool:
    return bool(one["who"] and two["who"] and _overlap(one["who"], two["who"]))


def _names(text: str, source: Json) -> set[str]:
    return {_plain(text[start:end]) for start, end in source["mentions"]}


def _their_names(source: Json) -> set[str]:
    return {_plain(name) for name in [source["name"], *source["also"]]}


def _plain(name: str) -> str:
    name = LEADING.sub("", " ".join(name.split()))
    return re.sub(r"['’]s\b", "'s", name).casefold()


def _overlap(one: Pair, two: Pair) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _any_overlap(ones: Iterable[Pair], twos: list[Pair]) -> bool:
    return any(_overlap(one, two) for one in ones for two in twos)


def _explain_pair(
    text: str, one: Json, two: Json, source: Json | None, rights: tuple[bool, bool, bool], answer: Score
) -> None:
    speaker, act, quotation = rights
    said = _slices(text, one["words"])
    if not speaker:
        who = text[slice(*one["who"])] if one["who"] else "nobody named"
        answer.says.append(f"wrong speaker: {source['name'] if source else 'nobody'}, not {who}, of: {said}")
    if not act:
        answer.says.append(f"wrong act: {two['act']}, not {' or '.join(one['acts'])}, of: {said}")
    if not quotation:
        answer.says.append(f"wrong quotation: {two['quotation']}, not {one['quotation']}, of: {said}")


def _slices(text: str, spans: list[Pair]) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


def _aloud(text: str, statement: Json) -> str:
    act = statement.get("act") or "/".join(statement["acts"])
    who = text[slice(*statement["who"])] if statement["who"] else "(nobody)"
    return f"{who} {act}: {_slices(text, statement['words'])}"


# Events


def _score_events(key: Json, reading: Json, answer: Score, statements: Pairs) -> Pairs:
    text = reading["text"]
    pairs = _best_pairs(key["events"], reading["events"], _event_closeness)
    counted = [(one, two) for one, two in pairs if not one["optional"]]
    matched = {id(item) for pair in pairs for item in pair}
    wanted = [one for one in key["events"] if not one["optional"]]
    extra = [two for two in reading["events"] if id(two) not in matched]
    same = {one["id"]: two["id"] for one, two in statements}
    answer.tally("events").add(Tally(len(counted), len(wanted), len(counted) + len(extra)))
    for one, two in counted:
        is_right = two["status"] == one["status"]
        tellers = {(same.get(told["statement"], told["statement"]), told["status"]) for told in one["told"]}
        theirs = {(told["statement"], told["status"]) for told in two["told"]}
        answer.mark("event_status", is_right)
        answer.mark("event_tellers", {who for who, _ in tellers} == {who for who, _ in theirs})
        _score_roles(key, reading, one, two, answer)
        if not is_right:
            clause = text[slice(*one["clause"])]
            answer.says.append(f"wrong status: {two['status']}, not {one['status']}, of: {clause}")
    answer.says += [
        f"missed event: {one['kinds'][0]}, in: {text[slice(*one['clause'])]}"
        for one in wanted
        if id(one) not in matched
    ]
    answer.says += [
        f"event not in the key: {two['kind']}, at: {text[max(0, two['trigger'][0] - 30) : two['trigger'][1] + 30]}"
        for two in extra
    ]
    return pairs


def _score_roles(key: Json, reading: Json, one: Json, two: Json, answer: Score) -> None:
    found = event_roles.answers(key, reading, one, two, _same_place)
    for name, is_right in found.marks.items():
        answer.mark(name, is_right)
    for name, sizes in found.tallies.items():
        answer.tally(name).add(Tally(*sizes))
    clause = reading["text"][slice(*one["clause"])]
    answer.says += [f"{line}: {clause}" for line in found.says]


def _event_closeness(one: Json, two: Json) -> float:
    if two["kind"] not in one["kinds"]:
        return 0.0
    triggers = [one["trigger"], *one["also"]]
    if _overlap(one["trigger"], two["trigger"]):
        return 1.0
    if _any_overlap(triggers, [two["trigger"], *two["also"]]):
        return 0.9
    return 0.8 if _overlap(one["clause"], two["trigger"]) else 0.0


def _score_covers(key: Json, reading: Json, answer: Score, statements: Pairs, events: Pairs) -> None:
    """Which statements and events a denial, a caveat or a silence reaches.

    An event and a statement that tells it stand for each other here, and a section for all that is told in it:
    how far a caveat reaches is asked, not by which name it is reached.
    """
    stands = _standing_for(key, reading, statements, events)
    for one, two in statements:
        if not one["covers"]:
            continue
        given = set(two["covers"])
        fitting = [stands.get(name, set()) for name in one["covers"]]
        right = sum(bool(names & given) for names in fitting)
        extra = {name for name in given if not name.startswith("sec")} - set().union(*fitting)
        answer.tally("covers").add(Tally(right, len(fitting), right + len(extra)))


def _standing_for(key: Json, reading: Json, statements: Pairs, events: Pairs) -> dict[str, set[str]]:
    """For each statement and event of the key, the names in the reading that reach it."""
    stands = {one["id"]: {two["id"], *_sections(reading, two["words"])} for one, two in statements}
    for one, two in events:
        stands.setdefault(one["id"], set()).update({two["id"], *_sections(reading, [two["trigger"]])})
    told = [(event["id"], teller["statement"]) for event in key["events"] for teller in event["told"]]
    direct = {name: set(names) for name, names in stands.items()}
    for event, statement in told:
        if statement is not None:
            stands.setdefault(event, set()).update(direct.get(statement, set()))
            stands.setdefault(statement, set()).update(direct.get(event, set()))
    return stands


def _sections(reading: Json, spans: list[Pair]) -> set[str]:
    return {section["id"] for section in reading["sections"] if _any_overlap(spans, [section["span"]])}


# Cuts, places, times, numbers


def _score_cuts(key: Json, reading: Json, answer: Score) -> None:
    text = reading["text"]
    left = [cut["span"] for cut in reading["cuts"]]
    exact = 0
    for cut in key["cuts"]:
        touching = [span for span in left if _overlap(span, cut["span"])]
        left = [span for span in left if span not in touching]
        if cut["optional"]:
            continue
        is_right = _letters(text, touching) == _letters(text, [cut["span"]])
        exact += is_right
        answer.mark("cuts_touched", bool(touching))
        if not is_right:
            met = f"cut as {_slices(text, touching)}" if touching else "was not cut"
            answer.says.append(f"not the story, {met}: {text[slice(*cut['span'])]}")
    wanted = sum(not cut["optional"] for cut in key["cuts"])
    touched = sum(not cut["optional"] and _touched(cut, reading) for cut in key["cuts"])
    answer.tally("cuts").add(Tally(exact, wanted, touched + len(left)))
    answer.says += [f"cut, but it is the story: {text[start:end]}" for start, end in left]


def _letters(text: str, spans: Iterable[Pair]) -> set[int]:
    """Where each character but white space stands: two cuts side by side are as good as one."""
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def _touched(cut: Json, reading: Json) -> bool:
    return any(_overlap(cut["span"], theirs["span"]) for theirs in reading["cuts"])


def _score_places(key: Json, reading: Json, answer: Score) -> None:
    text = reading["text"]
    headings = _headings(reading)
    for place in key["places"]:
        theirs = [given for given in reading["places"] if _overlap(given["span"], place["span"])]
        if place["optional"] or (not theirs and _any_overlap([place["span"]], headings)):
            continue
        kind = _place_kind(place)
        is_right = not any(_pinned(given) for given in theirs)
        if kind != "unresolved":
            is_right = any(_same_place(place, given) for given in theirs)
            answer.mark("places", is_right)
        answer.mark(kind, is_right)
        if theirs:
            answer.mark("place_use", any(given["use"] in place["use"] for given in theirs))
        if not is_right:
            met = ", ".join(f"{given['name']} {given['region'] or given['country']}" for given in theirs) or "nothing"
            start, end = place["span"]
            answer.says.append(f"wrong place: {met}, for: {text[max(0, start - 20) : end + 20]}")


def _headings(reading: Json) -> list[Pair]:
    """Titles and headings, which need not be read (docs/guide.md)."""
    title = reading["report"]["title"]
    spans = [section["heading"] for section in reading["sections"]] + [title["span"] if title else None]
    return [span for span in spans if span]


def _place_kind(place: Json) -> str:
    if place["lat"] is not None:
        return "towns"
    return "regions_countries" if place["level"] in {"region", "country"} else "unresolved"


def _pinned(given: Json) -> bool:
    return given["lat"] is not None and given["level"] in {"site", "town"}


def _same_place(place: Json, given: Json) -> bool:
    if place["lat"] is not None:
        return given["lat"] is not None and (
            km_between((place["lat"], place["lon"]), (given["lat"], given["lon"])) <= TOWN_KM
        )
    return bool(given["country"] == place["country"] and given["region"] == place["region"])


def km_between(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great-circle distance of two points given as latitude and longitude, in kilometres.

    >>> round(km_between((0, 0), (0, 1)))
    111
    """
    (lat, lon), (to_lat, to_lon) = (tuple(map(math.radians, point)) for point in (one, two))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def _score_spans(key: Json, reading: Json, answer: Score, name: str, same: Callable[[Json, Json], bool]) -> None:
    """Recall of what the key holds; what a reading finds beyond it is not counted: keys of these are not whole."""
    text = reading["text"]
    for item in key[name]:
        theirs = [given for given in reading[name] if _overlap(given["span"], item["span"])]
        answer.mark(name, bool(theirs))
        if not theirs:
            answer.says.append(f"missed in {name}: {text[max(0, item['span'][0] - 20) : item['span'][1] + 20]}")
            continue
        is_right = any(same(item, given) for given in theirs)
        answer.mark(f"{name}_right", is_right)
        if not is_right:
            answer.says.append(f"read otherwise in {name}: {text[slice(*item['span'])]}")


def _same_interval(item: Json, given: Json) -> bool:
    if item["earliest"] is None and item["latest"] is None:
        return True
    return _same_start(item["earliest"], given["earliest"]) and _same_start(item["latest"], given["latest"])


def _same_start(wanted: str | None, given: str | None) -> bool:
    return wanted is None or (given is not None and given[: len(wanted)] == wanted)


def _same_bounds(item: Json, given: Json) -> bool:
    vague = "vague" in item["notes"]  # "thousands": bounds are soft, and no two readers set the same
    return vague or bool(item["low"] == given["low"] and item["high"] == given["high"])


# Keys whose report was extracted by another hand than the reading's


def anchored(key: Json, text: str, reading_text: str) -> Json:
    """The key moved from the text it was made on to the text of a reading, by its words.

    Each stretch goes to the same words nearest to where it stood (measured in the words before it); one that
    the other text does not have becomes an empty stretch at 0, which nothing overlaps.
    """
    if text == reading_text:
        return key
    homes = _Homes(text, reading_text)
    moved: Json = json.loads(json.dumps(key))
    _move(moved, homes)
    return moved


class _Homes:
    def __init__(self, text: str, other: str) -> None:
        self.text, self.other = text, other
        self.scale = len(other) / max(1, len(text))
        self.known: dict[tuple[int, int], Pair] = {}

    def of(self, span: Pair) -> Pair:
        at = (span[0], span[1])
        if at not in self.known:
            self.known[at] = self._found(span)
        return self.known[at]

    def _found(self, span: Pair) -> Pair:
        words = self.text[span[0] : span[1]].split()
        if not words:
            return [0, 0]
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        mine = [hit.start() for hit in pattern.finditer(self.text)]
        theirs = [[hit.start(), hit.end()] for hit in pattern.finditer(self.other)]
        if not theirs:
            return [0, 0]
        if len(mine) == len(theirs):
            return theirs[mine.index(span[0])] if span[0] in mine else theirs[0]
        return max(theirs, key=lambda hit: (self._context(span[0], hit[0]), -abs(hit[0] - span[0] * self.scale)))

    def _context(self, mine: int, theirs: int) -> int:
        """How many letters before the two places are the same, white space aside."""
        one = "".join(self.text[max(0, mine - 80) : mine].split())
        two = "".join(self.other[max(0, theirs - 80) : theirs].split())
        length = 0
        while length < min(len(one), len(two)) and one[-1 - length] == two[-1 - length]:
            length += 1
        return length


SPANS = {"span", "cue", "who", "trigger", "clause"}
LISTS_OF_SPANS = {"words", "mentions", "to", "also", "agents", "targets"}


def _move(item: Any, homes: _Homes) -> None:
    if isinstance(item, list):
        for part in item:
            _move(part, homes)
    if not isinstance(item, dict):
        return
    for name, value in item.items():
        if name in SPANS and value:
            item[name] = homes.of(value)
        elif name in LISTS_OF_SPANS and value:
            item[name] = [homes.of(span) for span in value]
        else:
            _move(value, homes)


def spans_of(item: Any) -> list[Pair]:
    """Every stretch that a key names."""
    if isinstance(item, list):
        return [span for part in item for span in spans_of(part)]
    if not isinstance(item, dict):
        return []
    found: list[Pair] = []
    for name, value in item.items():
        if name in SPANS and value:
            found.append(value)
        elif name in LISTS_OF_SPANS and value:
            found += value
        else:
            found += spans_of(value)
    return found


def load_key(path: Path) -> Json:
    """A key from its file."""
    key: Json = json.loads(path.read_text(encoding="utf-8"))
    return key
