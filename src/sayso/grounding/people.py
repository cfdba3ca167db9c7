"""People and bodies: every spelling that is one, what they are, and the country the text itself gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.grounding.bodies import bodies_of, with_aliases
from sayso.grounding.named import (
    BODIES,
    PEOPLE,
    PEOPLES,
    PLACES,
    POSSESSIVE,
    Named,
    joined,
    surface,
)
from sayso.grounding.people_rows import Rows, country_names, rows_about_people
from sayso.grounding.roles import apposition_behind, country_before, title_before
from sayso.grounding.stretches import Stretch
from sayso.grounding.tying import Cluster, people_of
from sayso.grounding.whole_names import (
    people_again,
    people_by_apposition,
    people_missed,
    stands_as_town,
    units_missed,
    whole_person,
)
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.record import Entity, Tie
from sayso.values.name import PARTICLES, levelled

__all__ = ["Named", "country_names", "entities_of", "named_in"]

GREAT = 300_000
NUMBER_SIGNS = ("No", "No.", "№")
OWN_BODIES = frozenset(("Fund", "Agency", "Foundation", "Programme", "Program"))
"""Last words of what bears another body's name, and is another body."""
PLACED = ("in", "at", "near", "outside")
NO_NAME = re.compile(r"^(?:[\W\d_]+|the|a|an)$", re.I)


def named_in(stretches: Sequence[Stretch], knowledge: Knowledge) -> tuple[Named, ...]:
    """All names of people, bodies and places that the parser and the rows see, cleaned, in order."""
    rows = rows_about_people(knowledge)
    mentions: list[Named] = []
    for stretch in stretches:
        if stretch.tokens:
            mentions += _names_of(stretch, rows)
    settled = _settled(mentions, rows)
    again = [
        one
        for stretch, first, last in people_again(stretches, settled, rows)
        for one in _person(stretch, first, last, rows)
    ]
    return tuple(with_aliases([*settled, *again], stretches, rows))


def entities_of(mentions: Sequence[Named], knowledge: Knowledge) -> tuple[Entity, ...]:
    """The people and bodies behind the mentions, in the order in which they first stand."""
    rows = rows_about_people(knowledge)
    people = [mention for mention in mentions if mention.kind == "person"]
    others = [mention for mention in mentions if mention.kind not in ("person", "place")]
    clusters = people_of(people, rows) + bodies_of(others, rows)
    clusters.sort(key=lambda cluster: min(mention.span for mention in cluster.mentions))
    return tuple(map(_entity, clusters))


# Finding names -----------------------------------------------------------------------------------


def _names_of(stretch: Stretch, rows: Rows) -> list[Named]:
    tokens = stretch.tokens
    taken = [False] * len(tokens)
    found = [*_listed(stretch, rows, taken)]
    for first, last in units_missed(stretch, taken):
        found += _body(stretch, first, last, rows)
        taken[first:last] = [True] * (last - first)
    for missed in (people_missed, people_by_apposition):
        for first, last in missed(stretch, taken, rows):
            found += _person(stretch, first, last, rows)
            taken[first:last] = [True] * (last - first)
    index = 0
    while index < len(tokens):
        if not tokens[index].ent or taken[index]:
            index += 1
            continue
        last = index + 1
        while (
            last < len(tokens)
            and tokens[last].ent == tokens[index].ent
            and not tokens[last].ent_start
            and not taken[last]
        ):
            if stretch.span(stretch.starts[last - 1], stretch.starts[last] + 1) is None:
                break  # a cut runs between the two words: no name crosses it
            last += 1
        if tokens[index].ent == PEOPLE:
            last = whole_person(tokens, last, taken)
        found += _cleaned(stretch, index, last, rows)
        index = last
    found.sort(key=lambda mention: (mention.first, mention.last))
    return found


