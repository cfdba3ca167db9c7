"""MUC-4: incident reports with the templates people filled for them, and the scores of templates against those.

Two files of answers: *simplified* templates (`processed/*.json`: the type and five slots of strings) and the *full
keys* (`raw/**/key-*`), of which we read one slot more: how sure the text is of the organisation it accuses.

The simplified score is that of Du, Rush and Cardie 2021 (Template Filling with Generative Transformers): in each text
the templates are paired one to one so that its F1 is best; of a pair whose types agree every filler counts as right if
its string is one of the names the key has for one filler of that slot; precision and recall are summed over all texts.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE, ALL = "incident_type", "micro"
NOT_SCORED = "train.json"
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_MARKS = str.maketrans("", "", string.punctuation)


def plain(name: str) -> str:
    """A string as both sides compare it: small letters, no punctuation, no articles."""
    return " ".join(_ARTICLES.sub(" ", name.lower().translate(_MARKS)).split())


class Accused(NamedTuple):
    """An organisation held to have done it: its names in plain form, and how sure the text is (the first is ours)."""

    names: tuple[str, ...]
    values: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class Template:
    """One incident. Each filler is the plain names it goes by."""

    type: str
    slots: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    accused: tuple[Accused, ...] = ()
    optional: bool = False

    def fillers(self, slot: str) -> tuple[tuple[str, ...], ...]:
        """The fillers of a slot."""
        return self.slots.get(slot, ())


@dataclass(frozen=True)
class Document:
    """One text with its simplified templates."""

    name: str
    text: str
    templates: tuple[Template, ...]


# What is on disk


def split_files(data: Path) -> list[Path]:
    """The simplified files of a folder (without what is for training), or the one file that is named."""
    if data.is_file():
        return [data]
    return sorted(file for folder in (data, data / "processed") for file in folder.glob("*.json") if _is_scored(file))


def _is_scored(file: Path) -> bool:
    return file.name != NOT_SCORED


def documents(file: Path) -> list[Document]:
    """The texts of a simplified file, one JSON object a line."""
    read = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Document(one["docid"], one["doctext"], _distinct(map(_simplified, one["templates"]))) for one in read]


def _simplified(template: dict[str, object]) -> Template:
    slots = {slot: _fillers(template[slot]) for slot in SLOTS}
    return Template(str(template[TYPE]), slots)


def _fillers(entities: object) -> tuple[tuple[str, ...], ...]:
    """Each filler's names; a mention is a string with where it stands."""
    assert isinstance(entities, list)
    named = (tuple(name for mention in entity if (name := plain(mention[0]))) for entity in entities)
    return tuple(names for names in named if names)


def _distinct(templates: Iterable[Template]) -> tuple[Template, ...]:
    found: list[Template] = []
    for template in templates:
        if template not in found:
            found.append(template)
    return tuple(found)


def key_files(data: Path) -> list[Path]:
    """The full keys of the same set: below the folder, or beside the simplified file that is named."""
    folder = data.parent.parent / "raw" if data.is_file() else data
    return sorted(file for file in folder.rglob("key-*") if file.is_file())


KEY_SLOTS = {9: "PerpInd", 10: "PerpOrg", 12: "Target", 18: "Victim", 6: "Weapon"}
_NAME = re.compile(r'"((?:\\.|[^"\\])*)"')


def keys(files: Iterable[Path]) -> dict[str, tuple[Template, ...]]:
    """The full templates of every text in these files."""
    found: dict[str, list[Template]] = {}
    for file in files:
        for slots in _records(file.read_text(encoding="latin-1")):
            name = slots.get(0, ["?"])[0].split()[0]
            known = found.setdefault(name, [])
            if not slots.get(1, ["*"])[0].startswith("*"):
                known.append(_full(slots))
    return {name: tuple(templates) for name, templates in found.items()}


def _records(text: str) -> Iterator[dict[int, list[str]]]:
    """Each template of a key as the lines of its slots."""
    slots: dict[int, list[str]] = {}
    last = -1
    for line in text.splitlines():
        if line.startswith(";"):
            continue
        if numbered := re.match(r"(\d+)\.\s+.*?\S(?:\s{2,}|\t+)(\S.*)$", line):
            last = int(numbered[1])
            if last == 0 and slots:
                yield slots
                slots = {}
            slots[last] = [numbered[2].strip()]
        elif line.strip() and last in slots:
            slots[last].append(line.strip())
    if slots:
        yield slots


def _full(slots: dict[int, list[str]]) -> Template:
    named = {slot: tuple(_named(slots.get(number, []))) for number, slot in KEY_SLOTS.items()}
    confidence = tuple(_accused(line) for line in _whole(slots.get(11, [])))
    return Template(
        slots.get(4, [""])[0].lower(),
        named,
        tuple(one for one in confidence if one is not None),
        "OPTIONAL" in slots[1][0],
    )


