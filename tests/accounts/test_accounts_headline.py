"""The sentence above an incident: attributed, in the sources' own words, with both sides alike; and its counter."""

from __future__ import annotations

from sayso.accounts.assemble import assemble
from sayso.accounts.headline import aloud
from sayso.record import Incident, Telling
from tests.accounts.told import family, killed, saying, speaker, telling

MAYOR = speaker("Ada Brun")
MINISTRY = speaker("Norway's Defense Ministry", "institution", party="NOR")
GENERAL = speaker("Ola Berg", party="NOR", role="general")


def _incident(*tellings: Telling, copies: tuple[str, ...] = ()) -> Incident:
    families = (family("a", *copies),) if copies else ()
    return assemble("inc-1", tellings, families, ())


def test_it_says_who_says_it_and_who_denies_it() -> None:
    denial = saying(MINISTRY, "it did not fire on the town", act="denies", at=200)
    found = _incident(telling("a", (saying(MAYOR), "happened"), (denial, "denied")))
    assert aloud(found.headline) == (
        "Ada Brun says “shells hit the clinic”; Norway's Defense Ministry denies: “it did not fire on the town”"
    )


def test_the_sources_words_open_their_place_and_ours_have_none() -> None:
    found = _incident(telling("a", (saying(MAYOR), "happened")))
    assert [(part.words, part.anchor is not None) for part in found.headline] == [
        ("Ada Brun says “", False),
        ("shells hit the clinic", True),
        ("”", False),
    ]
    anchor = found.headline[1].anchor
    assert anchor is not None
    assert (anchor.report, anchor.words) == ("a", "shells hit the clinic")


def test_a_telling_without_a_source_is_never_bare() -> None:
    found = _incident(telling("a", (None, "happened")))
    assert aloud(found.headline).startswith("A writes, without saying who told it, “")


def test_words_that_say_nothing_alone_are_shown_with_their_sentence() -> None:
    found = _incident(telling("a", (saying(MINISTRY, "it", act="denies"), "denied")))
    assert aloud(found.headline) == "Norway's Defense Ministry denies: “it they said”"


def test_a_denial_in_general_is_told_once() -> None:
    """The same words are a teller's denial of this deed and touch it in general: they deny in general."""
    swede = speaker("Sweden", "institution", party="SWE")
    denial = saying(swede, "it has never fired on any town", act="denies", reach="general", at=300)
    told = "Sweden denies in general: “it has never fired on any town they said”"  # the sentence, as it opens
    assert aloud(_incident(telling("a", (denial, "denied"), touched_by=(denial,))).headline) == told
    with_mayor = telling("a", (saying(MAYOR), "happened"), (denial, "denied"), touched_by=(denial,))
    assert aloud(_incident(with_mayor).headline) == f"Ada Brun says “shells hit the clinic”; {told}"


def test_who_gives_another_figure_is_heard_too() -> None:
    doctor = speaker("Otto Lind")
    found = _incident(
        telling("a", (saying(MAYOR), "happened"), figures=(killed(4, 4, saying(MAYOR)),)),
        telling(
            "b",
            (saying(doctor, "nine people died there"), "happened"),
            figures=(killed(9, 9, saying(doctor, "nine people died there")),),
        ),
    )
    assert aloud(found.headline) == "Ada Brun says “shells hit the clinic”; Otto Lind says “nine people died there”"


def test_a_private_person_is_not_named() -> None:
    hidden = speaker("Vera Kiss")
    told = telling(
        "a", (saying(type(hidden)(**{n: getattr(hidden, n) for n in hidden.__slots__} | {"private": True})), "happened")
    )
    assert aloud(_incident(told).headline).startswith("A private person says")


def test_a_quotation_within_the_words_keeps_marks_of_its_own() -> None:
    words = 'shells hit the “empty” clinic, he said, "and that was all'
    found = _incident(telling("a", (saying(MAYOR, words), "happened")))
    assert aloud(found.headline) == "Ada Brun says “shells hit the ‘empty’ clinic, he said, and that was all”"


def test_long_words_end_at_a_word() -> None:
    long = "shells hit the clinic and the market and the school " * 5
    found = _incident(telling("a", (saying(MAYOR, long), "happened")))
    assert aloud(found.headline).endswith("…”")
    quoted = found.headline[1]
    assert quoted.anchor is not None and long.startswith(quoted.anchor.words)


# The counter -------------------------------------------------------------------------------------


def test_two_officials_of_one_government_are_two_origins_of_one() -> None:
    denial = saying(
        speaker("Sweden", "institution", party="SWE"), "targeting civilians", act="denies", reach="general", at=300
    )
    doubt = saying(speaker("A", "newsroom"), "verify it", act="cannot_verify", at=400)
    told = telling(
        "a", (saying(MINISTRY), "happened"), (saying(GENERAL, at=200), "happened"), touched_by=(denial, doubt)
    )
    found = _incident(told, telling("b", (saying(MINISTRY), "happened")), copies=("b",))
    assert found.counter.says == (
        "2 origins, both one government; 0 outside the parties; 1 denial in general; 1 could not verify; "
        "2 reports (1 of them a copy)"
    )
    assert (found.counter.parties, found.counter.denials) == ((("NOR", 2),), 1)


def test_each_side_is_counted_by_its_name() -> None:
    swede = speaker("Sweden's army", "institution", party="SWE")
    found = _incident(telling("a", (saying(MINISTRY), "happened"), (saying(swede, "not us at all", at=300), "denied")))
    assert found.counter.says == "2 origins, 1 of Norway, 1 of Sweden; 0 outside the parties; 1 denial; 1 report"


def test_a_newsroom_without_a_source_is_no_origin() -> None:
    assert _incident(telling("a", (None, "happened"))).counter.says == (
        "0 origins; 0 outside the parties; 0 denials; told without a source by 1 newsroom; 1 report"
    )


def test_open_questions_say_what_would_change_it() -> None:
    found = _incident(telling("a", (saying(MAYOR), "happened"), places=(), when=None))
    assert found.open_questions == (
        "No telling says on which day it was.",
        "No telling says where it was.",
        "It has one origin: Ada Brun.",
        "For whom do they speak: Ada Brun?",
    )
