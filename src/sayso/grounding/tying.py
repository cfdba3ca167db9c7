"""Which mentions of people are one person: full names first, then each short one if it fits one person only.

A short name that fits two is kept apart, doubtful; it is never given to either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.grounding.named import Named
from sayso.grounding.people_rows import Rows
from sayso.values.name import DOUBTFUL, Forms, levelled, name_words, same_person

STRONG = ("same", "spelling", "full_name", "order", "initial", "short_form")
BY_SURNAME = ("same", "spelling", "surname")
WEAKER = (("first_surname",), ("given_name",))
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

    def add(self, mentions: Sequence[Named], why: str = "") -> None:
        """Take mentions in, with the reason for spellings that are new."""
        known = {mention.name for mention in self.mentions}
        for mention in mentions:
            if known and mention.name not in known:
                self.why.setdefault(mention.name, why)
            self.mentions.append(mention)

    @property
    def name(self) -> str:
        """The fullest form, the first of those equally full; a full name before its initials."""
        return max(self.mentions, key=_fullness).name

    @property
    def forms(self) -> list[str]:
        """Every spelling, in the order of the text."""
        ordered = sorted(self.mentions, key=lambda mention: mention.span)
        return list(dict.fromkeys(mention.name for mention in ordered))


def _fullness(mention: Named) -> tuple[bool, int, int, int]:
    words = mention.name.split()
    return not mention.alias, sum(len(word.strip(".")) > 1 for word in words), len(words), -mention.span.start


def people_of(mentions: Sequence[Named], rows: Rows) -> list[Cluster]:
    """The people behind the mentions of people."""
    by_name: dict[str, list[Named]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    full = [name for name in by_name if len(name_words(name)) > 1 and not by_name[name][0].alias]
    clusters = _of_full_names(full, by_name, rows)
    short: list[Cluster] = []
    rest = [mention for mention in mentions if mention.name not in full]
    rest.sort(key=lambda mention: (-len(name_words(mention.name)), mention.span))
    for mention in rest:
        _place(mention, clusters, short, rows)
    return clusters + short


# Full names --------------------------------------------------------------------------------------


def _of_full_names(names: list[str], by_name: dict[str, list[Named]], rows: Rows) -> list[Cluster]:
    """The fullest first, initials last: whom "J. Reva" can be is known once all other names are."""
    clusters: list[Cluster] = []
    left: list[str] = []
    for name in sorted(names, key=lambda name: (_has_initial(name), -len(name_words(name)))):
        fits = [(cluster, why) for cluster in clusters if (why := _fits(cluster, name, by_name[name], rows))]
        if len(fits) == 1:
            fits[0][0].add(by_name[name], fits[0][1])
        elif not fits and _is_tail_of_some(name, clusters, rows.given):
            left.append(name)
        else:
            clusters.append(Cluster("person", list(by_name[name])))
    for name in left:
        fits = [(c, "surname") for c in clusters if _tail(c, name, rows.given)]
        if len(fits) == 1:
            fits[0][0].add(by_name[name], "surname")
        else:
            clusters.append(Cluster("person", list(by_name[name])))
    return clusters


def _has_initial(name: str) -> bool:
    return any(len(word) == 1 for word in name_words(name)) or bool(re.search(r"\b[A-Z][a-z]?\.", name))


def _is_tail_of_some(name: str, clusters: list[Cluster], forms: Forms) -> bool:
    return any(_tail(cluster, name, forms) for cluster in clusters)


def _tail(cluster: Cluster, name: str, forms: Forms) -> bool:
    """Whether a name of several words is the surname of a person told in full: "García Márquez"."""
    return any(same_person(form, name, forms) == "surname" for form in cluster.forms)


def _fits(cluster: Cluster, name: str, mentions: Sequence[Named], rows: Rows) -> str | None:
    """Why a full name is this person's: it must go with every full name the person has."""
    if not _sexes_agree(cluster, mentions):
        return None
    reasons = [same_person(form, name, rows.given) for form in cluster.forms if len(name_words(form)) > 1]
    if not reasons or None in reasons:
        return None
    if any(reason in DOUBTFUL for reason in reasons):
        return "languages" if _share_an_office(cluster.mentions, mentions, rows) else None
    return next((reason for reason in reasons if reason in STRONG), None)


# Short names -------------------------------------------------------------------------------------


def _place(mention: Named, clusters: list[Cluster], short: list[Cluster], rows: Rows) -> None:
    fits, why = _fitting(clusters, mention, rows)
    if len(fits) > 1 and mention.role is not None:
        fits = [cluster for cluster in fits if _share_an_office(cluster.mentions, [mention], rows)]
        why = "surname_and_role"
    if len(fits) == 1:
        fits[0].add([mention], why)
        return
    same = [c for c in short if c.name == mention.name or (not fits and _are_one_word(c, mention, rows))]
    if same and _sexes_agree(same[0], [mention]):
        same[0].add([mention], "spelling")
    else:
        short.append(Cluster("person", [mention]))


def _are_one_word(cluster: Cluster, mention: Named, rows: Rows) -> bool:
    return all(same_person(form, mention.name, rows.given) in ("same", "spelling") for form in cluster.forms)


def _fitting(clusters: list[Cluster], mention: Named, rows: Rows) -> tuple[list[Cluster], str]:
    """The people a short name can mean, by the strongest reason there is: an alias, the surname, the given name."""
    if mention.alias:
        named = [cluster for cluster in clusters if mention.alias in cluster.forms]
        if named:
            return named, "bracket"
    reasons = [
        (cluster, {same_person(form, mention.name, rows.given) for form in cluster.forms if " " in form or "-" in form})
        for cluster in clusters
        if _sexes_agree(cluster, [mention])
    ]
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
    told = {sex for mention in (*cluster.mentions, *mentions) if (sex := _sex(mention))}
    return len(told) < 2


def _sex(mention: Named) -> str:
    """Whether the words before a name, or its role, are said of a man or of a woman."""
    before = [token.text.lower() for token in mention.stretch.tokens[max(0, mention.first - 1) : mention.first + 1]]
    role = mention.role.name.lower().split() if mention.role else []
    return next((SEXES[word] for word in (*before, *role) if word in SEXES), "")
