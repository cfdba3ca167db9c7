"""An id is understood whole, by its beginning, and after a merge; any other is told with what is near."""

from __future__ import annotations

import pytest

from sayso.ledger.asking.answers import Found
from sayso.ledger.asking.ids import SHORTEST, found, kind_of
from sayso.ledger.case import Case
from sayso.ledger.problems import NoSuchThing
from sayso.ledger.schema import decisions, family_members, incidents, redirects, reports, speakers, tombstones

ONE = "sha256:" + "ab12" * 16
TWO = "sha256:" + "ab12cd" + "0" * 58
INCIDENT = {
    "kind": "shelling", "headline": "[]", "counter": "{}", "did_not_happen": False, "reports": 1, "origins": 1,
    "denials": 0, "contested": 0.0, "stale": False,
}  # fmt: skip
REPORT = {
    "text_sha256": "", "text": "", "media_type": "text/plain", "language": "en", "encoding": "utf-8",
    "published_basis": "unknown", "words": 0, "added_at": "2031-01-01T00:00:00Z",
}  # fmt: skip
SPEAKER = {"name": "Dora Quill", "naming": "named", "private": False, "first_report": ONE}
RULED = {"ruling": "accept", "who": "Ana", "at": "2031-01-01T00:00:00Z", "why": "read twice"}
MOVED = {"at": "2031-01-01T00:00:00Z", "why": "merged"}


@pytest.fixture
def held(case: Case) -> Case:
    with case.writing() as connection:
        connection.execute(reports.insert(), [{**REPORT, "id": ONE}, {**REPORT, "id": TWO}])
        connection.execute(
            incidents.insert(), [{**INCIDENT, "id": f"inc-{tail}"} for tail in ("aa0000000001", "aa0000000002", "bb")]
        )
        connection.execute(speakers.insert(), {**SPEAKER, "id": "spk-00ff"})
        connection.execute(
            family_members.insert(),
            [{"family_id": "fam-77", "report_id": one, "start": 0, "end": 1, "how": "near"} for one in (ONE, TWO)],
        )
        connection.execute(decisions.insert(), {**RULED, "id": "dec-99"})
        old = [("inc-0a11", "inc-0a22"), ("inc-0a22", "inc-bb"), ("inc-0c", "inc-aa0000000001")]
        connection.execute(redirects.insert(), [{"old": one, "new": new, **MOVED} for one, new in old])
        connection.execute(
            tombstones.insert(),
            {
                "about": "sha256:" + "e" * 64,
                "kind": "report",
                "at": "2031-02-03T00:00:00Z",
                "who": "Ana",
                "why": "asked",
            },
        )
    return case


ASKED = [
    # what is asked, what it is, why
    (ONE, Found(ONE, "report"), "a whole id"),
    ("ab12ab", Found(ONE, "report"), "the beginning of a hash"),
    ("sha256:ab12ab", Found(ONE, "report"), "with its prefix"),
    ("  AB12CD ", Found(TWO, "report"), "in any case, with blanks around"),
    ("ab12ab#st3", Found(ONE, "report", "st3"), "a statement of it"),
    ("inc-b", Found("inc-bb", "incident"), "the beginning of an incident"),
    ("fam-7", Found("fam-77", "family"), "a family has many rows and is one thing"),
    ("spk-00", Found("spk-00ff", "speaker"), "a speaker"),
    ("dec-99", Found("dec-99", "decision"), "a decision"),
    ("inc-0a22", Found("inc-bb", "incident", None, "inc-0a22 is now inc-bb"), "what was merged"),
    ("inc-0a1", Found("inc-bb", "incident", None, "inc-0a11 is now inc-bb"), "merged twice, by its beginning"),
    ("inc-0a", Found("inc-bb", "incident", None, "inc-0a11 is now inc-bb"), "former ids that are one now"),
]


@pytest.mark.parametrize(("asked", "is_now", "why"), ASKED, ids=[row[2] for row in ASKED])
def test_an_id_leads_to_what_it_is_now(held: Case, asked: str, is_now: Found, why: str) -> None:
    with held.reading() as connection:
        assert found(connection, asked) == is_now, why


TOLD = [
    ("inc-aa", None, r"beginning of several ids: inc-aa0000000001, inc-aa0000000002\. Write more", "not unique"),
    ("inc-0", None, r"several former ids, now inc-aa0000000001, inc-bb", "former ids of two things"),
    ("inc-ba", None, r"Near it: inc-bb", "nothing, and what is near"),
    ("ab12", None, r"is no id.*inc-… \(incident\)", "too short for a report"),
    ("Quill", "incident", r"The id of an incident has the form inc-…", "no id at all"),
    (ONE, "incident", r"is a report, not an incident\. Ask with `sayso report", "another kind, and who to ask"),
    ("eeeeee" + "e" * 58, None, r"was erased from the case on 2031-02-03T00:00:00Z by Ana: asked", "what was erased"),
    ("inc-xyz", None, r"is no id", "letters that no id has"),
    ("", None, r"is no id", "nothing"),
]


@pytest.mark.parametrize(("asked", "kind", "says", "why"), TOLD, ids=[row[3] for row in TOLD])
def test_an_id_that_nothing_has_is_told(held: Case, asked: str, kind: str | None, says: str, why: str) -> None:
    with held.reading() as connection, pytest.raises(NoSuchThing, match=says):
        found(connection, asked, kind=kind)
        pytest.fail(why)


def test_an_empty_case_says_that_it_is_empty(case: Case) -> None:
    with case.reading() as connection, pytest.raises(NoSuchThing, match="holds no incident yet"):
        found(connection, "inc-aa")


def test_redirects_in_a_ring_end(case: Case) -> None:
    """Nobody makes one; a damaged case shall not hang."""
    with case.writing() as connection:
        rows = [{"old": "inc-1", "new": "inc-2", **MOVED}, {"old": "inc-2", "new": "inc-1", **MOVED}]
        connection.execute(redirects.insert(), rows)
    with case.reading() as connection:
        assert found(connection, "inc-1").kind == "incident"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("a" * SHORTEST, "report"), ("a" * (SHORTEST - 1), None), ("decade", "report"), ("Osk", None), ("inc-", None)],
)
def test_a_form_tells_the_kind(asked: str, kind: str | None) -> None:
    assert kind_of(asked) == kind
