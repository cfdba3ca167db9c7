"""People and bodies: every spelling that is one, what they are, and the country the text itself gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.grounding.stretches import Stretch
from sayso.knowledge import Knowledge
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.record import Entity, Span
from sayso.values.name import levelled, same_person, surname

PEOPLE, BODIES, PLACES, PEOPLES = "PERSON", "ORG", ("GPE", "LOC", "FAC"), "NORP"
LONGEST_ROLE = 7
GREAT = 300_000
ONE_BODY = ("armed_group", "breakaway", "body", "humanitarian")
LONGEST_APPOSITION = 16
POSSESSIVE = ("'s", "'")
NO_NAME = re.compile(r"^(?:[\W\d_]+|the|a|an)$", re.I)


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is said to be: the words, and the country that stands directly before them."""

    name: str
    span: Span
    country: str | None = None
    country_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a name, with the tokens `[first, last)` of its sentence."""

    stretch: Stretch
    first: int
    last: int
    kind: str  # person | organisation | nationality | outlet | channel | place
    name: str
    span: Span
    country: str | None = None
    country_span: Span | None = None
    role: Role | None = None
    label: str = ""
    row: str = ""  # the id of the party's row, where its names are all one body's


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows about who somebody is, as tables."""

    role_words: frozenset[str]
    modifiers: frozenset[str]
    countries: Mapping[str, str]  # country names and adjectives, lower case → alpha-3
    adjectives: Mapping[str, str]  # the adjectives and peoples alone
    bodies: Mapping[str, tuple[str, str, str | None]]  # name → kind, first name, country
    parties: Mapping[str, str]  # name → id, of parties whose names are all one body's
    longest: int
    given: Mapping[str, str]


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity under way."""

    kind: str
    mentions: list[Named] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form, the first of those equally full."""
        return max(self.mentions, key=lambda mention: (len(mention.name.split()), -mention.span.start)).name

    @property
    def forms(self) -> list[str]:
        """Every spelling, in the order of the text."""
        return list(dict.fromkeys(mention.name for mention in self.mentions))


def named_in(stretches: Sequence[Stretch], knowledge: Knowledge) -> tuple[Named, ...]:
    """All names of people, bodies and places that the parser and the rows see, cleaned, in order."""
    rows = rows_about_people(knowledge)
    mentions: list[Named] = []
    for stretch in stretches:
        if stretch.tokens:
            mentions += _names_of(stretch, rows)
    return _settled(mentions)


def entities_of(mentions: Sequence[Named], knowledge: Knowledge) -> tuple[Entity, ...]:
    """The people and bodies behind the mentions, in the order in which they first stand."""
    rows = rows_about_people(knowledge)
    people = [mention for mention in mentions if mention.kind == "person"]
    others = [mention for mention in mentions if mention.kind not in ("person", "place")]
    clusters = _people(people, rows.given) + _others(others)
    clusters.sort(key=lambda cluster: min(mention.span for mention in cluster.mentions))
    return tuple(map(_entity, clusters))


# Finding names -----------------------------------------------------------------------------------


def _names_of(stretch: Stretch, rows: Rows) -> list[Named]:
    tokens = stretch.tokens
    taken = [False] * len(tokens)
    found = [*_listed(stretch, rows, taken)]
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
        found += _cleaned(stretch, index, last, rows, taken)
        index = last
    found.sort(key=lambda mention: mention.first)
    return found


def _listed(stretch: Stretch, rows: Rows, taken: list[bool]) -> list[Named]:
    """Outlets, channels and parties by their rows: the longest name at each place."""
    tokens = stretch.tokens
    found = []
    index = 0
    while index < len(tokens):
        last = _longest(tokens, index, rows)
        if last is None or _goes_on_as_name(stretch, index, last):
            index += 1
            continue
        words = _joined(tokens[index:last])
        kind, name, country = rows.bodies[words]
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
        if _joined(tokens[index:last]) in rows.bodies:
            return last
    return None


