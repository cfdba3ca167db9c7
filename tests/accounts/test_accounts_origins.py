"""Where knowledge entered: which sentences of which reports are one origin, and which are two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.accounts.assemble import assemble
from sayso.record import Decision, Family, Incident, Involved, Quoted, Span, Telling, Through
from tests.accounts.told import family, killed, saying, speaker, telling

MAYOR = speaker("Ada Brun", role="mayor of Sake")
MINISTRY = speaker("Norway's Defense Ministry", "institution", party="NOR")
OFFICER = speaker("an officer", "described")
TOLD = "happened"


def _incident(*tellings: Telling, families: tuple[Family, ...] = (), rulings: tuple[Decision, ...] = ()) -> Incident:
    return assemble("inc-1", tellings, families, rulings)


def _names(incident: Incident) -> list[str]:
    return [origin.name for origin in incident.origins if origin.basis != "no source given"]


def _from(report: str, by: str = "", **more: object) -> Telling:
    return telling(report, (saying(MAYOR, **more), TOLD))  # type: ignore[arg-type]


ONE = [
    ("ten outlets, one mayor", [_from("a"), _from("b"), _from("c")]),
    ("a bare said and a post", [_from("a"), _from("b", via="messaging:Telegram")]),
    ("a post and a post on X", [_from("a", via="social_post"), _from("b", via="social_post:X")]),
    (
        "a surname behind the full name",
        [telling("a", (saying(MAYOR), TOLD), about=(saying(speaker("Brun"), "the clinic was full", at=200),))],
    ),
    (
        "a spokesman behind his ministry",
        [
            telling(
                "a",
                (saying(MINISTRY, "it did not fire"), "denied"),
                about=(saying(speaker("Otto Lind", who="a spokesman, Otto Lind"), "we do not shell clinics", at=26),),
            )
        ],
    ),
    (
        "an officer and the agency that cites him",
        [
            telling(
                "a",
                (saying(speaker("Northwire", "institution")), TOLD),
                (saying(OFFICER, at=0, relayed_by=(speaker("Northwire", "institution"),)), TOLD),
            )
        ],
    ),
]
TWO = [
    ("a post and a press conference", [_from("a", via="messaging:Telegram"), _from("b", via="press_conference")]),
    ("two services", [_from("a", via="social_post:X"), _from("b", via="social_post:Facebook")]),
    (
        "two tolls",
        [
            telling("a", (saying(MAYOR), TOLD), figures=(killed(14, 14, saying(MAYOR)),)),
            telling("b", (saying(MAYOR), TOLD), figures=(killed(29, 29, saying(MAYOR)),), day="2024-03-05"),
        ],
    ),
    ("officers of two reports", [telling("a", (saying(OFFICER), TOLD)), telling("b", (saying(OFFICER), TOLD))]),
    (
        "two officials of one party",
        [telling("a", (saying(MINISTRY), TOLD), (saying(speaker("Ola Berg", party="NOR"), at=300), TOLD))],
    ),
    (
        "what a newsroom saw and what the mayor said",
        [
            telling(
                "a",
                (saying(MAYOR), TOLD),
                about=(saying(speaker("A", "newsroom"), "a crater in the yard", act="observes", at=300),),
            )
        ],
    ),
]


@pytest.mark.parametrize("tellings", [row[1] for row in ONE], ids=[row[0] for row in ONE])
def test_these_are_one_origin(tellings: list[Telling]) -> None:
    assert len(_names(_incident(*tellings))) == 1


@pytest.mark.parametrize("tellings", [row[1] for row in TWO], ids=[row[0] for row in TWO])
def test_these_are_two_origins(tellings: list[Telling]) -> None:
    assert len(_names(_incident(*tellings))) == 2


COPIED = [
    ("word for word", telling("copy", (saying(MAYOR), TOLD))),
    ("without its speaker", telling("copy", (None, TOLD))),
    ("through another channel", telling("copy", (saying(MAYOR, via="press_conference"), TOLD))),
    ("under another name", telling("copy", (saying(speaker("Otto Brun")), TOLD))),
]


@pytest.mark.parametrize("copy", [row[1] for row in COPIED], ids=[row[0] for row in COPIED])
def test_a_copy_never_adds_an_origin(copy: Telling) -> None:
    """Whatever it lost or changed: its words go to the origin that its original has them from."""
    found = _incident(_from("a", via="messaging:Telegram"), copy, families=(family("a", "copy"),))
    assert [origin.name for origin in found.origins] == ["Ada Brun"]
    assert [(said.anchor.report, said.copied) for said in found.origins[0].utterances] == [("a", False), ("copy", True)]
    assert (found.counter.reports, found.counter.copies) == (2, 1)


def test_a_copy_that_lost_the_speaker_says_so() -> None:
    found = _incident(_from("a"), telling("copy", (None, TOLD)), families=(family("a", "copy"),))
    assert "copy_without_speaker" in [reason.name for reason in found.origins[0].reasons]


def test_the_same_sentences_in_an_independent_report_are_told_without_a_source() -> None:
    """Without a family a bare telling is a newsroom's, kept apart and not counted."""
    found = _incident(_from("a"), telling("b", (None, TOLD)))
    assert [(origin.position, origin.basis) for origin in found.origins if origin.name == "B"] == [
        ("newsroom", "no source given")
    ]
    assert (found.counter.origins, found.counter.unsourced) == (1, 1)


