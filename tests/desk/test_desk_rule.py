"""Ruling at the desk: what the form shows, what is written down, and what becomes of a form that does not fit."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from sayso.desk.app import desk
from sayso.ledger.asking.identical import identical
from sayso.ledger.asking.incidents import incident, incident_rows
from sayso.ledger.asking.reports import report, report_list
from sayso.ledger.asking.sources import speaker_list
from sayso.ledger.asking.told_in import told_in
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide, decisions, withdraw
from sayso.record import Anchor, Decision, Statement
from tests.desk.conftest import AT, WHO

BASE = "http://127.0.0.1"
WHY = "She is quoted by name two lines below."


@dataclass(frozen=True)
class Reader:
    """Somebody who rules at the desk of a case."""

    case: Case
    http: TestClient

    def get(self, path: str, **asked: object) -> str:
        """A page that must be there."""
        answer = self.http.get(f"{path}?{urlencode(asked, doseq=True)}" if asked else path)
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def token(self) -> str:
        """What a form of the desk carries."""
        found = re.search(r'name="sayso-token" content="(\w+)"', self.get("/decisions"))
        assert found is not None
        return found[1]

    def post(self, path: str = "/decisions", *, fragment: bool = False, **typed: object) -> tuple[int, str]:
        """What became of a form: its status, and where it led, else what it told."""
        form = {"token": self.token, **typed}
        answer = self.http.post(path, data=form, headers={"X-Sayso-Fragment": "true"} if fragment else {})
        where = answer.headers.get("x-sayso-go" if fragment else "location")
        return answer.status_code, where if where is not None else html.unescape(answer.text)

    def stands(self) -> list[Decision]:
        """The decisions that stand."""
        with self.case.reading() as connection:
            return list(decisions(connection))


def reader_of(case: Case, who: str = WHO) -> Reader:
    """Somebody at the desk of a case."""
    made = desk(case, who=who, now=lambda: AT)
    return Reader(case, TestClient(made, base_url=BASE, follow_redirects=False, raise_server_exceptions=False))


@pytest.fixture
def reader(own_case: Case) -> Reader:
    """Somebody who rules in a copy of the sample."""
    return reader_of(own_case)


def statements_of(case: Case, *, copied: bool | None = None) -> Iterator[tuple[str, Statement]]:
    """Statements with words, with their ids; with `copied`, those that have exact copies, or none at all."""
    for row in report_list(case):
        for one in report(case, row.id).reading.statements:
            about = f"{row.id}#{one.id}"
            if one.words and (copied is None or copied == any(other.exactly for other in identical(case, about))):
                yield about, one


def a_statement(case: Case, *, copied: bool | None = None) -> tuple[str, Statement]:
    """The first of these."""
    return next(statements_of(case, copied=copied))


def problems_in(page: str) -> list[str]:
    """What a form says is wrong."""
    return re.findall(r'<p class="wrong"[^>]*>(.*?)</p>', page)


def done_of(where: str) -> str:
    """The decision that an address tells of."""
    found = re.search(r"done=(dec-[0-9a-f]+)", where)
    assert found is not None, where
    return found[1]


def page_of(about: str) -> str:
    """The page of the report that something stands in."""
    return f"/reports/{about.partition('#')[0].removeprefix('sha256:')}"


# The form


def test_the_form_shows_what_is_ruled_of_at_its_place_and_asks_why(reader: Reader) -> None:
    about, told = a_statement(reader.case, copied=False)
    shown = reader.get("/rule", ruling="reject", about=about, back=page_of(about))
    words = told.words[0]
    assert f"{page_of(about)}?at=" in shown and f"-{words.end}" in shown
    reason = re.search(r'<textarea id="why" name="why"([^>]*)>([^<]*)</textarea>', shown)
    assert reason is not None and "required" in reason[1] and reason[2] == "", "nobody is told what to think"
    assert "struck through" in shown
    assert reader.stands() == []


def test_no_look_at_a_form_changes_the_case(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    before = reader.case.folder.joinpath("sayso.db").read_bytes()
    for ruling in ("accept", "reject", "correct"):
        reader.get("/rule", ruling=ruling, about=about, why="x", value="x")
    for path in ("/decisions", "/decisions.json"):
        reader.get(path, ruling="accept", done="dec-0123")
    assert reader.http.get("/decisions/dec-0123456789ab/undo").status_code in (404, 405)
    assert reader.case.folder.joinpath("sayso.db").read_bytes() == before
    assert reader.stands() == []


@pytest.mark.parametrize(
    ("ruling", "about"),
    [("accept", ""), ("no_such", "{report}"), ("accept", "{report}"), ("copy", "{part}"), ("accept", "{report}#st999")],
)
def test_a_form_for_what_cannot_be_ruled_says_why(reader: Reader, ruling: str, about: str) -> None:
    part, _ = a_statement(reader.case)
    asked = about.format(report=part.partition("#")[0], part=part)
    answer = reader.http.get(f"/rule?{urlencode({'ruling': ruling, 'about': asked})}")
    assert answer.status_code in (404, 422)
    assert 'class="problem"' in answer.text


def test_a_script_is_given_the_form_alone(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    answer = reader.http.get(
        f"/rule?{urlencode({'ruling': 'accept', 'about': about})}", headers={"X-Sayso-Fragment": "true"}
    )
    assert answer.text.lstrip().startswith("<form") and "<html" not in answer.text


def test_identical_statements_are_shown_and_only_exact_ones_are_ticked(reader: Reader) -> None:
    about = next(
        one
        for one, _ in statements_of(reader.case)
        if {copy.exactly for copy in identical(reader.case, one)} and len(identical(reader.case, one)) > 0
    )
    shown = html.unescape(reader.get("/rule", ruling="accept", about=about))
    for copy in identical(reader.case, about):
        tick = re.search(rf'<input type="checkbox" name="about" value="{re.escape(copy.about)}"( checked)?>', shown)
        assert tick is not None
        assert (tick[1] is not None) == copy.exactly
        assert f"?at={copy.sentence.span.start}-{copy.sentence.span.end}" in shown


def test_a_selected_stretch_is_quoted_and_offered_for_the_speaker(reader: Reader) -> None:
    about, told = next(one for one in statements_of(reader.case) if one[1].who is not None)
    assert told.who is not None
    text = report(reader.case, about.partition("#")[0]).reading.page.report.text
    asked = {"ruling": "correct", "about": about, "field": "speaker", "start": told.who.start, "end": told.who.end}
    shown = html.unescape(reader.get("/rule", **asked))
    name = " ".join(text[told.who.start : told.who.end].split())
    assert f'id="field-speaker" value="{name}"' in shown
    assert f"?at={told.who.start}-{told.who.end}" in shown


# What is written down


def test_a_statement_is_accepted_and_the_page_goes_on_at_it(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    status, where = reader.post(
        ruling="accept", about=about, why="", back=f"{page_of(about)}?at=1-2&done=dec-0123456789"
    )
    (made,) = reader.stands()
    assert (status, where) == (303, f"{page_of(about)}?at=1-2&done={made.id}#{about.partition('#')[2]}")
    assert (made.ruling, made.about, made.who, made.at) == ("accept", (about,), WHO, AT)
    assert made.anchors, "the words that it rests on are kept"


def test_a_script_is_told_where_to_go_on(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    status, where = reader.post(ruling="accept", about=about, fragment=True, back="/incidents")
    assert (status, where) == (204, f"/incidents?done={reader.stands()[0].id}")


@pytest.mark.parametrize("ruling", ["reject", "accept", "correct"])
def test_one_decision_is_about_all_copies_that_were_ticked_and_one_undo_takes_it_back(
    reader: Reader, ruling: str
) -> None:
    about, _ = a_statement(reader.case, copied=True)
    all_of_them = [about, *(one.about for one in identical(reader.case, about) if one.exactly)]
    fields = {"field": ["act"], "after": ["warns"], "report": [""], "start": [""], "end": [""]}
    _, where = reader.post(ruling=ruling, about=all_of_them, why=WHY, **(fields if ruling == "correct" else {}))
    (made,) = reader.stands()
    assert set(made.about) == set(all_of_them) and len(all_of_them) > 1
    reader.post(f"/decisions/{done_of(where)}/undo")
    assert reader.stands() == []


def test_a_speaker_is_corrected_by_words_of_the_report(reader: Reader) -> None:
    about, told = a_statement(reader.case, copied=False)
    name = report(reader.case, about.partition("#")[0]).reading.page.report.text[told.words[0].start :][:11]
    typed = {
        "field": "speaker",
        "after": "",
        "report": "",
        "start": told.words[0].start,
        "end": told.words[0].start + 11,
    }
    status, _ = reader.post(ruling="correct", about=about, why=WHY, **typed)
    (made,) = reader.stands()
    assert status == 303
    (change,) = made.corrections
    assert (change.field, change.after) == ("speaker", " ".join(name.split()))
    assert change.before and change.anchor is not None and change.anchor.words == name


def test_a_channel_is_typed_as_its_kind_and_its_name(reader: Reader) -> None:
    about, _ = a_statement(reader.case, copied=False)
    typed = {"field": ["act", "channel"], "after": ["", "messaging"], "channel_name": "Harbour Watch"}
    reader.post(ruling="correct", about=about, why=WHY, **typed)
    (made,) = reader.stands()
    assert [(one.field, one.after) for one in made.corrections] == [("channel", "messaging: Harbour Watch")]


def test_a_missed_statement_is_added_at_its_words(reader: Reader) -> None:
    row = report_list(reader.case)[0]
    text = report(reader.case, row.id).reading.page.report.text
    typed = {
        "field": ["words", "speaker", "act"], "after": ["", "Nadia Ferro", "warns"], "report": ["", "", ""],
        "start": ["5", "", ""], "end": ["25", "", ""],
    }  # fmt: skip
    status, where = reader.post(ruling="add_statement", about=row.id, why=WHY, **typed)
    assert status == 303, where
    (made,) = reader.stands()
    assert next(one.anchor for one in made.corrections if one.field == "words") == Anchor(
        row.id, next(iter(made.anchors)).span, text[5:25]
    )


def test_the_same_again_after_an_undo_is_a_decision_of_its_own(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    _, where = reader.post(ruling="reject", about=about, why=WHY, back="/incidents")
    _, gone = reader.post(f"/decisions/{done_of(where)}/undo", back="/incidents")
    notice = reader.get(gone)
    form = re.search(
        r'<section class="notice withdrawn".*?<form[^>]*action="/decisions">(.*?)</form>', notice, re.DOTALL
    )
    assert form is not None and "Rule it again" in form[1]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[1])
    typed = {name: html.unescape(told) for name, told in fields if name != "token"}
    status, again = reader.post(**typed)
    assert status == 303 and done_of(again) != done_of(where)
    assert [(one.ruling, one.about, one.why) for one in reader.stands()] == [("reject", (about,), WHY)]


# What does not fit


@pytest.mark.parametrize("ruling", ["reject", "correct"])
def test_a_reason_is_asked_for_and_what_was_typed_stays(reader: Reader, ruling: str) -> None:
    about, _ = a_statement(reader.case)
    typed = {"field": "speaker", "after": "Nadia <b>Ferro", "report": "", "start": "", "end": ""}
    status, shown = reader.post(ruling=ruling, about=about, why="  \n ", **(typed if ruling == "correct" else {}))
    assert status == 422
    assert "Say why" in "".join(problems_in(shown))
    assert reader.stands() == []
    if ruling == "correct":
        assert 'value="Nadia <b>Ferro"' in shown


@pytest.mark.parametrize(
    ("field", "after", "start", "end", "told"),
    [
        ("act", "sings", "", "", "is no act"),
        ("when", "last spring", "", "", "is no time"),
        ("speaker", "", "7", "seven", "whole numbers"),
        ("speaker", "", "5", "999999999", "is no stretch"),
        ("words", "", "", "", "Nothing is changed yet"),
    ],
)
def test_a_field_that_does_not_fit_is_told_where_it_stands(
    reader: Reader, field: str, after: str, start: str, end: str, told: str
) -> None:
    about, _ = a_statement(reader.case)
    typed = {"field": field, "after": after, "report": "", "start": start, "end": end}
    status, shown = reader.post(ruling="correct", about=about, why=WHY, **typed)
    assert status == 422 and reader.stands() == []
    assert told in html.unescape("".join(problems_in(shown)))
    if start or after:
        assert f'id="wrong-{field}"' in shown
    assert WHY in shown


def test_words_are_not_corrected_in_several_reports_at_once(reader: Reader) -> None:
    about, told = a_statement(reader.case, copied=True)
    copies = [one.about for one in identical(reader.case, about)]
    typed = {"field": "words", "after": "", "report": "", "start": told.words[0].start, "end": told.words[0].end - 1}
    status, shown = reader.post(ruling="correct", about=[about, *copies], why=WHY, **typed)
    assert status == 422 and "one report at a time" in shown and reader.stands() == []


def test_a_position_is_one_of_those_that_there_are(reader: Reader) -> None:
    who = speaker_list(reader.case, limit=1)[0].id
    shown = reader.get("/rule", ruling="position", about=who)
    assert shown.count('type="radio"') == 6
    assert reader.post(ruling="position", about=who, why=WHY)[0] == 422
    assert reader.post(ruling="position", about=who, value="wizard", why=WHY)[0] == 422
    assert reader.post(ruling="position", about=who, value="witness", why=WHY)[0] == 303
    assert [one.value for one in reader.stands()] == ["witness"]


def test_a_party_is_meant_by_its_name(reader: Reader) -> None:
    about = speaker_list(reader.case, limit=1)[0].id
    shown = reader.get("/rule", ruling="speaks_for", about=about)
    assert '<option value="kesteria">Kesteria</option>' in shown
    reader.post(ruling="speaks_for", about=about, value=" KESTERIA ", why=WHY)
    reader.post(ruling="speaks_for", about=about, value="Afghanistan", why=WHY, instead_of=reader.stands()[0].id)
    assert [one.value for one in reader.stands()] == ["AFG"]
    assert reader.post(ruling="speaks_for", about=about, value=" ", why=WHY)[0] == 422


def test_who_rules_otherwise_is_told_what_stands_and_can_rule_instead(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    first = decide(reader.case, ruling="accept", about=[about], who="Bruno Sala", why="heard <it>", at=AT)
    assert "Bruno Sala" in reader.get("/rule", ruling="reject", about=about)
    status, shown = reader.post(ruling="reject", about=about, why=WHY)
    assert status == 409
    assert "Bruno Sala" in shown and "heard <it>" in shown and WHY in shown
    assert f'name="instead_of" value="{first.id}"' in shown
    assert [one.id for one in reader.stands()] == [first.id], "nothing is lost"
    status, _ = reader.post(ruling="reject", about=about, why=WHY, instead_of=first.id)
    assert status == 303
    assert [(one.ruling, one.who) for one in reader.stands()] == [("reject", WHO)]


def test_all_that_stands_in_the_way_is_told_at_once(reader: Reader) -> None:
    about, _ = a_statement(reader.case, copied=True)
    both = [about, *(one.about for one in identical(reader.case, about) if one.exactly)][:2]
    held = [decide(reader.case, ruling="accept", about=[one], who="Bruno Sala", why="", at=AT).id for one in both]
    status, shown = reader.post(ruling="reject", about=both, why=WHY)
    assert status == 409 and all(f'name="instead_of" value="{one}"' in shown for one in held)
    assert reader.post(ruling="reject", about=both, why=WHY, instead_of=held)[0] == 303
    assert [one.ruling for one in reader.stands()] == ["reject"]


def test_two_people_at_two_desks_do_not_overwrite_each_other(own_case: Case) -> None:
    one, other = reader_of(own_case, "Ana Tester"), reader_of(own_case, "Bruno Sala")
    about, _ = a_statement(own_case)
    assert one.post(ruling="accept", about=about)[0] == 303
    assert other.post(ruling="reject", about=about, why=WHY)[0] == 409
    assert other.post(ruling="accept", about=about)[0] == 303, "who agrees is written down too"
    assert {made.who for made in one.stands()} == {"Ana Tester", "Bruno Sala"}


def test_a_form_of_a_reading_that_is_no_more_is_not_taken(reader: Reader) -> None:
    about, told = a_statement(reader.case)
    status, shown = reader.post(
        ruling="accept", about=about, seen=f"{about} {told.words[0].start + 3}-{told.words[0].end}"
    )
    assert status == 409 and "read anew" in shown and reader.stands() == []
    gone = f"{about.partition('#')[0]}#st777"
    status, shown = reader.post(ruling="reject", about=gone, seen=f"{gone} 1-2", why=WHY)
    assert status == 404 and WHY in shown and reader.stands() == []


def test_one_click_on_a_page_of_a_reading_that_is_no_more_is_not_taken(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    part = re.escape(about)
    form = re.search(rf'value="{part}".*?name="seen" value="({part} [^"]+)"', reader.get(page_of(about)), re.DOTALL)
    assert form is not None
    moved = re.sub(r" (\d+)-", lambda found: f" {int(found[1]) + 1}-", form[1])
    assert reader.post(ruling="accept", about=about, seen=moved)[0] == 409 and reader.stands() == []
    assert reader.post(ruling="accept", about=about, seen=form[1])[0] == 303


# Who may change anything


@pytest.mark.parametrize("path", ["/decisions", "/decisions/{made}/undo", "/decisions/waiting"])
@pytest.mark.parametrize(
    "sent", [{"token": "wrong"}, {}, {"origin": "http://elsewhere.example"}, {"site": "cross-site"}]
)
def test_a_form_of_nobodys_or_of_another_site_changes_nothing(reader: Reader, path: str, sent: dict[str, str]) -> None:
    about, _ = a_statement(reader.case)
    standing = decide(reader.case, ruling="accept", about=[about], who="Bruno Sala", why="", at=AT)
    _, (other, _) = islice(statements_of(reader.case), 2)
    typed = {"ruling": "accept", "about": other}
    headers = {}
    if "token" in sent:
        typed["token"] = sent["token"]
    elif sent:
        typed["token"] = reader.token
        headers = {"origin": sent["origin"]} if "origin" in sent else {"sec-fetch-site": sent["site"]}
    answer = reader.http.post(path.format(made=standing.id), data=typed, headers=headers)
    assert answer.status_code == 403
    assert [one.id for one in reader.stands()] == [standing.id]


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "\\\\elsewhere.example",
        "javascript:alert(1)", "/x\r\nset-cookie: a=b", "", "data:text/html,x", "///elsewhere.example",
        "/rule?ruling=accept",
    ],
)  # fmt: skip
def test_nobody_is_led_anywhere_else(reader: Reader, back: str) -> None:
    about, _ = a_statement(reader.case)
    for fragment in (False, True):
        _, where = reader.post(ruling="accept", about=about, back=back, fragment=fragment)
        assert where == f"/decisions?done={reader.stands()[0].id}"


# The notice


def test_the_notice_is_told_from_the_decision_and_from_nothing_else(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    made = decide(reader.case, ruling="reject", about=[about], who=WHO, why="x", at=AT)
    shown = reader.get("/incidents", done=made.id)
    assert "You ruled:" in shown and f'action="/decisions/{made.id}/undo"' in shown and 'data-key="u"' in shown
    for told in ("dec-0000000000", "<b>ruled</b>", "dec-", "Ana ruled everything"):
        assert "data-notice" not in reader.get("/incidents", done=told)
    withdraw(reader.case, made.id, who="Bruno Sala", at=AT)
    shown = reader.get("/incidents", done=made.id)
    assert "Bruno Sala" in shown and "withdrew:" in shown and "Rule it again" in shown


def test_what_people_typed_is_told_as_words(reader: Reader) -> None:
    about, _ = a_statement(reader.case)
    evil = '<script>alert(1)</script><img src=x onerror=alert(2)>"\u202e'
    made = decide(reader.case, ruling="reject", about=[about], who=evil, why=evil, at=AT)
    for path in ("/decisions", f"/decisions/{made.id}", f"/incidents?done={made.id}"):
        shown = reader.get(path)
        assert "<script>alert" not in shown and "<img" not in shown and "\u202e" not in shown
    assert "<script>alert" not in reader.get(
        "/rule", ruling="accept", about=about, why=evil, value=evil, back="/<script>alert("
    )


def test_a_form_that_comes_back_still_tells_which_incidents_there_would_be(own_case: Case) -> None:
    """A split without a reason is sent back with the reason asked for, and with what it would do."""
    shown = incident(own_case, incident_rows(own_case, by="reports", limit=1)[0].id).incident
    about = [f"{one.report}#{one.event}" for one in (shown.tellings[0], shown.tellings[-1])]
    client = TestClient(desk(own_case, who="Ana", now=lambda: AT), base_url="http://127.0.0.1")
    page = client.get("/rule", params={"ruling": "different_incident", "about": about}).text
    assert 'id="foreseen-title"' in page
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert token is not None
    sent = {"token": token[1], "ruling": "different_incident", "about": about, "why": ""}
    again = client.post("/decisions", data=sent, headers={"origin": "http://127.0.0.1"})
    assert again.status_code == 422
    assert 'id="foreseen-title"' in again.text


def test_what_would_go_along_with_a_split_is_ticked_to_stay(own_case: Case) -> None:
    shown = incident(own_case, incident_rows(own_case, by="reports", limit=1)[0].id).incident
    stays, *others = (f"{one.report}#{one.event}" for one in shown.tellings)
    client = TestClient(desk(own_case, who="Ana", now=lambda: AT), base_url="http://127.0.0.1")
    for ticked in others:
        page = client.get("/rule", params={"ruling": "different_incident", "about": [ticked, stays]}).text
        named = re.search(r'name="stays" value="([^"]+)"', page)
        if named is not None:
            break
    else:
        raise AssertionError("in the sample something goes along")
    token = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert token is not None
    own = {"origin": "http://127.0.0.1"}
    sent = {"token": token[1], "ruling": "different_incident", "about": [ticked, stays], "stays": named[1]}
    looked = client.post("/decisions", data={**sent, "look": "1"}, headers=own).text
    assert f'value="{named[1]}" checked' in looked
    client.post("/decisions", data={**sent, "why": "another street"}, headers=own, follow_redirects=False)
    now = told_in(own_case, [ticked, stays, *named[1].split()])
    assert all(now[one] == now[stays] != now[ticked] for one in named[1].split())