def _listed(stretch: Stretch, rows: Rows, taken: list[bool]) -> list[Named]:
    """Outlets, channels and parties by their rows: the longest name at each place."""
    tokens = stretch.tokens
    found = []
    index = 0
    while index < len(tokens):
        last = _longest(tokens, index, rows)
        words = joined(tokens[index:last])
        if last is None or _goes_on_as_name(stretch, index, last, rows.bodies[words][0]):
            index += 1
            continue
        kind, name, country = rows.bodies[words]
        if words in rows.national and country_before(stretch, index, rows)[0] not in (None, country):
            found += _body(stretch, index, last, rows)  # not the Congress but Brazil's Congress
            taken[index:last] = [True] * (last - index)
            index = last
            continue
        span = stretch.span(stretch.starts[index], stretch.starts[last - 1] + len(tokens[last - 1].text))
        if span is not None and not (kind == "channel" and not _is_medium(tokens, index)):
            row = rows.parties.get(words, "")
            found.append(Named(stretch, index, last, kind, name, span, country, span if country else None, row=row))
            taken[index:last] = [True] * (last - index)
        index = last
    return found


def _longest(tokens: tuple[Token, ...], index: int, rows: Rows) -> int | None:
    if (
        not tokens[index].text[0].isupper()
        and tokens[index].text[0].isalpha()
        and tokens[index].text.lower() not in ("al", "el")
        and tokens[index].text[:3].lower() != "al-"
    ):
        return None
    for last in range(min(len(tokens), index + rows.longest), index, -1):
        if joined(tokens[index:last]) in rows.bodies:
            return last
    return None


def _goes_on_as_name(stretch: Stretch, index: int, last: int, kind: str) -> bool:
    """Whether the listed words are only part of a longer name of a person or body ("Wagner" in "Eva Wagner")."""
    tokens = stretch.tokens
    inside = tokens[index].ent
    before = tokens[index - 1] if index else None
    after = tokens[last] if last < len(tokens) else None
    if inside == BODIES:
        return _is_inside_a_body(tokens, index, last, kind)
    if inside != PEOPLE:
        return False
    return bool(
        (before is not None and before.ent == PEOPLE and not tokens[index].ent_start)
        or (after is not None and after.ent == PEOPLE and not after.ent_start and after.text not in POSSESSIVE)
    )


def _is_inside_a_body(tokens: tuple[Token, ...], index: int, last: int, kind: str) -> bool:
    """Whether an outlet's name is in the midst of a body's, or a body's begins that of another: a fund of the UN."""
    before = tokens[index - 1] if index else None
    if kind == "outlet":
        goes_before = before is not None and not tokens[index].ent_start and before.ent == BODIES
        return before is not None and goes_before and (before.pos == "PROPN" or before.text in POSSESSIVE)
    end = last
    while end < len(tokens) and tokens[end].ent == BODIES and not tokens[end].ent_start:
        end += 1
    return end > last and tokens[end - 1].text in OWN_BODIES


