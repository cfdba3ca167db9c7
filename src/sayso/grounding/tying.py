"""Which mentions of people are one person: full names first, then each short one if it fits one person only.

A short name that fits two is given to the one whose office it bears, or who alone is told of before it; else it is kept
apart, doubtful, and given to neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.grounding.kin import Strangers, sex_by_spouse, strangers_among
from sayso.grounding.named import Named
from sayso.grounding.people_rows import Rows
from sayso.record import Span
from sayso.values.keys import Near, person_keys
from sayso.values.name import Forms, levelled, name_words, same_person

STRONG = ("same", "spelling", "full_name", "order", "initial", "short_form")
NEVER = frozenset(("tail", "turned"))
BY_SURNAME = ("same", "spelling", "surname")
WEAKER = (("first_surname",), ("given_name",))
BESIDE, APART = 1, 3
"""Sentences: a bare surname is of whom the last one named, if no other of that surname is named in the last three."""
AGE = re.compile(r"\d{1,2}")
SEXES = {
    "mr": "m", "mr.": "m", "king": "m", "prince": "m", "spokesman": "m", "chairman": "m", "congressman": "m",
    "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "queen": "f", "princess": "f", "spokeswoman": "f",
    "chairwoman": "f", "congresswoman": "f", "businesswoman": "f", "businessman": "m",
}  # fmt: skip


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity under way, and why each spelling was put with the others."""

    kind: str
    mentions: list[Named] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    sexes: set[str] = field(default_factory=set)
    _forms: dict[str, Span] = field(default_factory=dict)  # each spelling, with where it first stands

    def __post_init__(self) -> None:
        """Know the mentions that are there from the start."""
        for mention in self.mentions:
            self._know(mention)

    def add(self, mentions: Sequence[Named], why: str = "") -> None:
        """Take mentions in, with the reason for spellings that are new."""
        known = set(self._forms) if len(mentions) > 1 else self._forms.keys()
        for mention in mentions:
            if known and mention.name not in known:
                self.why.setdefault(mention.name, why)
            self.mentions.append(mention)
            self._know(mention)

    def _know(self, mention: Named) -> None:
        self._forms[mention.name] = min(self._forms.get(mention.name, mention.span), mention.span)
        if self.kind == "person" and (sex := _sex(mention)):
            self.sexes.add(sex)

    @property
    def name(self) -> str:
        """The fullest form, the first of those equally full; a full name before its initials."""
        return max(self.mentions, key=_fullness).name

    @property
    def forms(self) -> list[str]:
        """Every spelling, in the order of the text."""
        return sorted(self._forms, key=lambda name: self._forms[name])


def _fullness(mention: Named) -> tuple[bool, int, int, int]:
    words = mention.name.split()
    return not mention.alias, sum(len(word.strip(".")) > 1 for word in words), len(words), -mention.span.start


