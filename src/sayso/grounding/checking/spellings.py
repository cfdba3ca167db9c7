"""One name spelled in several ways, and names of which the text does not say whose they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from sayso.grounding.people_rows import rows_about_people
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import folded
from sayso.record import Check, Entity, Grounds, Page, Place, Span
from sayso.values.body import same_body
from sayso.values.keys import Near, person_keys
from sayso.values.name import SUFFIXES, Forms, levelled, name_words, same_person, same_word

ALIKE = 0.6
WHY_DOUBTED = {
    "languages": "the given name is one in two languages",
    "tail": "one name is the end of the other, as a father's may be",
    "turned": "the names are turned round",
}
FAMILY = re.compile(r"^(?:['’]s)? (?:family|relatives|brothers|sisters|clan|dynasty|regime|government)\b")
EDGES = re.compile(r"^\W+|\W+$")
ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|an|at|az|ad)-", re.I)


def spellings(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """One person or body under two spellings: which, for an editor to settle."""
    rows = rows_about_people(knowledge)
    checks = []
    for entity in grounds.entities:
        forms = _forms(page, entity)
        if entity.kind == "person":
            for at in (-1, 0):
                checks += _drift(_by_word(forms, at, rows.given), "name")
        elif entity.kind == "organisation":
            checks += _drift(_of_body(forms), "body")
    return checks


def _forms(page: Page, entity: Entity) -> dict[str, Span]:
    """Every spelling, with where it first stands."""
    found: dict[str, Span] = {}
    for mention in sorted(entity.mentions):
        words = page.report.text[mention.start : mention.end].split()
        if words[-1].strip(".").lower() not in SUFFIXES:
            found.setdefault(" ".join(words), mention)
    return found


def _by_word(forms: dict[str, Span], at: int, given: Forms) -> list[dict[str, Span]]:
    """The spellings of the last word of a name, or of the first of a full one, those of one word together."""
    groups: list[dict[str, Span]] = []
    for form, span in forms.items():
        words = form.split()
        if at == 0 and (len(words) < 2 or len(name_words(form)) < 2 or len(words[0].strip(".")) < 3):
            continue
        word = EDGES.sub("", ARTICLE.sub("", words[at])) or words[at]
        group = next((one for one in groups if _same(next(iter(one)), word, given)), None)
        if group is None:
            groups.append({word: span})
        elif word.casefold() not in {known.casefold() for known in group}:
            group[word] = span
    return groups


def _same(one: str, two: str, given: Forms) -> bool:
    return same_word(one, two) or given.are_spellings(one, two)


def _of_body(forms: dict[str, Span]) -> list[dict[str, Span]]:
    groups: list[dict[str, Span]] = []
    for form, span in forms.items():
        group = next((one for one in groups if _is_body_spelled_otherwise(next(iter(one)), form)), None)
        if group is None:
            groups.append({form: span})
        elif _bare(form) not in {_bare(known) for known in group}:
            group[form] = span
    return groups


def _is_body_spelled_otherwise(one: str, two: str) -> bool:
    return len(one.split()) == len(two.split()) and same_body(one, two) == "spelling"


def _bare(name: str) -> str:
    return folded(re.sub(r"['’]s\b", "", name))


def _drift(groups: Sequence[dict[str, Span]], what: str) -> list[Check]:
    return [
        Check("spelling", False, tuple(group.values()), f"One {what}, {len(group)} spellings: {', '.join(group)}")
        for group in groups
        if len(group) > 1
    ]


def place_spellings(grounds: Grounds) -> list[Check]:
    """One town under two spellings: which, with the first place of each."""
    same: dict[int, dict[str, Place]] = defaultdict(dict)
    for place in sorted(grounds.places, key=lambda place: place.span):
        if place.geonames is not None and place.level == "town" and place.use != "adjective":
            same[place.geonames].setdefault(folded(place.name), place)
    return [check for found in same.values() for check in _of_place(list(found.values()))]


def _of_place(places: list[Place]) -> list[Check]:
    """The spellings of a place that are alike; names that are not alike are left to the editor, who may mean both."""
    first = places[0]
    others = [place for place in places[1:] if not _holds_the_other(first.name, place.name)]
    alike = [place for place in others if _are_alike(first.name, place.name)]
    checks = _drift([{place.name: place.span for place in (first, *alike)}], "place")
    for other in others:
        if other not in alike:
            says = f"One place, 2 names: {first.name}, {other.name}"
            checks.append(Check("spelling", None, (first.span, other.span), says))
    return checks


def _holds_the_other(one: str, two: str) -> bool:
    """Whether one name is the other with a word more: "Mexico City", "Mexico"."""
    left, right = set(folded(one).split()), set(folded(two).split())
    return left <= right or right <= left


def _are_alike(one: str, two: str) -> bool:
    return SequenceMatcher(None, levelled(one), levelled(two), autojunk=False).ratio() >= ALIKE


def doubtful_names(page: Page, grounds: Grounds, knowledge: Knowledge) -> list[Check]:
    """A name that fits two people of the text, and two names that one person may have."""
    given = rows_about_people(knowledge).given
    people = [entity for entity in grounds.entities if entity.kind == "person"]
    near: Near[Entity] = Near()
    for entity in people:
        near.add(entity, person_keys(entity.name, given))
    checks, told = [], set()
    for one in people:
        others = [two for two in near.by(person_keys(one.name, given, asked=True)) if two is not one]
        fits = [two for two in others if same_person(two.name, one.name, given) == "surname"]
        if len(name_words(one.name)) == 1 and len(fits) > 1 and not _is_of_a_family(page, one):
            whose = " or ".join(two.name for two in fits)
            checks.append(Check("name", None, one.mentions[:1], f"{one.name} may be {whose}: the text does not say"))
        for two in others:
            doubt = WHY_DOUBTED.get(same_person(one.name, two.name, given) or "")
            first, second = sorted((one, two), key=lambda entity: entity.mentions)
            if doubt and (first.mentions, second.mentions) not in told:
                told.add((first.mentions, second.mentions))
                says = f"{first.name} and {second.name} may be one person: {doubt}"
                checks.append(Check("name", None, (first.mentions[0], second.mentions[0]), says))
    return checks


def _is_of_a_family(page: Page, entity: Entity) -> bool:
    """Whether a surname stands for all who bear it: "the Danko family"."""
    after = (page.report.text[mention.end : mention.end + 20] for mention in entity.mentions)
    return all(FAMILY.match(words) for words in after)
