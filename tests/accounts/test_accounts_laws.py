"""What holds for any tellings: copies add nothing, order and repetition change nothing, both sides are alike."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.accounts.assemble import assemble
from sayso.record import Family, Incident, Member, Saying, Speaker, Telling
from tests.accounts.told import family, killed, saying, speaker, telling

SPEAKERS = (
    speaker("Ada Brun", role="mayor of Sake"),
    speaker("Brun"),
    speaker("Otto Lind"),
    speaker("Norway's Defense Ministry", "institution", party="NOR"),
    speaker("Sweden's Defense Ministry", "institution", party="SWE"),
    speaker("Ola Berg", party="NOR", role="general"),
    speaker("an officer", "described"),
    speaker("survivors", "group"),
    speaker("Lake Commission", "institution"),
)
STATUSES = ("happened", "ongoing", "denied", "did_not_happen", "planned")
CHANNELS = ("", "", "messaging:Telegram", "press_conference", "social_post:X")
WORDS = ("shells hit the clinic", "the clinic was hit at dawn", "nobody fired on the town", "the toll has risen again")
MARKED = ("denies", "cannot_verify", "no_comment")


@st.composite
def sayings(draw: st.DrawFn, at: int) -> Saying:
    return saying(
        draw(st.sampled_from(SPEAKERS)), draw(st.sampled_from(WORDS)), at=at, via=draw(st.sampled_from(CHANNELS))
    )


@st.composite
def told(draw: st.DrawFn, report: str) -> Telling:
    tellers: list[tuple[Saying | None, str]] = [
        (draw(sayings(at * 100)) if draw(st.integers(0, 5)) else None, draw(st.sampled_from(STATUSES)))
        for at in range(draw(st.integers(1, 3)))
    ]
    touching = tuple(
        replace(draw(sayings(500 + at * 100)), act=act, reach=draw(st.sampled_from(("specific", "general"))))
        for at, act in enumerate(draw(st.lists(st.sampled_from(MARKED), max_size=2)))
    )
    said = [one for one, _ in tellers if one is not None]
    figures = tuple(
        killed(float(n), float(n), one) for one in said[:1] for n in draw(st.lists(st.integers(1, 3), max_size=1))
    )
    about = tuple(draw(sayings(800)) for _ in range(draw(st.integers(0, 1))))
    day = f"2024-03-{draw(st.integers(4, 6)):02}"
    return telling(report, *tellers, day=day, touched_by=touching, figures=figures, about=about)


@st.composite
def many(draw: st.DrawFn) -> list[Telling]:
    return [draw(told(f"report{number}")) for number in range(draw(st.integers(1, 4)))]


def _incident(tellings: list[Telling], families: tuple[Family, ...] = ()) -> Incident:
    return assemble("inc-1", tellings, families, ())


def _counted(incident: Incident) -> tuple[object, ...]:
    of = incident.counter
    return (
        of.origins,
        of.parties,
        of.outside,
        of.witnesses,
        of.newsrooms,
        of.unknown,
        of.denials,
        of.silences,
        of.unsourced,
    )


@given(many(), st.data())
def test_adding_a_copy_never_adds_an_origin(tellings: list[Telling], data: st.DataObject) -> None:
    """Word for word, with other words, or with what the copy lost: nothing that is counted changes but the reports."""
    original = data.draw(st.sampled_from(tellings))
    copy = (
        replace(data.draw(told("copy")), report="copy")
        if data.draw(st.booleans())
        else replace(original, report="copy")
    )
    before = _incident(tellings)
    after = _incident([*tellings, copy], (family(original.report, "copy"),))
    assert [(one.id, one.name, one.position) for one in after.origins] == [
        (one.id, one.name, one.position) for one in before.origins
    ]
    assert after.counter.origins == before.counter.origins
    assert (after.counter.reports, after.counter.copies) == (before.counter.reports + 1, before.counter.copies + 1)
    assert _counted(after) == _counted(before)


@given(many(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_tellings_does_not_matter(tellings: list[Telling], chance: Any, has_family: bool) -> None:
    reports = [one.report for one in tellings]
    families = (family(reports[0], *reports[2:]),) if has_family else ()
    shuffled = list(tellings)
    chance.shuffle(shuffled)
    assert _incident(shuffled, families) == _incident(tellings, families)


@given(many())
def test_adding_twice_changes_nothing(tellings: list[Telling]) -> None:
    assert _incident([*tellings, *tellings]) == _incident(tellings)


@given(many())
def test_agreement_goes_both_ways(tellings: list[Telling]) -> None:
    """Whom one account is against, that one is against it, on the same field and thing."""
    found = {
        (cell.field, cell.of, cell.origin): set(cell.against) for cell in _incident(tellings).matrix if cell.against
    }
    for (field, of, origin), others in found.items():
        for other in others:
            assert origin in found[field, of, other]


@given(many())
def test_everything_told_is_shown(tellings: list[Telling]) -> None:
    """Every teller's sentence is an utterance of some origin, every mark a denial, a caveat or a silence."""
    found = _incident(tellings)
    shown = {(said.anchor.report, said.anchor.span) for one in found.origins for said in one.utterances}
    heard = {
        (one.report, teller.saying.sentence.span)
        for one in tellings
        for teller in one.tellers
        if teller.saying is not None and teller.saying.sentence is not None
    }
    assert heard <= shown
    marks = {(mark.anchor.report, mark.anchor.span) for mark in (*found.denials, *found.caveats, *found.silences)}
    touching = {(one.report, said.sentence.span) for one in tellings for said in one.touched_by if said.sentence}
    assert touching <= marks


