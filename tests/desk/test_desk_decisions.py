"""The list of decisions and each of them: who, when, what it changed, why, and how the audit can be checked."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re

import pytest
from sqlalchemy import select, update

from sayso.ledger.asking.incidents import incident_rows
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, withdraw
from sayso.ledger.erasing import erased
from sayso.ledger.schema import decision_anchors
from sayso.ledger.waiting import wait, waiting
from sayso.ledger.working import named_places
from sayso.record import Correction, Decision
from tests.desk.conftest import AT, WHO
from tests.desk.test_desk_rule import Reader, a_statement, reader_of


@pytest.fixture
def reader(own_case: Case) -> Reader:
    """Somebody who looks at what was ruled in a copy of the sample."""
    return reader_of(own_case)


@pytest.fixture
def ruled(own_case: Case) -> tuple[Decision, Decision, Decision]:
    """A statement that one person accepted and withdrew, a speaker that another corrected, two incidents as one."""
    about, _ = a_statement(own_case)
    accepted = decide(own_case, ruling="accept", about=[about], who="Bruno Sala", why="", at="2031-06-01T09:00:00Z")
    withdraw(own_case, accepted.id, who=WHO, at="2031-06-01T09:30:00Z")
    speaker = Correction("speaker", None, "Nadia Ferro")
    corrected = decide(
        own_case, ruling="correct", about=[about], who=WHO, why="It is her voice.", at="2031-06-01T10:00:00Z",
        corrections=[speaker],
    )  # fmt: skip
    two = [row.id for row in incident_rows(own_case, limit=2)]
    merged = decide(own_case, ruling="same_incident", about=two, who=WHO, why="One night.", at="2031-06-01T11:00:00Z")
    return accepted, corrected, merged


def listed(page: str) -> list[str]:
    """The decisions in a list, in its order."""
    return re.findall(r'data-row id="(dec-\w+)"', page)


def test_an_empty_list_says_what_can_be_done(reader: Reader) -> None:
    shown = reader.get("/decisions")
    assert listed(shown) == [] and 'href="/reports"' in shown and "Nobody has ruled anything" in shown


def test_the_newest_stands_first_with_before_and_after_and_why(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    accepted, corrected, merged = ruled
    shown = html.unescape(reader.get("/decisions"))
    assert listed(shown) == [merged.id, corrected.id, accepted.id]
    row = shown[shown.index(corrected.id) : shown.index(f'id="{accepted.id}"')]
    (change,) = corrected.corrections
    assert f"<del><bdi>{change.before}</bdi></del>" in row and "<ins><bdi>Nadia Ferro</bdi></ins>" in row
    assert "It is her voice." in row and WHO in row and "2031-06-01 10:00 UTC" in row
    span = corrected.anchors[0].span
    assert f"?at={span.start}-{span.end}" in row, "the words that it rests on are one click away"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"which": "stands"}, (2, 1)),
        ({"which": "withdrawn"}, (0,)),
        ({"ruling": "correct"}, (1,)),
        ({"who": "Bruno Sala"}, (0,)),
        ({"who": "Bruno Sala", "ruling": "correct"}, ()),
        ({"limit": 2}, (2, 1)),
    ],
)
def test_the_list_is_asked_for_less(
    reader: Reader, ruled: tuple[Decision, ...], asked: dict[str, object], expected: tuple[int, ...]
) -> None:
    assert listed(reader.get("/decisions", **asked)) == [ruled[n].id for n in expected]


def test_the_list_goes_on_where_it_ends(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    first = reader.get("/decisions", limit=2)
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert listed(reader.get(html.unescape(following[1]))) == [ruled[0].id]


def test_the_list_about_a_report_holds_the_decisions_about_its_parts(
    reader: Reader, ruled: tuple[Decision, ...]
) -> None:
    report = ruled[1].about[0].partition("#")[0]
    assert ruled[1].id in listed(reader.get("/decisions", about=report))
    answer = reader.http.get("/decisions?about=inc-ffffffffffff")
    assert answer.status_code == 404 and 'class="problem"' in answer.text
    assert reader.http.get("/decisions?which=some").status_code == 400


def test_the_twins_tell_the_same(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    told = json.loads(reader.get("/decisions.json", private="shown"))
    assert [(one["answer"], one["decision"]["id"]) for one in told] == [
        ("decision_row", ruled[n].id) for n in (2, 1, 0)
    ]
    rows = list(csv.DictReader(io.StringIO(reader.get("/decisions.csv", private="shown").removeprefix("\ufeff"))))
    assert [row["decision"] for row in rows] == [ruled[n].id for n in (2, 1, 0)]
    assert (rows[1]["field"], rows[1]["after"]) == ("speaker", "Nadia Ferro")
    one = json.loads(reader.get(f"/decisions/{ruled[1].id}.json", private="shown"))
    assert one["answer"] == "decision_page" and one["row"]["decision"]["why"] == "It is her voice."
    assert ruled[1].id in reader.get(f"/decisions/{ruled[1].id}.csv")


def test_one_decision_shows_the_rows_of_the_audit_and_they_can_be_checked(
    reader: Reader, ruled: tuple[Decision, ...]
) -> None:
    shown = html.unescape(reader.get(f"/decisions/{ruled[0].id}"))
    lines = re.findall(r"<pre><code>(.*?)</code></pre>", shown)
    hashes = re.findall(r'<th scope="row">Hash</th><td>([0-9a-f]{64})', shown)
    assert len(lines) == len(hashes) == 2, "decided, and withdrawn"
    assert [hashlib.sha256(f"{line}\n".encode()).hexdigest() for line in lines] == hashes
    assert "does not hold" not in shown and "Rule it again" in shown


def test_a_row_of_the_audit_that_was_changed_is_told(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    from sayso.ledger.schema import audit

    with reader.case.writing() as connection:
        connection.execute(update(audit).where(audit.c.about == ruled[1].id).values(who="Somebody Else"))
    assert "does not hold" in reader.get(f"/decisions/{ruled[1].id}")


def test_a_decision_that_lost_its_words_says_that_it_has_no_effect(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    with reader.case.writing() as connection:
        mine = decision_anchors.c.decision_id == ruled[1].id
        connection.execute(update(decision_anchors).where(mine).values(lost=True))
    assert "has no effect: the words" in reader.get("/decisions")
    assert "It has no effect" in reader.get(f"/decisions/{ruled[1].id}")
    assert listed(reader.get("/decisions", which="lost")) == [ruled[1].id]


def test_a_place_and_a_speaker_that_are_ruled_of_are_named(reader: Reader) -> None:
    """In the list, on the decision's own page, in the notice and in the audit."""
    with reader.case.reading() as connection:
        place = connection.execute(select(named_places).order_by(named_places.c.id)).first()
    speaker = speaker_list(reader.case)[0]
    assert place is not None
    point, why = "-32.1, -57.2, town", "The map shows it."
    made = decide(reader.case, ruling="locate", about=[place.id], value=point, who=WHO, why=why, at=AT)
    other = decide(reader.case, ruling="position", about=[speaker.id], value="outside", who=WHO, why=why, at=AT)
    for page in (reader.get("/decisions", which="stands"), reader.get("/audit"), reader.get(f"/decisions/{made.id}")):
        assert f'href="/places/{place.id}"' in page
    assert f'href="/people/{speaker.id}"' in reader.get("/decisions")
    assert f'href="/people/{speaker.id}"' in reader.get("/reports", done=other.id)