def _goes_on_as_name(stretch: Stretch, index: int, last: int) -> bool:
    """Whether the listed words are only part of a longer name of a person or body ("Wagner" in "Eva Wagner")."""
    tokens = stretch.tokens
    inside = tokens[index].ent
    before = tokens[index - 1] if index else None
    after = tokens[last] if last < len(tokens) else None
    if inside != PEOPLE:
        return False
    return bool(
        (before is not None and before.ent == PEOPLE and not tokens[index].ent_start)
        or (after is not None and after.ent == PEOPLE and not after.ent_start and after.text not in POSSESSIVE)
    )


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


def _cleaned(stretch: Stretch, first: int, last: int, rows: Rows, taken: list[bool]) -> list[Named]:
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
    words = _joined(tokens[first:last])
    if words in rows.adjectives:
        return _made(stretch, first, last, "nationality", rows.adjectives[words], label)
    if words in rows.countries:
        return _made(stretch, first, last, "place", rows.countries[words], label)
    if label == PEOPLE:
        return _person(stretch, first, last, rows, taken)
    if label == BODIES:
        return _body(stretch, first, last, rows)
    if label == PEOPLES and _is_town(_surface(tokens[first:last]), GREAT):
        return _made(stretch, first, last, "place", None, "GPE")
    if label == PEOPLES:
        return _made(stretch, first, last, "nationality", None, label)
    return _made(stretch, first, last, "place", None, label)


def _made(stretch: Stretch, first: int, last: int, kind: str, country: str | None, label: str) -> list[Named]:
    tokens = stretch.tokens
    span = stretch.span(stretch.starts[first], stretch.starts[last - 1] + len(tokens[last - 1].text))
    name = _surface(tokens[first:last])
    if span is None or NO_NAME.match(name):
        return []
    return [Named(stretch, first, last, kind, name, span, country, span if country else None, label=label)]


def _person(stretch: Stretch, first: int, last: int, rows: Rows, taken: list[bool]) -> list[Named]:
    """A person's name: possessive countries and titles inside it are taken off its front."""
    tokens = stretch.tokens
    for index in range(last - 1, first, -1):
        if tokens[index - 1].text in POSSESSIVE:
            owner = _cleaned_owner(stretch, first, index - 1, rows)
            return owner + (_person(stretch, index, last, rows, taken) if index < last else [])
    while first < last and (
        tokens[first].text.lower() in rows.role_words or _joined(tokens[first : first + 1]) in rows.adjectives
    ):
        first += 1
    if first == last or not any(token.text[0].isupper() for token in tokens[first:last]):
        return []
    made = _made(stretch, first, last, "person", None, PEOPLE)
    if not made:
        return []
    role = _title(stretch, first, rows) or _apposition(stretch, first, last, rows)
    country, country_span = (role.country, role.country_span) if role else (None, None)
    if country is None:
        country, country_span = _country_before(stretch, first, rows)
    if role is None and country is None and tokens[first].ent_start and len(made[0].name) < 2:
        return []
    return [Named(stretch, first, last, "person", made[0].name, made[0].span, country, country_span, role, PEOPLE)]