def test_a_newsroom_that_attributes_it_elsewhere_in_the_report_is_no_origin() -> None:
    found = _incident(telling("a", (saying(MAYOR), TOLD), (None, TOLD)))
    assert _names(found) == [origin.name for origin in found.origins] == ["Ada Brun"]


def test_who_posts_for_themselves_is_the_origin_of_the_post() -> None:
    """A ministry's own post, and what an agency says it posted, are one origin; what it says of others is relayed."""
    own = telling(
        "a", (None, TOLD), voice=MINISTRY, about=(saying(speaker("The enemy", "described"), "we hit nothing"),)
    )
    found = _incident(own, telling("b", (saying(MINISTRY, via="social_post:X"), TOLD)))
    assert [(origin.name, origin.position, origin.party) for origin in found.origins] == [
        ("Norway's Defense Ministry", "party", "NOR"),
        ("The enemy", "relay", None),
    ]


def test_who_says_that_they_said_it_passes_nothing_on() -> None:
    told = telling("a", (saying(OFFICER, relayed_by=(OFFICER,)), TOLD))
    assert [(origin.name, origin.position) for origin in _incident(told).origins] == [("an officer", "unknown")]


def test_an_outlet_that_is_cited_only_passes_on() -> None:
    """It did not see it for itself as far as the report tells, and no report without a name is another's newsroom."""
    cited = _incident(telling("a", (saying(speaker("Reuters", "institution")), TOLD))).origins[0]
    assert (cited.position, cited.basis) == (
        "relay",
        "an outlet that the report cites, without saying where it has it from",
    )
    nameless = [telling(report, (None, TOLD), voice=None, publisher=None) for report in ("a", "b")]
    assert _incident(*nameless).counter.unsourced == 2


def _ruling(name: str, value: str | None, *about: str) -> Decision:
    return Decision(f"dec-{name}", name, about, (), value, "Kim", "2024-04-01T10:00:00Z", "the transcript says so")


def test_rulings_come_before_everything() -> None:
    told = telling("a", (saying(MAYOR), TOLD), (saying(OFFICER, "it was not us", at=300), "denied"))
    ids = [f"a#{teller.saying.statement}" for teller in told.tellers if teller.saying]
    assert _names(_incident(told, rulings=(_ruling("reject", None, ids[1]),))) == ["Ada Brun"]
    assert _names(_incident(told, rulings=(_ruling("correct", "Ola Berg", ids[1]),))) == ["Ada Brun", "Ola Berg"]
    sided = _incident(told, rulings=(_ruling("speaks_for", "NOR", ids[0]),)).origins[0]
    assert (sided.position, sided.party, sided.basis) == ("party", "NOR", "ruled by Kim on 2024-04-01")
    placed = _incident(told, rulings=(_ruling("position", "witness", "Ada Brun"),)).origins[0]
    assert placed.position == "witness"