def test_what_waits_stands_apart_until_somebody_has_seen_to_it(reader: Reader) -> None:
    with reader.case.writing() as connection:
        wait(connection, at=AT, kind="changed_reading", about="sha256:00", says="The reading of <b>one</b> changed.")
        number = waiting(connection)[0].id
    shown = reader.get("/decisions")
    assert "The reading of &lt;b&gt;one&lt;/b&gt; changed." in shown
    assert reader.post("/decisions/waiting", number=number, back="/decisions") == (303, "/decisions")
    with reader.case.reading() as connection:
        assert waiting(connection) == ()
    assert reader.post("/decisions/waiting", number=number)[0] == 404
    assert reader.post("/decisions/waiting", number="x")[0] in (400, 422)


def test_of_what_was_erased_no_page_of_decisions_tells(reader: Reader, ruled: tuple[Decision, ...]) -> None:
    about = ruled[1].about[0].partition("#")[0]
    erased(reader.case, report=about, who=WHO, why="asked for", at=AT)
    for path in ("/decisions", f"/decisions/{ruled[1].id}", f"/decisions?done={ruled[1].id}", "/decisions.csv"):
        shown = reader.get(path)
        assert "Nadia Ferro" not in shown and "It is her voice." not in shown, path
        assert "at=0-0" not in shown, "no link leads to words that are not there"
    assert "erased from the case" in reader.get(f"/decisions/{ruled[1].id}")
    _, where = reader.post(f"/decisions/{ruled[1].id}/undo")
    assert "You withdrew" in reader.get(where) and ">Rule it again<" not in reader.get(f"/decisions/{ruled[1].id}")


def test_a_ruling_that_there_is_none_of_is_told_in_words_of_the_page(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    asked = f"?about={about.replace('#', '%23')}&ruling="
    for place in ("/decisions?ruling=evil", "/decisions?which=old", f"/rule{asked}evil", f"/rule{asked}copy"):
        answer = reader.http.get(place)
        assert answer.status_code in (400, 422), place
        assert "same_incident" not in answer.text, place
        assert "on the page of the decisions" in answer.text or "Start from" in answer.text, place


def test_a_decision_that_is_none_is_told(reader: Reader) -> None:
    for path in ("/decisions/dec-ffffffff", "/decisions/inc-00", "/decisions/dec-ffffffff.json"):
        assert reader.http.get(path).status_code == 404
    assert reader.post("/decisions/dec-ffffffff/undo")[0] == 404