def _whole(lines: Sequence[str]) -> list[str]:
    """Fillers that run over several lines, each on one: a line that ends or begins with a stroke goes on."""
    found: list[str] = []
    for line in lines:
        if found and (found[-1].endswith("/") or line.startswith("/")):
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def _named(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for line in _whole(lines):
        names = tuple(filter(None, map(_plain_of, _NAME.findall(line))))
        if names:
            yield names


def _plain_of(quoted: str) -> str:
    return plain(quoted.replace("\\", ""))


def _accused(line: str) -> Accused | None:
    names = tuple(filter(None, map(_plain_of, _NAME.findall(line))))
    values = line.split(":", maxsplit=1)[0] if names else ""
    each = tuple(value.strip(" ?()") for value in values.split("/"))
    return Accused(names, each, line.lstrip("( ").startswith("?")) if names else None


# Scores


@dataclass
class Count:
    """Fillers given and right, wanted and found."""

    right: int = 0
    given: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, other: Count) -> None:
        """Sum up."""
        self.right += other.right
        self.given += other.given
        self.found += other.found
        self.wanted += other.wanted

    @property
    def precision(self) -> float:
        """Right of a hundred given."""
        return 100 * self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Found of a hundred wanted."""
        return 100 * self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return _f1(self.right, self.given, self.found, self.wanted)


Counts = dict[str, Count]
Given = Mapping[str, Sequence[Template]]
Place = tuple[int, int]


def _f1(right: int, given: int, found: int, wanted: int) -> float:
    if not right or not found:
        return 0.0
    precision, recall = 100 * right / given, 100 * found / wanted
    return 2 * precision * recall / (precision + recall)


def simplified_score(given: Given, read: Iterable[Document]) -> Counts:
    """The counts of each slot, of the type, and of all together."""
    total = {name: Count() for name in (TYPE, *SLOTS, ALL)}
    for document in read:
        ours, theirs = given.get(document.name, ()), document.templates
        for name, count in _document_counts(ours, theirs).items():
            total[name].add(count)
            total[ALL].add(count)
    return total


def _document_counts(ours: Sequence[Template], theirs: Sequence[Template]) -> Counts:
    counts = {slot: Count(given=_size(ours, slot), wanted=_size(theirs, slot)) for slot in SLOTS}
    counts[TYPE] = Count(given=len(ours), wanted=len(theirs))
    for i, j in paired(ours, theirs):
        for name, (right, found) in _agreeing(ours[i], theirs[j]).items():
            counts[name].add(Count(right=right, found=found))
    return counts


def _size(templates: Sequence[Template], slot: str) -> int:
    return sum(len(template.fillers(slot)) for template in templates)


def _agreeing(one: Template, other: Template) -> dict[str, tuple[int, int]]:
    """Per slot how many of ours are right and how many of theirs are found; nothing where the types differ."""
    if one.type not in other.type:
        return {}
    found = {TYPE: (1, 1)}
    for slot in SLOTS:
        mine, key = one.fillers(slot), other.fillers(slot)
        right = sum(any(set(names) <= set(known) for known in key) for names in mine)
        hit = sum(any(set(names) <= set(known) for names in mine) for known in key)
        found[slot] = (right, hit)
    return found


def paired(ours: Sequence[Template], theirs: Sequence[Template]) -> list[tuple[int, int]]:
    """Which of ours stands for which of theirs: the pairs that make this text's F1 best."""
    gain = {
        (i, j): (sum(right for right, _ in pair.values()), sum(found for _, found in pair.values()))
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if (pair := _agreeing(one, other))
    }
    sizes = [len(some) + sum(_size(some, slot) for slot in SLOTS) for some in (ours, theirs)]
    return _best_pairs(gain, len(ours), sizes[0], sizes[1])


def _best_pairs(
    gain: Mapping[tuple[int, int], tuple[int, int]], many: int, given: int, wanted: int
) -> list[tuple[int, int]]:
    """Depth first over our templates; what cannot become better than the best so far is left."""
    rest = [(0, 0)] * (many + 1)  # the most that templates from i on can add
    for i in range(many - 1, -1, -1):
        own = [added for (mine, _), added in gain.items() if mine == i]
        rest[i] = (
            rest[i + 1][0] + max((right for right, _ in own), default=0),
            rest[i + 1][1] + max((found for _, found in own), default=0),
        )
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])

    def search(i: int, right: int, found: int, chosen: list[tuple[int, int]]) -> None:
        nonlocal best
        if _f1(right + rest[i][0], given, found + rest[i][1], wanted) <= best[0]:
            return
        if i == many:
            best = (_f1(right, given, found, wanted), chosen)
            return
        taken = {j for _, j in chosen}
        for mine, j in gain:
            if mine == i and j not in taken:
                more, hit = gain[i, j]
                search(i + 1, right + more, found + hit, [*chosen, (i, j)])
        search(i + 1, right, found, chosen)

    search(0, 0, 0, [])
    return best[1]


def confidence_score(given: Given, full: Mapping[str, tuple[Template, ...]]) -> Count:
    """PERP: ORGANIZATION CONFIDENCE: an answer is right if it names a wanted organisation with a value the key allows.

    Templates are paired as above, by the strings of the full keys. What we give in a template without a partner is
    wrong, and what a key wants there is missed; not so what the key marks as optional (a template, or a "?" filler).
    """
    total = Count()
    for name, theirs in full.items():
        ours = given.get(name, ())
        pairs = dict(paired(ours, theirs))
        free = set(range(len(theirs))) - set(pairs.values())
        for i, template in enumerate(ours):
            wanted = theirs[pairs[i]].accused if i in pairs else ()
            total.add(_accusations(template.accused, wanted))
        total.add(Count(wanted=sum(_wanted(theirs[j]) for j in free)))
    return total


def _wanted(template: Template) -> int:
    return 0 if template.optional else sum(not one.optional for one in template.accused)


def _accusations(ours: Sequence[Accused], theirs: Sequence[Accused]) -> Count:
    left = list(theirs)
    right = 0
    for one in ours:
        hit = next((key for key in left if set(one.names) & set(key.names) and one.values[0] in key.values), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    missed = sum(not key.optional for key in left)
    return Count(right=right, given=len(ours), found=right, wanted=right + missed)