def _cleaned_owner(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    words = _joined(stretch.tokens[first:last])
    if words in rows.countries:
        return _made(stretch, first, last, "place", rows.countries[words], "GPE")
    return _made(stretch, first, last, "person", None, PEOPLE) if first < last else []


def _body(stretch: Stretch, first: int, last: int, rows: Rows) -> list[Named]:
    """A body's name, with the country word in it or right before it: "Ukraine's Defense Ministry"."""
    tokens = stretch.tokens
    placed = first > 0 and tokens[first - 1].text.lower() in ("in", "near", "outside")
    if last - first <= 2 and _is_town(_surface(tokens[first:last]), 20_000 if placed else GREAT):
        return _made(stretch, first, last, "place", None, "GPE")
    start, country, country_span = first, None, None
    for reach in (3, 2, 1):
        words = _joined(tokens[first : first + reach])
        if first + reach < last and words in rows.countries:
            country = rows.countries[words]
            country_span = stretch.span(
                stretch.starts[first], stretch.starts[first + reach - 1] + len(tokens[first + reach - 1].text)
            )
            break
    if country is None:
        country, country_span = _country_before(stretch, first, rows)
        if country is not None and country_span is not None:
            while start > 0 and tokens[start - 1].start >= country_span.start:
                start -= 1
    made = _made(stretch, start, last, "organisation", None, BODIES)
    return [
        Named(stretch, start, last, "organisation", made[0].name, made[0].span, country, country_span, label=BODIES)
        for _ in made
    ]


@cache
def _is_town(name: str, people: int) -> bool:
    """Whether a "body" of the parser's bears the first name of a town so great: "Oslo said …" is a place that acts."""
    found = gazetteer().find(name)
    return any(listed.kind == "town" and listed.main and listed.population >= people for listed in found)


def _country_before(stretch: Stretch, first: int, rows: Rows) -> tuple[str | None, Span | None]:
    """The country whose adjective or possessive stands right before a token: "Russian …", "Russia's …", "US …"."""
    tokens = stretch.tokens
    end = first
    possessive = end > 0 and tokens[end - 1].text in POSSESSIVE
    if possessive:
        end -= 1
    for reach in (4, 3, 2, 1):
        start = end - reach
        if start < 0:
            continue
        words = _joined(tokens[start:end])
        names = rows.countries if possessive or words in ("us", "u.s.", "uk", "u.k.", "uae", "eu") else rows.adjectives
        if words in names:
            return names[words], stretch.span(
                stretch.starts[start], stretch.starts[end - 1] + len(tokens[end - 1].text)
            )
    return None, None


# Roles -------------------------------------------------------------------------------------------


def _title(stretch: Stretch, first: int, rows: Rows) -> Role | None:
    """The title right before a name ("Russian President …"), or what stands before a comma ("the mayor, …")."""
    tokens = stretch.tokens
    end = first
    comma = end > 0 and tokens[end - 1].text == ","
    if comma:
        end -= 1
        if end == 0 or (
            tokens[end - 1].lemma not in rows.role_words and tokens[end - 1].text.lower() not in rows.role_words
        ):
            return None
    start = end
    while start > 0 and end - start < LONGEST_ROLE and _is_role_word(tokens, start - 1, end, rows):
        start -= 1
    while start < end and not _begins_role(tokens[start], rows):
        start += 1
    if start == end or not _has_role_word(tokens[start:end], rows):
        return None
    if comma and not _describes(tokens, start):
        return None
    span = stretch.span(stretch.starts[start], stretch.starts[end - 1] + len(tokens[end - 1].text))
    if span is None:
        return None
    country, country_span = _country_before(stretch, start, rows)
    return Role(_surface(tokens[start:end]), span, country, country_span)


def _is_role_word(tokens: tuple[Token, ...], index: int, end: int, rows: Rows) -> bool:
    token = tokens[index]
    word = token.text.lower()
    if word in rows.role_words or token.lemma in rows.role_words or word in rows.modifiers:
        return True
    return token.text == "-" or (token.text in ("of", "for") and index + 1 < end and index > 0)


def _begins_role(token: Token, rows: Rows) -> bool:
    return (
        token.text.lower() in rows.role_words or token.lemma in rows.role_words or token.text.lower() in rows.modifiers
    )


def _has_role_word(tokens: Iterable[Token], rows: Rows) -> bool:
    return any(token.text.lower() in rows.role_words or token.lemma in rows.role_words for token in tokens)


def _describes(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the words before a comma describe the name behind it: an article, possessive or adjective leads them."""
    before = tokens[start - 1] if start else None
    return before is not None and (
        before.pos in ("DET", "PRON", "ADJ", "PROPN", "PART", "NOUN") or before.text in POSSESSIVE
    )


def _apposition(stretch: Stretch, first: int, last: int, rows: Rows) -> Role | None:
    """What stands between commas behind a name: ", governor of the Oslo region,"."""
    tokens = stretch.tokens
    at = last
    if at >= len(tokens) or tokens[at].text not in (",", "("):
        return None
    at += 1
    while at < len(tokens) and (tokens[at].pos == "DET" or tokens[at].text.lower() in ("the", "a", "an")):
        at += 1
    start = at
    while at < len(tokens) and at - start < LONGEST_APPOSITION:
        token = tokens[at]
        if token.text in (",", ".", ";", ":", ")", '"', "--", "-", "–", "—") or (
            token.pos in ("VERB", "AUX") and token.tag not in ("VBN", "VBG")
        ):
            break
        if token.tag in ("WP", "WDT", "WRB"):
            break
        at += 1
    head = start
    while head < at and not (tokens[head].text.lower() in rows.role_words or tokens[head].lemma in rows.role_words):
        if tokens[head].pos not in ("ADJ", "NOUN", "PROPN", "PART", "NUM", "ADV", "VERB") and tokens[head].text not in (
            "-",
            "'s",
        ):
            return None
        head += 1
    if head == at:
        return None
    while head + 1 < at and (tokens[head + 1].text.lower() in rows.role_words):
        head += 1
    begin = start
    country, country_span = None, None
    for index in range(start, head + 1):
        found, found_span = _country_before(stretch, index, rows)
        if found is not None and index <= head:
            country, country_span, begin = found, found_span, index
    span = stretch.span(stretch.starts[begin], stretch.starts[at - 1] + len(tokens[at - 1].text))
    return Role(_surface(tokens[begin:at]), span, country, country_span) if span else None


# Tying spellings together ------------------------------------------------------------------------


def _settled(mentions: list[Named]) -> tuple[Named, ...]:
    """A surname that the parser took for a place is the person's, once the text has named that person in full."""
    full = {
        levelled(mention.name).split()[-1] for mention in mentions if mention.kind == "person" and " " in mention.name
    }
    settled = []
    for mention in mentions:
        alone = " " not in mention.name and mention.country is None
        placed = mention.first > 0 and mention.stretch.tokens[mention.first - 1].text.lower() in (
            "in",
            "at",
            "near",
            "outside",
        )
        if (
            mention.kind in ("place", "organisation")
            and alone
            and not placed
            and (levelled(mention.name).split() or [""])[-1] in full
        ):
            mention = Named(  # noqa: PLW2901 - the mention is read anew
                mention.stretch, mention.first, mention.last, "person", mention.name, mention.span, label=PEOPLE
            )
        settled.append(mention)
    return tuple(settled)


def _people(mentions: Sequence[Named], given: Mapping[str, str]) -> list[Cluster]:
    """People by their full names first; then each short name goes to the one person it fits, if there is only one."""
    clusters: list[Cluster] = []
    full = [mention for mention in mentions if " " in mention.name]
    for mention in full:
        fits = [
            cluster for cluster in clusters if any(same_person(form, mention.name, given) for form in cluster.forms)
        ]
        if len(fits) == 1:
            fits[0].mentions.append(mention)
        else:
            clusters.append(Cluster("person", [mention]))
    short: dict[str, Cluster] = {}
    for mention in mentions:
        if " " in mention.name:
            continue
        fits = _fitting(clusters, mention)
        key = levelled(mention.name)
        if len(fits) == 1:
            fits[0].mentions.append(mention)
        elif key in short:
            short[key].mentions.append(mention)
        else:
            short[key] = Cluster("person", [mention])
    return clusters + list(short.values())


def _fitting(clusters: list[Cluster], mention: Named) -> list[Cluster]:
    exact = [cluster for cluster in clusters if any(surname(form) == levelled(mention.name) for form in cluster.forms)]
    if exact:
        return exact
    reasons = [
        (cluster, {same_person(form, mention.name) for form in cluster.forms if " " in form}) for cluster in clusters
    ]
    by_surname = [cluster for cluster, found in reasons if "surname" in found]
    if by_surname:
        return by_surname
    return [cluster for cluster, found in reasons if "given_name" in found]


def _others(mentions: Sequence[Named]) -> list[Cluster]:
    clusters: dict[tuple[str, str, str | None], Cluster] = {}
    for mention in mentions:
        key: tuple[str, str, str | None] = (mention.kind, levelled(mention.name) or mention.name, None)
        if mention.row:
            key = (mention.kind, "", mention.row)
        if mention.kind == "nationality" and mention.country:
            key = (mention.kind, "", mention.country)
        clusters.setdefault(key, Cluster(mention.kind)).mentions.append(mention)
    return list(clusters.values())


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
    )


# Rows as tables ----------------------------------------------------------------------------------


@cache
def rows_about_people(knowledge: Knowledge) -> Rows:
    """The rows on roles, countries, outlets, channels and parties, made into tables once."""
    roles = knowledge.rows("en/role")
    words = {word for row in roles if row["kind"] != "modifier" for word in row["words"]}
    single = {word for word in words if " " not in word} | {word.split()[-1] for word in words}
    modifiers = {word for row in roles if row["kind"] == "modifier" for word in row["words"]}
    adjectives = {_folded(word): row["code"] for row in knowledge.rows("countries") for word in row.get("demonyms", ())}
    countries = {**country_names(knowledge), **adjectives}
    bodies = _bodies(knowledge)
    return Rows(
        role_words=frozenset(single),
        modifiers=frozenset(modifiers),
        countries=countries,
        adjectives=adjectives,
        bodies=bodies,
        parties={
            _folded(name): row["id"]
            for row in knowledge.rows("parties")
            if row["kind"] in ONE_BODY
            for name in (row["name"], *row.get("also", ()))
        },
        longest=max((len(_words(name)) for name in bodies), default=1),
        given={
            levelled(form): levelled(row["forms"][0]) for row in knowledge.rows("given_names") for form in row["forms"]
        },
    )


@cache
def country_names(knowledge: Knowledge) -> dict[str, str]:
    """Country names, lower case, by their rows and by the ISO list."""
    names = {_folded(name): code for code, name in gazetteer().country_names()}
    names |= {_folded(name): row["code"] for row in knowledge.rows("countries") for name in row.get("names", ())}
    return names


def _bodies(knowledge: Knowledge) -> dict[str, tuple[str, str, str | None]]:
    bodies: dict[str, tuple[str, str, str | None]] = {}
    for row in knowledge.rows("parties"):
        for name in (row["name"], *row.get("also", ())):
            bodies[_folded(name)] = ("organisation", name.removeprefix("the "), row.get("country"))
    for row in knowledge.rows("en/channel"):
        for name in row.get("names", ()):
            bodies[_folded(name)] = ("channel", name, None)
    for row in knowledge.rows("outlets"):
        for name in (row["name"], *row.get("also", ())):
            bodies.setdefault(_folded(name), ("outlet", row["name"], None))
    return bodies


def _folded(name: str) -> str:
    """A name as `_joined` gives it: lower case, as the tokens stand."""
    return " ".join(_words(name)).lower()


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z]\.(?:[A-Za-z]\.)+|[\w.&]+(?:'(?!s\b)\w+)*|'s|-|[^\w\s]", name.removeprefix("the "))


def _joined(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens).lower()


def _surface(tokens: Sequence[Token]) -> str:
    parts = [token.text + (" " if token.space else "") for token in tokens]
    return "".join(parts).strip()
