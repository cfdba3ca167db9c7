"""Facets, what says alike, positions, sources and publishers: the same on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sayso.ledger.asking.facets import Facets, facets, names_asked, search_with_facets
from sayso.ledger.asking.publishers import copyings, publisher_list, publisher_page
from sayso.ledger.asking.questions import CAME, RULED, Among, BadQuestion
from sayso.ledger.asking.saved import saved_rows
from sayso.ledger.asking.search import search
from sayso.ledger.asking.similar import similar
from sayso.ledger.asking.source_pages import source_page
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.saved import saved
from sayso.ledger.schema import family_members, reports, statements
from sayso.record import POSITIONS
from tests.ledger.added import ALONE, AT, DENIED, FERRY, added

COPY = FERRY.replace("(River Wire)", "(Harbour News)")
RELAYED = (
    "OSK, April 7 (River Wire) - Captain Lena Ruud said on Monday that the mayor of Osk had told her that two ferries "
    "were shelled at Osk port."
)


@pytest.fixture
def held(case: Case) -> Case:
    """A case of five reports, two of them copies; each with a publisher of its own but one."""
    added(case, FERRY, DENIED, ALONE, COPY, RELAYED)
    with case.writing() as connection:
        ids = connection.execute(select(reports.c.id).order_by(reports.c.seq)).scalars().all()
        for one, name in zip(ids, ("River Wire", "Coast & Sons", 'The "Osk" Herald', "Harbour News"), strict=False):
            connection.execute(reports.update().where(reports.c.id == one).values(publisher=name))
    return case


def asked_by(facet: str, value: str) -> Among:
    """What a click on a value asks for."""
    names = {"published": ("since", "until"), "said": ("said_since", "said_until")}.get(facet, (facet,))
    return Among(**dict.fromkeys(names, value))


def values_of(told: Facets) -> dict[str, dict[str, int]]:
    """Counts by facet and value."""
    return {one.name: {value.value: value.count for value in one.values} for one in told.facets}


@pytest.mark.parametrize("words", ["osk", "ferries shelled", None])
def test_every_count_is_what_the_search_finds(held: Case, words: str | None) -> None:
    """Of every facet and each of its values."""
    told = facets(held, words)
    counted = values_of(told)
    assert told.whole
    assert told.counted == len(search(held, words, limit=500))
    assert set(counted) >= {"act", "speaker", "came", "position", "ruled", "publisher", "kind", "status", "spot"}
    for facet, values in counted.items():
        for value, count in values.items():
            assert len(search(held, words, asked_by(facet, value), limit=500)) == count, (facet, value)


def test_how_words_got_here_parts_the_statements(held: Case) -> None:
    """Copied, relayed and first-hand: whatever is neither of the first two is the last."""
    pages = [source_page(held, row.id) for row in speaker_list(held)]
    told = {how: sum(page.came[how] for page in pages) for how in CAME}
    assert told["copied"] > 0
    assert told["relayed"] > 0
    with held.reading() as connection:
        everything = len(connection.execute(select(statements.c.statement)).all())
    assert sum(told.values()) - everything in range(3)  # what is relayed in a copy counts twice
    assert [one for one in pages if one.relayed_by]


def test_positions_are_asked_for_as_read_and_as_ruled(held: Case) -> None:
    """Everybody is in one; a ruling moves them, its withdrawal moves them back."""
    who = next(row.id for row in speaker_list(held, name="Brond"))
    before = source_page(held, who).position.position
    other = "outside" if before == "witness" else "witness"
    there = [position for position in POSITIONS if search(held, among=Among(position=position, speaker=who))]
    assert there == [before]
    made = decide(held, ruling="position", about=[who], value=other, who="Ana", why="was there", at=AT)
    asked = Among(position=other, speaker=who)
    assert search(held, among=asked)
    assert not search(held, among=Among(position=before, speaker=who))
    assert source_page(held, who).position.position == other
    withdraw(held, made.id, who="Ana", at=AT)
    assert not search(held, among=asked)
    assert source_page(held, who).position.position == before


def test_what_people_ruled_is_asked_for(held: Case) -> None:
    """Each of what they can rule of a statement, and that they did not yet."""
    hit = next(one for one in search(held, "ferries") if one.statements)
    about = f"{hit.report}#{hit.statements[0].statement}"
    assert not search(held, among=Among(ruled="rejected"))
    decide(held, ruling="reject", about=[about], who="Ana", why="no", at=AT)
    assert [one.report for one in search(held, among=Among(ruled="rejected"))] == [hit.report]
    assert values_of(facets(held, "ferries"))["ruled"]["rejected"] == 1
    for how in RULED:
        search(held, "ferries", Among(ruled=how, position="unknown", came="first_hand"))


def test_a_publisher_is_meant_by_its_whole_name_between_marks(held: Case) -> None:
    """Whatever signs are in it; nothing between them: none is known."""
    assert {one.publisher for one in search(held, "osk", Among(publisher='"The "Osk" Herald"'))} == {'The "Osk" Herald'}
    assert not search(held, "osk", Among(publisher='"The Osk"'))
    assert {one.publisher for one in search(held, "osk", Among(publisher='""'))} == {None}


def test_what_is_new_is_of_reports_that_were_added_since(held: Case) -> None:
    """By the order of adding."""
    assert {hit.report for hit in search(held, "osk", Among(added="4"))} == {search(held, "captain")[0].report}
    with pytest.raises(BadQuestion):
        search(held, "osk", Among(added="-1"))


def test_exact_words_have_their_capitals_and_marks(held: Case) -> None:
    """No word is a part of another; a line's end is a blank."""
    assert search(held, "Ada Brond said", exactly=True)
    assert not search(held, "ada brond said", exactly=True)
    assert not search(held, "Ada Brond sai", exactly=True)
    assert not search(held, "Ada Brond, said", exactly=True)
    assert search(held, "Osk port.", exactly=True)