def _is_medium(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a channel's name stands where a channel can: after "on", "via", "told", or beside "channel", "post"."""
    before = tokens[index - 1].text.lower() if index else ""
    after = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
    near = before in (
        "on",
        "via",
        "to",
        "told",
        "through",
        "using",
        "in",
        "over",
        "from",
        "his",
        "her",
        "its",
        "their",
        "'s",
    )
    return near or after in ("channel", "post", "account", "page", "message", "app", "video", "feed", "group", "users")


def _cleaned(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    """One entity of the parser without its articles, possessives, titles and glued country words."""
    tokens = stretch.tokens
    label = tokens[first].ent
    while first < last and (tokens[first].pos in ("DET", "PUNCT") or tokens[first].text.lower() in ("the", "a", "an")):
        first += 1
    while last > first and (
        tokens[last - 1].text in POSSESSIVE or (tokens[last - 1].pos == "PUNCT" and tokens[last - 1].text != ".")
    ):
        last -= 1
    if first == last or label not in (PEOPLE, BODIES, PEOPLES, *PLACES):
        return []
    words = joined(tokens[first:last])
    if words in rows.adjectives:
        return _made(stretch, first, last, "nationality", rows.adjectives[words], label)
    if words in rows.countries:
        return _made(stretch, first, last, "place", rows.countries[words], label)
    if label == PEOPLE:
        return _person(stretch, first, last, rows)
    if label == BODIES:
        return _body(stretch, first, last, rows)
    if label == PEOPLES and _is_town(surface(tokens[first:last]), GREAT):
        return _made(stretch, first, last, "place", None, "GPE")
    if label == PEOPLES:
        return _made(stretch, first, last, "nationality", None, label)
    return _made(stretch, first, last, "place", None, label)


def _made(stretch: Stretch, first: int, last: int, kind: str, country: str | None, label: str) -> list[Named]:
    tokens = stretch.tokens
    span = stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(tokens[last - 1].text))
    name = surface(tokens[first:last])
    if span is None or NO_NAME.match(name):
        return []
    return [Named(stretch, first, last, kind, name, span, country, span if country else None, label=label)]


def _person(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    """A person's name: possessive countries and titles inside it are taken off its front."""
    tokens = stretch.tokens
    for index in range(last - 1, first, -1):
        if tokens[index - 1].text in POSSESSIVE:
            owner = _cleaned_owner(stretch, first, index - 1, rows)
            return owner + (_person(stretch, index, last, rows) if index < last else [])
    while first < last and (
        not (tokens[first].text[0].isupper() or tokens[first].text.lower() in PARTICLES)
        or tokens[first].text.lower() in rows.role_words
        or joined(tokens[first : first + 1]) in rows.adjectives
    ):
        first += 1
    if first == last or not any(token.text[0].isupper() for token in tokens[first:last]):
        return []
    made = _made(stretch, first, last, "person", None, PEOPLE)
    if not made:
        return []
    if stands_as_town(stretch, first, last, rows):
        return _made(stretch, first, last, "place", None, "GPE")
    role = title_before(stretch, first, rows) or apposition_behind(stretch, first, last, rows)
    country, country_span = (role.country, role.country_span) if role else (None, None)
    if country is None:
        country, country_span = country_before(stretch, first, rows)
    if role is None and country is None and tokens[first].ent_start and len(made[0].name) < 2:
        return []
    return [Named(stretch, first, last, "person", made[0].name, made[0].span, country, country_span, role, PEOPLE)]


def _cleaned_owner(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    words = joined(stretch.tokens[first:last])
    if words in rows.countries:
        return _made(stretch, first, last, "place", rows.countries[words], "GPE")
    return _made(stretch, first, last, "person", None, PEOPLE) if first < last else []


def _body(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    """A body's name, with the country word in it or right before it: "Ukraine's Defense Ministry"."""
    tokens = stretch.tokens
    last = _behind_number(tokens, last)
    placed = first > 0 and tokens[first - 1].text.lower() in ("in", "near", "outside")
    name = surface(tokens[first:last])
    if last - first <= 2 and (_is_town(name, 20_000 if placed else GREAT) or _is_foreign_town(name)):
        return _made(stretch, first, last, "place", None, "GPE")
    start, country, country_span = first, None, None
    for reach in (3, 2, 1):
        words = joined(tokens[first : first + reach])
        if first + reach < last and words in rows.countries:
            country = rows.countries[words]
            country_span = stretch.span(
                stretch.starts[first], stretch.starts[first + reach - 1] + len(tokens[first + reach - 1].text)
            )
            break
    if country is None:
        country, country_span = country_before(stretch, first, rows)
        if country is not None and country_span is not None:
            while start > 0 and tokens[start - 1].start >= country_span.start:
                start -= 1
    if country is None and start > 1 and tokens[start - 1].text in POSSESSIVE and tokens[start - 2].ent in PLACES:
        start -= 2
        while start and tokens[start].ent in PLACES and not tokens[start].ent_start:
            start -= 1
    made = _made(stretch, start, last, "organisation", None, BODIES)
    return [
        Named(stretch, start, last, "organisation", made[0].name, made[0].span, country, country_span, label=BODIES)
        for _ in made
    ]


def _behind_number(tokens: tuple[Token, ...], last: int) -> int:
    """Where a name ends that has a number: "Hospital No. 2"."""
    if last >= len(tokens) or tokens[last].text not in NUMBER_SIGNS:
        return last
    at = last + 2 if tokens[last + 1 : last + 2] and tokens[last + 1].text == "." else last + 1
    return at + 1 if at < len(tokens) and tokens[at].text.isdigit() else last


@cache
def _is_town(name: str, people: int) -> bool:
    """Whether a "body" of the parser's bears the first name of a town so great: "Oslo said …" is a place that acts."""
    found = gazetteer().find(name)
    return any(listed.kind == "town" and listed.main and listed.population >= people for listed in found)


def _is_foreign_town(name: str) -> bool:
    """Whether a name in Cyrillic letters is that of a place."""
    return any("\u0400" <= char <= "\u04ff" for char in name) and bool(gazetteer().find(name))


def _settled(mentions: list[Named], rows: Rows) -> list[Named]:
    """What the parser took for a place or a body is a person, once the text has shown a person of that name."""
    people = [levelled(mention.name).split() for mention in mentions if mention.kind == "person"]
    surnames = _surnames(people, rows)
    full = {tuple(words) for words in people if len(words) > 1}
    settled: list[Named] = []
    for mention in mentions:
        named = mention.kind in ("place", "organisation", "nationality") and _is_persons(mention, surnames, full, rows)
        again = _person(mention.stretch, mention.first, mention.last, rows) if named else []
        settled += again if [one.kind for one in again] == ["person"] else [mention]
    return settled


def _surnames(people: Sequence[list[str]], rows: Rows) -> set[str]:
    """The words that can be a surname in the names of people: the last, and the father's before the mother's."""
    found = {each[-1] for each in people if each}
    return found | {each[-2] for each in people if len(each) > 2 and not rows.given.is_given(each[-2])}


def _is_persons(mention: Named, surnames: set[str], full: set[tuple[str, ...]], rows: Rows) -> bool:
    words = tuple(levelled(mention.name).split())
    if not words or mention.row or mention.country is not None or (words[-1] in rows.things and words not in full):
        return False
    if len(words) > 1:
        first = mention.name.split()[0]
        is_known = rows.given.is_given(first) or first.lower() in rows.role_words
        is_told = words in full or (len(words) > 2 and words[:2] in full)
        return is_told or (words[-1] in surnames and (is_known or not gazetteer().find(mention.name)))
    if words[0] not in surnames or stands_as_town(mention.stretch, mention.first, mention.last, rows):
        return False
    before = mention.stretch.tokens[mention.first - 1].text.lower() if mention.first else ""
    if mention.kind == "nationality" and not _acts(mention):
        return False
    return before not in PLACED and not _is_town(mention.name, GREAT)


def _acts(mention: Named) -> bool:
    """Whether one word stands alone before a verb, as a people in the singular does not: "Dagalo denied it"."""
    after = mention.stretch.tokens[mention.last : mention.last + 1]
    is_alone = not mention.first or mention.stretch.tokens[mention.first - 1].pos in ("PUNCT", "CCONJ", "SCONJ")
    return is_alone and bool(after) and after[0].pos in ("VERB", "AUX") and after[0].tag not in ("VBP", "VB")


def _entity(cluster: Cluster) -> Entity:
    mentions = sorted(cluster.mentions, key=lambda mention: mention.span)
    name = cluster.name
    roles = [mention.role for mention in mentions if mention.role is not None]
    role = roles[0] if roles else None
    given = [mention for mention in mentions if mention.country is not None]
    countries = {mention.country for mention in given}
    # Two countries said of one name is a doubt: then none is kept.
    country = given[0] if len(countries) == 1 else None
    return Entity(
        name,
        cluster.kind,
        tuple(mention.span for mention in mentions),
        tuple(form for form in cluster.forms if form != name),
        role.name if role else None,
        role.span if role else None,
        country.country if country else None,
        country.country_span if country else None,
        tuple(Tie(form, why) for form in cluster.forms if (why := cluster.why.get(form))),
    )
