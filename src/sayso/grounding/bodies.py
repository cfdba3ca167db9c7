"""Which mentions of bodies are one body: by its row, by a bracket in the text, or by the words of its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from sayso.grounding.named import BODIES, Named
from sayso.grounding.people_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.grounding.tying import Cluster
from sayso.knowledge.gazetteer import gazetteer
from sayso.models.parsing import Token
from sayso.values.body import abbreviates, is_abbreviation, same_body
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
    return _of_names(loose, list(clusters.values()), rows)


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
    found: list[Cluster] = []
    left: list[str] = []
    for name in sorted(by_name, key=lambda name: (not _country(by_name[name]), -len(name.split()))):
        alike = [c for c in found if _reason(c, name, by_name[name], owners) in ALIKE]
        if len(alike) == 1:
            alike[0].add(by_name[name], _reason(alike[0], name, by_name[name], owners))
        elif alike or not _may_be_short(name, by_name, owners, rows):
            found.append(Cluster("organisation", list(by_name[name])))
        else:
            left.append(name)
    for name in left:
        _place(name, by_name[name], [*known, *found], found, owners)
    return known + found


def _may_be_short(name: str, by_name: dict[str, list[Named]], owners: Mapping[str, str], rows: Rows) -> bool:
    if any(mention.alias for mention in by_name[name]) or is_abbreviation(name):
        return True
    others = [other for other in by_name if other != name]
    return any(
        (len(other.split()), other) > (len(name.split()), name) and same_body(name, other, owners) in LOOSE
        for other in others
    )


def _place(
    name: str, mentions: list[Named], clusters: list[Cluster], found: list[Cluster], owners: Mapping[str, str]
) -> None:
    alias = next((mention.alias for mention in mentions if mention.alias), "")
    fits = [cluster for cluster in clusters if alias and alias in cluster.forms]
    why = "bracket"
    if not fits:
        reasons = [(cluster, _reason(cluster, name, mentions, owners)) for cluster in clusters]
        fits = [cluster for cluster, reason in reasons if reason in (*ALIKE, *LOOSE)]
        why = next((reason for _, reason in reasons if reason in (*ALIKE, *LOOSE)), "")
    if len(fits) == 1:
        fits[0].add(mentions, why)
    else:
        cluster = Cluster("organisation", list(mentions))
        clusters.append(cluster)
        found.append(cluster)


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
    bodies = {mention.name: mention for mention in mentions if mention.kind == "organisation" and " " in mention.name}
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


def _only_one(short: str, bodies: Mapping[str, Named]) -> Named | None:
    """The one body of the page that some initials are those of, if they name nothing that we know."""
    full = [mention for name, mention in bodies.items() if abbreviates(short, name)]
    return full[0] if len(full) == 1 else None


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
