"""Which mentions of bodies are one body: by its row, by a bracket in the text, or by the words of its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from sayso.grounding.named import BODIES, PLACES, Named
from sayso.grounding.people_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.grounding.tying import Cluster
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.values.body import abbreviates, initials_of, is_abbreviation, same_body
from sayso.values.keys import Near, body_keys
from sayso.values.name import levelled

ALIKE = ("same", "spelling", "order")
LOOSE = ("initials", "country", "short")
TOWN = 20_000


def bodies_of(mentions: Sequence[Named], rows: Rows) -> list[Cluster]:
    """The bodies, outlets, channels and peoples behind the mentions."""
    clusters: dict[tuple[str, str, str], Cluster] = {}
    loose: dict[str, list[Named]] = {}
    for mention in mentions:
        key = _key(mention)
        if key is None:
            loose.setdefault(mention.name, []).append(mention)
        else:
            clusters.setdefault(key, Cluster(mention.kind)).add([mention], "row")
    return _of_names(_by_place(loose), list(clusters.values()), rows)


def _by_place(by_name: Mapping[str, list[Named]]) -> dict[str, list[Named]]:
    """Bodies of one name in two towns are two: "the Health Ministry in Gaza", "the Health Ministry in Ramallah"."""
    found: dict[str, list[Named]] = {}
    for name, mentions in by_name.items():
        places = {_place_behind(mention) for mention in mentions} - {""}
        for mention in mentions:
            place = _place_behind(mention) if len(places) > 1 else ""
            found.setdefault(f"{name} in {place}" if place else name, []).append(mention)
    return found


def _place_behind(mention: Named) -> str:
    after = mention.stretch.tokens[mention.last : mention.last + 2]
    return after[1].text if len(after) == 2 and after[0].text == "in" and after[1].ent in PLACES else ""


def _key(mention: Named) -> tuple[str, str, str] | None:
    """What makes a mention one with others whatever its words; None where only the words can tell."""
    if mention.row:
        return mention.kind, "row", mention.row
    if mention.kind == "nationality" and mention.country:
        return mention.kind, "country", mention.country
    if mention.kind != "organisation":
        return mention.kind, "name", levelled(mention.name) or mention.name
    return None


# Bodies without a row ----------------------------------------------------------------------------


def _of_names(by_name: dict[str, list[Named]], known: list[Cluster], rows: Rows) -> list[Cluster]:
    """Names of the same words first, the fullest first; then each looser one if it fits one body only."""
    owners = _owners(by_name, rows)
    bodies = _Bodies(known, by_name, owners)
    left: list[str] = []
    for name in sorted(by_name, key=lambda name: (not _country(by_name[name]), -len(name.split()))):
        alike = [c for c in bodies.like(name) if c.kind == "organisation" and not bodies.is_known(c)]
        alike = [c for c in alike if _reason(c, name, by_name[name], owners) in ALIKE]
        if len(alike) == 1:
            bodies.add(alike[0], by_name[name], _reason(alike[0], name, by_name[name], owners))
        elif alike or not bodies.may_be_short(name, by_name[name]):
            bodies.found(by_name[name])
        else:
            left.append(name)
    for name in left:
        bodies.place(name, by_name[name])
    return bodies.clusters


class _Bodies:
    """The bodies found so far, by the keys of their names."""

    def __init__(self, known: list[Cluster], by_name: Mapping[str, Sequence[Named]], owners: Mapping[str, str]) -> None:
        self.clusters: list[Cluster] = []
        self.owners = owners
        self._known = {id(cluster) for cluster in known}
        self._near: Near[Cluster] = Near()
        self._names: Near[str] = Near()
        for cluster in known:
            self.clusters.append(cluster)
            self._index(cluster, cluster.mentions)
        for name in by_name:
            self._names.add(name, body_keys(name, owners))

    def like(self, name: str) -> list[Cluster]:
        """The bodies with a name that can be one with this."""
        return self._near.by(body_keys(name, self.owners))

    def is_known(self, cluster: Cluster) -> bool:
        """Whether a body was there before its name was compared: by its row, say."""
        return id(cluster) in self._known

    def found(self, mentions: Sequence[Named]) -> None:
        """Take a new body in."""
        self.clusters.append(Cluster("organisation", list(mentions)))
        self._index(self.clusters[-1], mentions)

    def add(self, cluster: Cluster, mentions: Sequence[Named], why: str) -> None:
        """Give a body these mentions too."""
        cluster.add(mentions, why)
        self._index(cluster, mentions)

    def _index(self, cluster: Cluster, mentions: Sequence[Named]) -> None:
        for name in {mention.name for mention in mentions}:
            self._near.add(cluster, body_keys(name, self.owners))

    def may_be_short(self, name: str, mentions: Sequence[Named]) -> bool:
        """Whether a name can be the short one of another on the page."""
        if any(mention.alias for mention in mentions) or is_abbreviation(name):
            return True
        return any(
            (len(other.split()), other) > (len(name.split()), name) and same_body(name, other, self.owners) in LOOSE
            for other in self._names.by(body_keys(name, self.owners))
            if other != name
        )

    def place(self, name: str, mentions: Sequence[Named]) -> None:
        """Give a short name to the one body it can mean; else it is a body of its own."""
        alias = next((mention.alias for mention in mentions if mention.alias), "")
        fits = [cluster for cluster in self._named(alias) if alias in cluster.forms] if alias else []
        why = "bracket"
        if not fits:
            reasons = [(cluster, _reason(cluster, name, mentions, self.owners)) for cluster in self.like(name)]
            fits = [cluster for cluster, reason in reasons if reason in (*ALIKE, *LOOSE)]
            why = next((reason for _, reason in reasons if reason in (*ALIKE, *LOOSE)), "")
        if len(fits) == 1:
            self.add(fits[0], mentions, why)
        else:
            self.found(mentions)

    def _named(self, name: str) -> list[Cluster]:
        return self._near.by([("name", name)])


def _reason(cluster: Cluster, name: str, mentions: Sequence[Named], owners: Mapping[str, str]) -> str:
    """Why a name is this body's: it goes with every name the body has, and no other country is told of it."""
    if cluster.kind != "organisation":
        return ""
    countries = {country for country in (_country(cluster.mentions), _country(mentions)) if country}
    if len(countries) > 1:
        return ""
    reasons = [same_body(form, name, owners) for form in cluster.forms if not _is_alias(cluster, form)]
    if any(mention.row for mention in cluster.mentions):
        return next((reason for reason in reasons if reason in (*ALIKE, "initials")), "")
    if not reasons or None in reasons:
        return ""
    return next((reason for reason in (*LOOSE, *reversed(ALIKE)) if reason in reasons), "")