SIDES = {"NOR": "SWE", "SWE": "NOR", "Norway": "Sweden", "Sweden": "Norway"}


def _swapped(node: Any) -> Any:
    """The same with the two sides' names changed for each other."""
    if isinstance(node, str):
        return SIDES.get(node) or node.replace("Norway", "~").replace("Sweden", "Norway").replace("~", "Sweden")
    if isinstance(node, tuple):
        return tuple(map(_swapped, node))
    if is_dataclass(node) and not isinstance(node, type):
        return type(node)(**{one.name: _swapped(getattr(node, one.name)) for one in fields(node)})
    return node


def _shape(incident: Incident) -> list[tuple[object, ...]]:
    return [
        (origin.id, origin.position, len(origin.utterances), account.status, len(account.stated))
        for origin, account in zip(incident.origins, incident.accounts, strict=True)
    ]


@given(many())
def test_both_sides_are_treated_alike(tellings: list[Telling]) -> None:
    """Two sides' names changed for each other give the same structure, with the names changed."""
    found, other = _incident(tellings), _incident([_swapped(one) for one in tellings])
    assert _shape(other) == _shape(found)
    assert [(cell.field, cell.of, cell.origin, cell.verdict, cell.against) for cell in other.matrix] == [
        (cell.field, cell.of, cell.origin, cell.verdict, cell.against) for cell in found.matrix
    ]
    assert sorted(other.counter.parties) == sorted(_swapped(found.counter.parties))


@given(many())
def test_nothing_is_averaged(tellings: list[Telling]) -> None:
    """Every number in the accounts is one that somebody gave."""
    given_figures = {figure.quantity for one in tellings for figure in one.figures}
    stated = {one.quantity for account in _incident(tellings).accounts for one in account.stated if one.quantity}
    assert stated <= given_figures


def test_a_family_of_stretches_leaves_the_rest_of_a_report_alone() -> None:
    """A roundup copies one story and tells another itself: only what stands in the copied stretch is a copy."""
    mayor, lind = SPEAKERS[0], SPEAKERS[2]
    original = telling("a", (saying(mayor), "happened"))
    own = replace(telling("b", (saying(lind, at=300), "happened")), event="ev2")
    own = replace(own, trigger=replace(own.trigger, span=type(own.trigger.span)(900, 906)))
    members = (Member("a", original.sentence.span, "original"), Member("b", original.sentence.span, "half", "a"))
    found = _incident([original, telling("b", (saying(mayor), "happened")), own], (Family("fam-1", members),))
    assert [origin.name for origin in found.origins] == ["Ada Brun", "Otto Lind"]
    assert found.counter.copies == 0


def test_speakers_are_hashable_and_compared_by_what_they_are() -> None:
    assert len({*SPEAKERS, Speaker(*[getattr(SPEAKERS[0], name) for name in SPEAKERS[0].__slots__])}) == len(SPEAKERS)