def test_who_is_one_speaker_can_be_ruled() -> None:
    """Then the utterances are joined as ever: the same told twice is one, another toll is another."""
    first, second = speaker("Ada Brun"), speaker("A. B. from Sake", "described")
    told = [telling("a", (saying(first), TOLD)), telling("b", (saying(second), TOLD))]
    same, other = (
        _ruling("same_speaker", None, "a#Ada Brun", "b#A. B. from Sake"),
        _ruling("different_speaker", None, "a#x", "b#x"),
    )
    assert len(_incident(*told).origins) == 2
    assert len(_incident(*told, rulings=(same,)).origins) == 1
    tolls = [
        replace(one, figures=(killed(n, n, *[t.saying for t in one.tellers if t.saying]),))
        for n, one in enumerate(told)
    ]
    assert len(_incident(*tolls, rulings=(same,)).origins) == 2
    namesakes = [telling(report, (saying(replace(first, source="x")), TOLD)) for report in ("a", "b")]
    assert len(_incident(*namesakes).origins) == 1
    assert len(_incident(*namesakes, rulings=(other,)).origins) == 2


def test_of_each_who_deny_the_others_charge_it_is_the_one_charged() -> None:
    charged = telling(
        "a", (saying(MAYOR), TOLD), (saying(speaker("Each government", "institution"), "the charge", at=300), "denied")
    )
    charged = replace(charged, agents=(Involved(Quoted(Span(0, 3), "they"), party="NOR"),))
    assert [(origin.position, origin.party) for origin in _incident(charged).origins] == [
        ("unknown", None),
        ("party", "NOR"),
    ]


def test_a_withdrawn_ruling_is_none() -> None:
    told = telling("a", (saying(MAYOR), TOLD))
    ruling = _ruling("speaks_for", "NOR", "Ada Brun")
    withdrawn = Decision(*[getattr(ruling, name) for name in ruling.__slots__][:8], withdrawn_at="2024-04-02")
    assert _incident(told, rulings=(withdrawn,)).origins[0].party is None


PLACED = [
    ("survivors", speaker("survivors", "group"), "witness"),
    ("a commission", speaker("Lake Commission", "institution"), "outside"),
    ("a ministry", MINISTRY, "party"),
    ("a mayor", MAYOR, "unknown"),
    ("the United Nations", speaker("United Nations", "institution", party="un"), "outside"),
    ("somebody's sister", speaker("Vera Kiss"), "witness"),
    ("another state", speaker("Chad's army", "institution", party="TCD"), "party"),
    ("nobody's pictures", speaker("a video", "footage"), "unknown"),
    ("a source", speaker("sources", "group"), "unknown"),
]


@pytest.mark.parametrize(("by", "position"), [row[1:] for row in PLACED], ids=[row[0] for row in PLACED])
def test_every_origin_has_a_position_and_why(by: object, position: str) -> None:
    words = "my brother was in the clinic" if position == "witness" else "shells hit the clinic"
    told = telling("a", (saying(by, words, quotation="direct"), TOLD))  # type: ignore[arg-type]
    origin = _incident(told).origins[0]
    assert (origin.position, bool(origin.basis)) == (position, True)


def test_channels_and_time_are_the_utterances() -> None:
    origin = _incident(_from("a", via="messaging:Telegram")).origins[0]
    assert origin.via == (Through("messaging", "Telegram"),)


def test_an_incident_without_tellings_is_told_to_be_none() -> None:
    with pytest.raises(ValueError, match="inc-1 has no telling left"):
        _incident()