def people_of(mentions: Sequence[Named], rows: Rows) -> list[Cluster]:
    """The people behind the mentions of people."""
    by_name: dict[str, list[Named]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    full = {name: None for name in by_name if len(name_words(name)) > 1 and not by_name[name][0].alias}
    people = _People(rows, strangers_among(mentions))
    people.place_full_names(list(full), by_name)
    rest = [mention for mention in mentions if mention.name not in full]
    rest.sort(key=lambda mention: (-len(name_words(mention.name)), mention.span))
    for mention in rest:
        people.place(mention)
    return people.clusters + people.short


class _People:
    """The people found so far, by the keys of their names."""

    def __init__(self, rows: Rows, strangers: Strangers) -> None:
        self.rows = rows
        self.strangers = strangers
        self.clusters: list[Cluster] = []
        self.short: list[Cluster] = []
        self._near: Near[Cluster] = Near()
        self._short_near: Near[Cluster] = Near()

    # Full names --------------------------------------------------------------------------------------

    def place_full_names(self, names: list[str], by_name: dict[str, list[Named]]) -> None:
        """The fullest first, initials last: whom "J. Reva" can be is known once all other names are."""
        left: list[str] = []
        for name in sorted(names, key=lambda name: (_has_initial(name), -len(name_words(name)))):
            near = self._like(name)
            fits = [(cluster, why) for cluster in near if (why := self._fits(cluster, name, by_name[name]))]
            if len(fits) == 1:
                self._add(fits[0][0], by_name[name], fits[0][1])
            elif not fits and any(_tail(cluster, name, self.rows.given) for cluster in near):
                left.append(name)
            else:
                self._found(by_name[name])
        for name in left:
            tails = [cluster for cluster in self._like(name) if _tail(cluster, name, self.rows.given)]
            if len(tails) == 1:
                self._add(tails[0], by_name[name], "surname")
            else:
                self._found(by_name[name])

    def _like(self, name: str) -> list[Cluster]:
        """The people with a name that can be one with this."""
        return self._near.by({*person_keys(name, self.rows.given, asked=True), ("name", name)})

    def _found(self, mentions: Sequence[Named]) -> None:
        cluster = Cluster("person", list(mentions))
        self.clusters.append(cluster)
        self._index(cluster, mentions)

    def _add(self, cluster: Cluster, mentions: Sequence[Named], why: str) -> None:
        cluster.add(mentions, why)
        self._index(cluster, mentions)

    def _index(self, cluster: Cluster, mentions: Sequence[Named]) -> None:
        for name in {mention.name for mention in mentions}:
            self._near.add(cluster, {*person_keys(name, self.rows.given), ("name", name)})

    def _fits(self, cluster: Cluster, name: str, mentions: Sequence[Named]) -> str | None:
        """Why a full name is this person's: it must go with every full name the person has."""
        if not self._may_be(cluster, mentions):
            return None
        reasons = [same_person(form, name, self.rows.given) for form in cluster.forms if len(name_words(form)) > 1]
        if not reasons or None in reasons or not NEVER.isdisjoint(reasons):
            return None
        if "languages" in reasons:
            return "languages" if _share_an_office(cluster.mentions, mentions, self.rows) else None
        return next((reason for reason in reasons if reason in STRONG), None)

    def _may_be(self, cluster: Cluster, mentions: Sequence[Named]) -> bool:
        """Whether the text does not tell that these are somebody else: of another sex, or kin."""
        return _sexes_agree(cluster, mentions) and not self.strangers.between(cluster.mentions, mentions)

    # Short names -------------------------------------------------------------------------------------

    def place(self, mention: Named) -> None:
        """Give a short name to the one person it can mean; else it stays alone, or with others of its spelling."""
        fits, why = self._fitting(mention)
        if len(fits) > 1 and mention.role is not None:
            fits = [cluster for cluster in fits if _share_an_office(cluster.mentions, [mention], self.rows)]
            why = "surname_and_role"
        if len(fits) > 1:
            fits = _meant_here(fits, mention)
        if len(fits) == 1:
            self._add(fits[0], [mention], why)
            return
        keys = {*person_keys(mention.name, self.rows.given), ("name", mention.name)}
        same = [
            cluster
            for cluster in self._short_near.by(keys)
            if cluster.name == mention.name or (not fits and _are_one_word(cluster, mention, self.rows))
        ]
        if same and self._may_be(same[0], [mention]):
            same[0].add([mention], "spelling")
        else:
            same = [Cluster("person", [mention])]
            self.short.append(same[0])
        self._short_near.add(same[0], keys)

    def _fitting(self, mention: Named) -> tuple[list[Cluster], str]:
        """The people a short name can mean, by the strongest reason there is: an alias, the surname, the given name."""
        if mention.alias:
            named = [cluster for cluster in self._near.by([("name", mention.alias)]) if mention.alias in cluster.forms]
            if named:
                return named, "bracket"
        return _best(self._reasons(mention), mention)

    def _reasons(self, mention: Named) -> list[tuple[Cluster, set[str | None]]]:
        given = self.rows.given
        return [
            (cluster, {same_person(form, mention.name, given) for form in cluster.forms if " " in form or "-" in form})
            for cluster in self._like(mention.name)
            if self._may_be(cluster, [mention])
        ]


# Full names --------------------------------------------------------------------------------------


def _has_initial(name: str) -> bool:
    return any(len(word) == 1 for word in name_words(name)) or bool(re.search(r"\b[A-Z][a-z]?\.", name))


def _tail(cluster: Cluster, name: str, forms: Forms) -> bool:
    """Whether a name of several words is the surname of a person told in full: "García Márquez"."""
    return any(same_person(form, name, forms) == "surname" for form in cluster.forms)


# Short names -------------------------------------------------------------------------------------


def _meant_here(fits: Sequence[Cluster], mention: Named) -> list[Cluster]:
    """Of people of one surname the only one told of before it, else the only one told of in the sentences right before.

    Nobody is called by a bare surname before being named; all of them where the text does not settle it.
    """
    number, at = mention.stretch.number, mention.span.start
    before = [(cluster, _numbers_before(cluster, at)) for cluster in fits]
    told = [cluster for cluster, numbers in before if numbers]
    if len(told) == 1:
        return told
    near = [cluster for cluster, numbers in before if numbers and number - numbers[-1] <= BESIDE]
    apart = [numbers for cluster, numbers in before if cluster not in near]
    is_alone = len(near) == 1 and all(not numbers or number - numbers[-1] > APART for numbers in apart)
    return near if is_alone else list(fits)


def _numbers_before(cluster: Cluster, at: int) -> list[int]:
    """The numbers of the sentences before a place of the text in which somebody is named."""
    return sorted(one.stretch.number for one in cluster.mentions if one.span.start < at)


def _are_one_word(cluster: Cluster, mention: Named, rows: Rows) -> bool:
    return all(same_person(form, mention.name, rows.given) in ("same", "spelling") for form in cluster.forms)


def _best(reasons: Sequence[tuple[Cluster, set[str | None]]], mention: Named) -> tuple[list[Cluster], str]:
    last = levelled(mention.name).split()
    exact = [
        cluster
        for cluster, found in reasons
        if "surname" in found and any(levelled(form).split()[-1:] == last for form in cluster.forms)
    ]
    if exact:
        return exact, "surname"
    by_surname = [cluster for cluster, found in reasons if found.intersection(BY_SURNAME)]
    if by_surname:
        return by_surname, "surname"
    for weaker in WEAKER:
        fits = [cluster for cluster, found in reasons if found.intersection(weaker)]
        if fits:
            return ([], "") if weaker == ("given_name",) and _has_own_age(mention) else (fits, weaker[0])
    return [], ""


def _has_own_age(mention: Named) -> bool:
    """As in "Ivan, 7, was hurt": a person met here for the first time."""
    after = [token.text for token in mention.stretch.tokens[mention.last : mention.last + 2]]
    return len(after) == 2 and after[0] in (",", "(") and AGE.fullmatch(after[1]) is not None


# What the text tells of them ---------------------------------------------------------------------


def _share_an_office(ours: Sequence[Named], theirs: Sequence[Named], rows: Rows) -> bool:
    """Whether both are told to hold one office, of one country where both have one."""
    countries = {mention.country for mention in (*ours, *theirs) if mention.country}
    return len(countries) < 2 and bool(_offices(ours, rows) & _offices(theirs, rows))


def _offices(mentions: Sequence[Named], rows: Rows) -> frozenset[str]:
    words = {word.lower() for mention in mentions if mention.role for word in mention.role.name.split()}
    return frozenset(words & rows.role_words)


def _sexes_agree(cluster: Cluster, mentions: Sequence[Named]) -> bool:
    return len(cluster.sexes | {sex for mention in mentions if (sex := _sex(mention))}) < 2


def _sex(mention: Named) -> str:
    """Whether the words before a name, its role, or a spouse told of behind it are said of a man or of a woman."""
    before = [token.text.lower() for token in mention.stretch.tokens[max(0, mention.first - 1) : mention.first + 1]]
    role = mention.role.name.lower().split() if mention.role else []
    told = next((SEXES[word] for word in (*before, *role) if word in SEXES), "")
    return told or sex_by_spouse(mention)