def test_what_says_alike_shares_the_rare_words(held: Case) -> None:
    """The copy of the stretch is known for one; what shares little is not told."""
    hit = next(one for one in search(held, '"Ada Brond said"') if one.statements)
    told = similar(held, f"{hit.report}#{hit.statements[0].statement}")
    assert [one.copied for one in told.alike][:1] == [True]
    assert "Varga" not in " ".join(one.hit.words for one in told.alike)
    assert all(0 < one.shared <= told.of for one in told.alike)
    none = Among(publisher="Nobody")
    assert similar(held, told.about, none).alike == ()
    with pytest.raises(BadQuestion):
        similar(held, hit.report)
    with pytest.raises(NoSuchThing):
        similar(held, f"{hit.report}#st99")


def test_who_copies_whom_with_an_example(held: Case) -> None:
    """As families have it; a publisher's page tells both ways, and how much is of unknown direction."""
    assert copyings(held) == ()
    assert publisher_page(held, "River Wire").models_missing + publisher_page(held, "Harbour News").models_missing > 0
    with held.writing() as connection:
        members = connection.execute(select(family_members).where(family_members.c.how != "original")).all()
        copy = next(row for row in members if row.of is None)
        other = connection.execute(
            select(family_members.c.report_id).where(
                family_members.c.family_id == copy.family_id, family_members.c.report_id != copy.report_id
            )
        ).scalars()
        mine = family_members.c.report_id == copy.report_id
        connection.execute(family_members.update().where(mine).values(of=next(iter(other))))
    (one,) = copyings(held)
    assert {one.of, one.by} == {"River Wire", "Harbour News"}
    told = publisher_page(held, one.by or "")
    assert [row.of for row in told.copies] == [one.of]
    assert dict(told.evidence)[one.example].reasons
    assert [row.by for row in publisher_page(held, one.of or "").copied_by] == [one.by]
    rows, many = publisher_list(held, name="osk herald")
    assert ([row.name for row in rows], many) == (['The "Osk" Herald'], 1)
    assert publisher_list(held)[0][-1].name is None
    with pytest.raises(NoSuchThing):
        publisher_page(held, "Nobody")


def test_the_first_page_and_the_facets_are_of_one_search(held: Case) -> None:
    """As they are apart."""
    hits, told = search_with_facets(held, "osk", limit=3)
    assert hits == search(held, "osk", limit=3)
    assert told == facets(held, "osk")
    assert names_asked(held, Among(speaker=speaker_list(held)[0].id)) == {"speaker": speaker_list(held)[0].name}


def test_saved_searches_count_what_is_new(held: Case) -> None:
    """Of words, of facets, and of what says alike."""
    hit = next(one for one in search(held, '"Ada Brond said"') if one.statements)
    like = f"like={hit.report}%23{hit.statements[0].statement}"
    for n, query in enumerate(("q=osk", "act=says", like, "q=Osk+port.&exactly=1")):
        saved(held, page="search", name=str(n), query=query, who="Ana", at=AT)
    assert [row.new for row in saved_rows(held, "Ana")] == [0, 0, 0, 0]
    added(held, RELAYED.replace("Monday", "Tuesday").replace("ferries were", "ferries had been"))
    assert all(row.new for row in saved_rows(held, "Ana") if not row.saved.query.startswith("like"))
    assert [row.new for row in saved_rows(held, "Ben")] == [None] * 4
