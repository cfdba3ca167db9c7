"""Which words of a page name places: the parser's, the gazetteer's, and those that stand where a place does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.grounding.people import Named
from sayso.grounding.place_rows import Rows
from sayso.grounding.sites import Site, site_of
from sayso.grounding.stretches import Stretch
from sayso.grounding.unseen import doubtful, is_place_after_all, longer, name_parts, overlaid, repeated
from sayso.knowledge.gazetteer import Gazetteer


def find_sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    """All mentions of places on a page, in the order of the text, before it is known which places they are."""
    return repeated(stretches, named, _sites(stretches, named, rows, atlas), rows, atlas)


def _sites(stretches: Sequence[Stretch], named: Sequence[Named], rows: Rows, atlas: Gazetteer) -> list[Site]:
    by_sentence: dict[int, list[Named]] = {}
    for mention in named:
        by_sentence.setdefault(mention.stretch.number, []).append(mention)
    people = name_parts(named)
    sites = []
    for stretch in stretches:
        sites += _in_sentence(stretch, by_sentence.get(stretch.number, []), people, rows, atlas)
    return sites


def _in_sentence(
    stretch: Stretch, named: Sequence[Named], people: frozenset[str], rows: Rows, atlas: Gazetteer
) -> list[Site]:
    taken = [False] * len(stretch.tokens)
    found: list[Site] = []
    for mention in named:
        if any(taken[mention.first : mention.last]):
            continue
        site = None
        if mention.kind == "place" or (mention.kind == "nationality" and mention.country is not None):
            whole = longer(stretch, mention, atlas) if mention.kind == "place" else mention
            site = site_of(stretch, whole, rows)
            if site is not None:
                taken[whole.first : whole.last] = [True] * (whole.last - whole.first)
        elif mention.kind == "person" and is_place_after_all(stretch, mention, rows, atlas):
            site = site_of(stretch, replace(mention, kind="place"), rows)
        elif mention.kind in ("person", "organisation", "nationality") and not mention.row:
            site = doubtful(stretch, longer(stretch, mention, atlas), people, rows, atlas)
        if site is not None:
            found.append(site)
        if mention.kind != "place":
            taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    found += overlaid(stretch, taken, people, rows, atlas)
    found += _vague(stretch, found, rows)
    found.sort(key=lambda site: (site.span, site.kind))
    return found


def _vague(stretch: Stretch, found: Sequence[Site], rows: Rows) -> list[Site]:
    """Where something is that has no name: "the northeast", "the front", "the border with …"."""
    sites = []
    for match in rows.vague.finditer(stretch.text):
        span = stretch.span(*match.span("place"))
        if span is None or any(site.span.start < span.end and span.start < site.span.end for site in found):
            continue
        first, last = stretch.token_from(match.start("place")), stretch.token_from(match.end("place"))
        if last <= first:
            continue
        if (
            last < len(stretch.tokens)
            and stretch.tokens[last].pos in ("NOUN", "PROPN")
            and stretch.tokens[last - 1].dep != "pobj"
        ):
            continue
        sites.append(Site(stretch, first, last, match["place"], span, "area", "vague"))
    return sites
