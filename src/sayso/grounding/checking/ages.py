"""Ages of one person that differ, and ages that do not fit the year of birth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sayso.grounding.checking.words import read, sentence_of, verdict
from sayso.record import Check, Entity, Grounds, Page, Span

BEHIND = re.compile(r"^,? ?(?:aged |age |\()?(\d{1,3})(?=[,.;)]| and\b| years? old|$)", re.I)
BEFORE = re.compile(r"(?<!\d)(\d{1,3})[- ]years?[- ]old(?: [a-z]+){0,3},? $", re.I)
LATER = re.compile(r"\bThe (\d{1,3})-year-old\b(?! (?:building|bridge|church|house|war|conflict|man\b.{0,3}wife))")
BORN = re.compile(r"\bborn (?:on |in )?(?:[A-Z][a-z]+ )?(?:\d{1,2}(?:,)? )?(?:[A-Z][a-z]+ )?(\d{4})\b")
BACK_THEN = re.compile(r"\b(?:then|at the time|at the age of|when (?:he|she) was|turned|by the age)\b", re.I)
REACH, FAR = 24, 3
OLDEST = 115


@dataclass(frozen=True, slots=True)
class Age:
    """An age told of a person, and where."""

    years: int
    span: Span


def ages(page: Page, grounds: Grounds) -> list[Check]:
    """Compare the ages that are told of one person with each other, and with the year of birth."""
    people = [entity for entity in grounds.entities if entity.kind == "person"]
    told = {number: _ages_of(page, entity) for number, entity in enumerate(people)}
    for number, age in _told_later(page, people, told):
        told[number].append(age)
    checks = []
    for number, found in told.items():
        checks += _compared(people[number].name, sorted(found, key=lambda age: age.span))
        checks += _with_birth(page, grounds, people[number], people, found)
    return checks


def _ages_of(page: Page, entity: Entity) -> list[Age]:
    found = []
    for mention in entity.mentions:
        sentence = page.sentences[sentence_of(page, mention.start)]
        around = Span(max(sentence.start, mention.start - REACH * 2), min(sentence.end, mention.end + REACH))
        if BACK_THEN.search(read(page, around.start, around.end)):
            continue
        text = page.report.text
        behind = BEHIND.match(text[mention.end : around.end])
        before = BEFORE.search(text[around.start : mention.start])
        if behind is not None:
            found.append(_age(behind, mention.end))
        elif before is not None:
            found.append(_age(before, around.start))
    return [age for age in found if 0 < age.years <= OLDEST]


def _age(match: re.Match[str], offset: int) -> Age:
    return Age(int(match[1]), Span(offset + match.start(1), offset + match.end(1)))


def _told_later(page: Page, people: list[Entity], told: dict[int, list[Age]]) -> list[tuple[int, Age]]:
    """The ages in "The 36-year-old …" of the one person with an age in the sentences right before."""
    found = []
    for number, sentence in enumerate(page.sentences):
        for match in LATER.finditer(page.report.text[sentence.start : sentence.end]):
            near = {
                who
                for who, known in told.items()
                for age in known
                if 0 < number - sentence_of(page, age.span.start) <= FAR
            }
            here = {
                who
                for who, entity in enumerate(people)
                if any(0 <= number - sentence_of(page, mention.start) <= FAR for mention in entity.mentions)
            }
            if len(near) == 1 and here == near:
                found.append((near.pop(), _age(match, sentence.start)))
    return found


def _compared(name: str, found: list[Age]) -> list[Check]:
    if len(found) < 2:
        return []
    holds = len({age.years for age in found}) == 1
    years = " and ".join(str(age.years) for age in found)
    return [Check("age", holds, tuple(age.span for age in found), f"{name} is {years}: {verdict(holds)}")]


def _with_birth(page: Page, grounds: Grounds, entity: Entity, people: list[Entity], found: list[Age]) -> list[Check]:
    """Compare an age with "born in 1985", told in a sentence that names nobody else."""
    published = grounds.published or page.published
    if not found or published.earliest is None or published.latest is None:
        return []
    first, last = date.fromisoformat(published.earliest[:10]).year, date.fromisoformat(published.latest[:10]).year
    checks = []
    for mention in entity.mentions:
        sentence = page.sentences[sentence_of(page, mention.start)]
        born = BORN.search(page.report.text[sentence.start : sentence.end])
        alone = all(
            other is entity or not any(sentence.start <= one.start < sentence.end for one in other.mentions)
            for other in people
        )
        if born is None or not alone:
            continue
        year = int(born[1])
        holds = first - year - 1 <= found[0].years <= last - year
        says = f"{entity.name}, born in {year}, is {found[0].years}: {verdict(holds)}"
        span = Span(sentence.start + born.start(1), sentence.start + born.end(1))
        checks.append(Check("age", holds, tuple(sorted((span, found[0].span))), says))
        break
    return checks