def _is_alias(cluster: Cluster, form: str) -> bool:
    return any(mention.alias and mention.name == form for mention in cluster.mentions)


def _country(mentions: Sequence[Named]) -> str | None:
    return next((mention.country for mention in mentions if mention.country), None)


def _owners(names: Mapping[str, object], rows: Rows) -> Mapping[str, str]:
    """The country words, and the places whose a body of this page is told to be: "Gaza's Health Ministry"."""
    found: dict[str, str] = {}
    for name in names:
        owner, _, rest = name.replace("’", "'").partition("'s ")
        if rest and _is_place(owner) and owner.lower() not in rows.countries:
            found[owner.lower()] = f"place:{levelled(owner)}"
    return {**rows.countries, **found} if found else rows.countries


@cache
def _is_place(name: str) -> bool:
    return any(row.main and (row.kind == "region" or row.population >= TOWN) for row in gazetteer().find(name))


# Brackets ----------------------------------------------------------------------------------------


def with_aliases(mentions: Sequence[Named], stretches: Sequence[Stretch], rows: Rows) -> list[Named]:
    """The mentions, with the initials of a body or a person that a bracket gives or that only one body here has."""
    aliases: dict[str, Named] = {}
    for mention in mentions:
        short = _bracketed(mention, rows)
        if short is not None:
            aliases.setdefault(short, mention)
    bodies = _by_initials(mentions)
    found = [mention for mention in mentions if mention.name not in aliases]
    taken = {(mention.stretch.number, at) for mention in found for at in range(mention.first, mention.last)}
    for stretch in stretches:
        for at, token in enumerate(stretch.tokens):
            if (stretch.number, at) in taken or not token.text.isupper():
                continue
            full = aliases.get(token.text)
            made = _initials_at(stretch, at, full or _only_one(token.text, bodies))
            if made is not None:
                found.append(made if full is not None else replace(made, alias=""))
    return sorted(found, key=lambda mention: (mention.stretch.number, mention.first))


def _by_initials(mentions: Sequence[Named]) -> Mapping[str, dict[str, Named]]:
    found: dict[str, dict[str, Named]] = defaultdict(dict)
    for mention in mentions:
        if mention.kind == "organisation" and " " in mention.name:
            for letters in initials_of(mention.name):
                found[letters][mention.name] = mention
    return found


def _only_one(short: str, bodies: Mapping[str, Mapping[str, Named]]) -> Named | None:
    """The one body of the page that some initials are those of, if they name nothing that we know."""
    near = (
        {}
        if not is_abbreviation(short)
        else {
            name: mention
            for letters in initials_of(short)
            for name, mention in bodies.get(letters, {}).items()
            if abbreviates(short, name)
        }
    )
    return next(iter(near.values())) if len(near) == 1 else None


def _initials_at(stretch: Stretch, at: int, full: Named | None) -> Named | None:
    span = stretch.span(stretch.starts[at], stretch.starts[at] + len(stretch.tokens[at].text))
    if span is None or full is None:
        return None
    made = replace(full, stretch=stretch, first=at, last=at + 1, name=stretch.tokens[at].text, span=span, role=None)
    return replace(made, alias=full.name, label=full.label or BODIES, row="")


def _bracketed(mention: Named, rows: Rows) -> str | None:
    """The initials in "the Free Aid Network (FAN)"."""
    tokens = mention.stretch.tokens
    inside = tokens[mention.last : mention.last + 3]
    if len(inside) < 3 or inside[0].text != "(" or inside[2].text != ")" or not _may_have_initials(mention):
        return None
    short = inside[1].text
    if not is_abbreviation(short) or short.lower() in rows.countries or " " not in mention.name:
        return None
    return short if mention.kind == "organisation" or _are_initials(short, mention, tokens) else None


def _may_have_initials(mention: Named) -> bool:
    return mention.kind in ("organisation", "person") and not is_abbreviation(mention.name)


def _are_initials(short: str, mention: Named, tokens: Sequence[Token]) -> bool:
    return abbreviates(short, " ".join(token.text for token in tokens[mention.first : mention.last]))
