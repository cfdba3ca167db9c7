"""The queue over HTTP: a verdict leads to the next question, nothing typed is lost, a second reader learns nothing."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from sayso.desk.views.queue import REASONS
from sayso.ledger.asking.private import private_names
from sayso.ledger.asking.queue import Seat, Wanted, next_in
from sayso.ledger.asking.queued import question
from sayso.ledger.case import Case
from sayso.ledger.decisions import decide
from sayso.ledger.holding import held, hold
from sayso.ledger.looks import SECOND, By, Look, Verdict, looked, looks
from sayso.ledger.marks import marks
from sayso.ledger.saved import saved
from tests.desk.conftest import AT, WHO
from tests.desk.pages import report as named
from tests.desk.test_desk_rule import Reader, a_statement, reader_of

BEN = "Ben Second"
WHY = "The ministry is quoted, not the mayor."


@pytest.fixture
def reader(own_case: Case) -> Reader:
    """Somebody who rules in a copy of the sample."""
    return reader_of(own_case)


@pytest.fixture
def ben(own_case: Case) -> Reader:
    """Somebody else at a desk of the same case."""
    return reader_of(own_case, BEN)


def first(case: Case, queue: str = "unseen", who: str = WHO) -> str:
    """The question that comes first."""
    return next_in(case, Wanted(queue, Seat(who, AT))).about[0]


def asked_in(where: str) -> str:
    """The question that an address asks."""
    return parse_qs(urlsplit(where).query)["about"][0]


def standing(case: Case) -> tuple[Look, ...]:
    """The looks that stand."""
    with case.reading() as connection:
        return looks(connection)


def do(reader: Reader, verdict: str, about: str, queue: str = "unseen", **more: object) -> tuple[int, str]:
    """What became of an answer."""
    return reader.post(f"/queue/{queue}/decide", do=verdict, about=about, **more)


def second_asked(case: Case, about: str, verdict: str = "accept", why: str = "") -> None:
    """Ben looks at a question, and asks for a second reader."""
    from sayso.ledger.marks import mark

    looked(case, Verdict(about, verdict, why, queue="unseen"), By(BEN, AT))
    mark(case, kind=SECOND, about=about, who=BEN, at=AT)


# The list


def test_the_list_tells_how_much_is_left_and_by_whom_it_was_looked_at(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    before = int(re.search(r'"queue": "unseen",\s+"left": (\d+)', reader.get("/queue.json"))[1])  # type: ignore[index]
    looked(own_case, Verdict(about, "accept", queue="unseen"), By(BEN, AT))
    told = reader.get("/queue.json")
    assert f'"left": {before - 1}' in told
    assert '"by_others": 1' in told
    assert reader.get("/queue.csv").splitlines()[1].startswith(f"unseen,{before - 1},")
    assert "Not yet looked at" in reader.get("/queue")


def test_any_search_can_be_a_queue(reader: Reader, own_case: Case) -> None:
    """Under a name; the address of the search leads to it once it has one."""
    assert 'name="query" value="act=denies"' in reader.get("/queue", act="denies")
    made = saved(own_case, page="queue", name="All denials", query="act=denies", who=WHO, at=AT)
    answer = reader.http.get("/queue?act=denies")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/queue/{made}")
    where = reader.http.get(f"/queue/{made}").headers["location"]
    assert "denies" in reader.get(where)
    assert "All denials" in reader.get(where)


def test_what_is_no_queue_is_told(reader: Reader) -> None:
    assert reader.http.get("/queue/nonsense").status_code == 404
    assert reader.http.get("/queue/sav-00").status_code == 404
    assert reader.http.get("/queue/nonsense.json").status_code == 404
    assert reader.post("/queue/unseen/decide", do="accept")[0] == 422
    assert reader.post("/queue/unseen/decide", do="dance", about="sha256:0f#st1")[0] == 422


def test_the_next_questions_are_there_for_programs(reader: Reader, own_case: Case) -> None:
    rows = reader.get("/queue/unseen.csv").splitlines()
    assert rows[0].endswith("about,kind,sentence")
    assert rows[1].startswith(f"{first(own_case)},statement,")
    assert '"kind": "place"' in reader.get("/queue/places.json")


# One question


def test_a_verdict_is_kept_and_the_next_question_is_held(reader: Reader, own_case: Case) -> None:
    where = reader.http.get("/queue/unseen").headers["location"]
    about = asked_in(where)
    page = reader.get(where)
    assert "Is this statement read rightly?" in page
    assert "Why it is here" in page
    status, where = do(reader, "accept", about)
    assert status == 303
    (look,) = standing(own_case)
    assert (look.about, look.verdict, look.who, look.queue) == (about, "accept", WHO, "unseen")
    assert [one.id for one in reader.stands()] == [look.decision]
    with own_case.reading() as connection:
        assert [(one.about, one.who) for one in held(connection, at=AT)] == [(asked_in(where), WHO)]
    assert "accepted as read" in reader.get(where)


def test_identical_copies_are_ruled_along_where_they_are_ticked(reader: Reader, own_case: Case) -> None:
    """What is no copy of it is not, whatever a form says."""
    about, _ = a_statement(own_case, copied=True)
    page = reader.get("/queue/unseen", about=about)
    copies = re.findall(r'name="copies" value="([^"]+)"', page)
    assert copies
    do(reader, "accept", about, copies=[copies[0], f"sha256:{named('12-rivermark-roundup')}#st1"])
    assert [set(one.about) for one in reader.stands()] == [{about, copies[0]}]


def test_a_rejection_needs_a_reason_of_ours_or_of_theirs(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    status, page = do(reader, "reject", about)
    assert status == 422
    assert "Say why" in page
    do(reader, "reject:nobody", about)
    assert [one.why for one in reader.stands()] == [REASONS["nobody"]]
    following = first(own_case)
    do(reader, "reject", following, why=WHY)
    assert [one.why for one in reader.stands()] == [REASONS["nobody"], WHY]


def test_who_rules_second_is_told_and_loses_nothing(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    other = decide(own_case, ruling="accept", about=[about], who=BEN, why="I heard him.", at=AT)
    status, page = do(reader, "reject", about, why=WHY)
    assert status == 409
    assert BEN in page
    assert "I heard him." in page
    assert WHY in page
    assert standing(own_case) == ()
    status, _ = do(reader, "reject", about, why=WHY, instead_of=other.id)
    assert status == 303
    assert [one.ruling for one in reader.stands()] == ["reject"]


def test_who_differs_can_be_kept_beside_the_first(reader: Reader, own_case: Case) -> None:
    """Their ruling stands; the second's is a look that decides nothing. Where theirs is gone, it is a ruling."""
    about = first(own_case)
    other = decide(own_case, ruling="accept", about=[about], who=BEN, why="I heard him.", at=AT)
    status, where = do(reader, "beside:reject", about, why=WHY, against=other.id)
    assert status == 303
    assert [one.who for one in reader.stands()] == [BEN]
    assert [(one.who, one.verdict, one.beside) for one in standing(own_case)] == [(WHO, "reject", (other.id,))]
    assert "a difference to settle" in reader.get(where)
    assert f"{WHO}</bdi></b>, 2031-06-01" not in reader.get("/decisions")
    assert WHY in reader.get(f"/decisions/{other.id}"), "the ruling's page tells that it is not agreed"
    assert "says otherwise" in reader.get("/queue/unseen", about=about)
    status, where = do(reader, "undo", about, last=f"look-{standing(own_case)[0].id}")
    assert standing(own_case) == ()
    reader.post(f"/decisions/{other.id}/undo")
    do(reader, "beside:reject", about, why=WHY, against=other.id)
    assert [(one.ruling, one.who) for one in reader.stands()] == [("reject", WHO)]


def test_who_differs_from_themselves_rules_anew(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    do(reader, "accept", about)
    status, page = do(reader, "reject", about, why=WHY)
    assert status == 409
    assert "You ruled otherwise before" in page
    assert 'value="beside:reject"' not in page
    mine = reader.stands()[0].id
    assert do(reader, "instead:reject", about, why=WHY, against=mine)[0] == 303
    assert [one.ruling for one in reader.stands()] == ["reject"]


def test_a_correction_can_be_kept_beside_a_ruling_too(reader: Reader, own_case: Case) -> None:
    """From the queue, and from the form on any other page, which tells it and takes it back."""
    about = first(own_case)
    decide(own_case, ruling="reject", about=[about], who=BEN, why="Nobody says it.", at=AT)
    typed = {"about": about, "why": WHY, "field": "speaker", "after": "Ada Brond"}
    status, page = reader.post("/queue/unseen/fix", **typed)
    assert status == 409
    assert 'name="beside" value="1"' in page
    assert reader.post("/queue/unseen/fix", beside="1", **typed)[0] == 303
    assert [one.verdict for one in standing(own_case)] == ["correct"]
    back = f"/reports/{about.partition('#')[0][7:]}"
    status, where = reader.post("/decisions", ruling="correct", beside="1", back=back, **typed)
    assert (status, urlsplit(where).path) == (303, back)
    page = reader.get(where)
    assert "You differ:" in page
    (look,) = standing(own_case)
    assert f'action="/queue/looks/{look.id}/undo"' in page
    assert reader.post(f"/queue/looks/{look.id}/undo", back=back) == (303, back)
    assert standing(own_case) == ()
    assert reader.post(f"/queue/looks/{look.id}/undo", back=back)[0] == 404
    reader.post("/decisions", ruling="correct", beside="1", back=back, **typed)
    assert standing(own_case) != ()
    reader.post("/decisions", ruling="correct", instead_of=reader.stands()[0].id, back=back, **typed)
    assert standing(own_case) == (), "who rules after all stands beside nobody any more"


def test_what_gave_way_is_told_not_to_be_back(reader: Reader, own_case: Case) -> None:
    """With a button that rules it again: in the queue, in the notice, and on the page of what was taken back."""
    about = first(own_case)
    other = decide(own_case, ruling="accept", about=[about], who=BEN, why="I heard him.", at=AT)
    do(reader, "instead:reject", about, why=WHY, against=other.id)
    made = reader.stands()[0].id
    _, where = do(reader, "undo", about)
    assert "that it had replaced is not back" in reader.get(where)
    assert "that it had replaced is not back" in reader.get(f"/decisions/{made}")
    assert "that it had replaced is not back" in reader.get("/reports", done=made)
    reader.post(ruling="accept", about=about, why="I heard him.")
    assert "is not back" not in reader.get(f"/decisions/{made}")


def test_a_page_that_was_left_open_rules_of_nothing_else(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    status, page = do(reader, "accept", about, seen=f"{about} 1-2")
    assert status == 409
    assert "look at it again" in page
    assert reader.stands() == []


def test_going_back_shows_what_was_ruled(reader: Reader, own_case: Case) -> None:
    """Under the address of the question, with a way to take it back."""
    where = reader.http.get("/queue/unseen").headers["location"]
    do(reader, "reject", asked_in(where), why=WHY)
    page = reader.get(where)
    assert WHY in page
    assert "Take yours back" in page
    assert reader.http.get(where).headers["cache-control"] == "no-store"


def test_what_was_done_last_is_taken_back(reader: Reader, own_case: Case) -> None:
    """A look with its decision, then a skip: each leads back to its question."""
    about = first(own_case)
    do(reader, "accept", about)
    status, where = do(reader, "undo", "", last="")
    assert (status, asked_in(where)) == (303, about)
    assert (reader.stands(), standing(own_case)) == ([], ())
    _, where = do(reader, "skip", about)
    assert asked_in(where) != about
    last = parse_qs(urlsplit(where).query)["did"][0]
    _, where = do(reader, "undo", asked_in(where), last=last)
    assert asked_in(where) == about
    with own_case.reading() as connection:
        assert marks(connection, kind="skipped") == ()


def test_a_note_is_shown_to_others_and_asking_for_a_second_reader_stays(
    reader: Reader, ben: Reader, own_case: Case
) -> None:
    about = first(own_case)
    assert do(reader, "note", about)[0] == 422
    _, where = do(reader, "note", about, note="The date is of the copy.")
    assert asked_in(where) == about
    assert "The date is of the copy." in ben.get("/queue/unseen", about=about)
    _, where = do(reader, "second", about)
    assert asked_in(where) == about
    assert "second reader asked for" in reader.get(where)


def test_nobody_is_given_what_somebody_has_open(reader: Reader, ben: Reader, own_case: Case) -> None:
    about = first(own_case)
    assert ben.post("/queue/unseen/hold", about=about)[0] == 200
    assert asked_in(reader.http.get("/queue/unseen").headers["location"]) != about
    assert f"{BEN}</bdi></b> has this one open" in reader.get("/queue/unseen", about=about)
    assert f'"who":"{BEN}"' in reader.post("/queue/unseen/hold", about=about)[1]
    assert hold(own_case, about, who=BEN, at=AT) is None


def test_a_place_is_asked_where_places_are_located(reader: Reader) -> None:
    where = reader.http.get("/queue/places").headers["location"]
    about, page = asked_in(where), reader.get(where)
    assert f'href="/places/{about}"' in page
    assert "On no map" in page
    _, following = do(reader, "skip", about, "places")
    assert asked_in(following) != about
    assert asked_in(reader.http.get("/queue/places").headers["location"]) != about


def test_what_waits_is_seen_to(reader: Reader, own_case: Case) -> None:
    from sayso.ledger.waiting import wait, waiting

    with own_case.writing() as connection:
        wait(connection, at=AT, kind="lost_anchor", about="dec-0a", says="The words are gone.")
    where = reader.http.get("/queue/waiting").headers["location"]
    assert "The words are gone." in reader.get(where)
    assert do(reader, "seen", asked_in(where), "waiting")[0] == 303
    with own_case.reading() as connection:
        assert waiting(connection) == ()
    assert "Nothing is left here" in reader.get("/queue/waiting")
    assert reader.http.get(where).status_code == 404


# Correcting


def test_a_correction_comes_back_to_the_queue(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    form = reader.get("/queue/unseen/fix", about=about)
    assert 'action="/queue/unseen/fix"' in form
    status, page = reader.post("/queue/unseen/fix", about=about, why=WHY)
    assert status == 422
    assert "Nothing is changed yet" in page
    page = reader.post("/queue/unseen/fix", about=about, why="")[1]
    assert "Nothing is changed yet" in page
    assert "Say why" in page, "all that is wrong is said at once"
    assert "Nothing is changed yet" in reader.post(ruling="correct", about=about)[1]
    typed = {"field": ["speaker"], "after": ["Ada Brond"], "report": [""], "start": [""], "end": [""]}
    status, where = reader.post("/queue/unseen/fix", fragment=True, about=about, why=WHY, **typed)
    assert status == 204
    assert asked_in(where) != about
    (look,) = standing(own_case)
    assert [(one.field, one.after) for one in look.corrections] == [("speaker", "Ada Brond")]
    assert [one.ruling for one in reader.stands()] == ["correct"]
    status, page = reader.post("/queue/unseen/fix", about=about, why=WHY, field="act", after="dances")
    assert status == 422


def test_what_it_doubles_is_offered(reader: Reader, own_case: Case) -> None:
    about, _ = a_statement(own_case, copied=True)
    page = reader.get("/queue/unseen/same", about=about)
    assert 'name="copies"' in page
    assert f"ruling=copy&amp;about=sha256%3A{about[7:20]}" in page
    copies = re.findall(r'name="copies" value="([^"]+)" checked', page)
    status, where = reader.post("/queue/unseen/decide", fragment=True, do="accept", about=about, copies=copies)
    assert status == 204
    assert asked_in(where) != about
    assert [set(one.about) for one in reader.stands()] == [{about, *copies}]


# Second readers


def test_a_second_reader_learns_nothing_of_the_first(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    second_asked(own_case, about, "reject", "Nobody of that name speaks here.")
    where = reader.http.get("/queue/second").headers["location"]
    assert asked_in(where) == about
    for page in (reader.get(where), reader.get("/queue/unseen", about=about)):
        main = page[page.index('<main id="main"') :]
        assert "Nobody of that name" not in main
        assert BEN not in main
        assert "rejected" not in main
        assert f"/reports/{about[7:20]}" not in main
    assert reader.http.get(f"/queue/second/same?about={about.replace('#', '%23')}").status_code == 404
    status, where = do(reader, "accept", about, "second")
    assert status == 303
    assert "Your look is kept." in reader.get(where)
    assert [one.who for one in reader.stands()] == [BEN]
    assert [(one.who, one.blind) for one in standing(own_case)] == [(BEN, False), (WHO, True)]
    assert "Nobody of that name" in reader.get("/queue/unseen", about=about), "whoever looked may see the other's"


def test_a_second_reader_finds_nothing_of_it_in_decisions_and_audit(reader: Reader, own_case: Case) -> None:
    """Until they have looked: the pages say how many are held back, and the twins leave them out."""
    about = first(own_case)
    second_asked(own_case, about, "reject", "Nobody of that name speaks here.")
    with own_case.reading() as connection:
        made = looks(connection)[0].decision
    page = reader.get("/decisions")
    assert "1 ruling is held back" in page
    for told in (page, reader.get("/decisions.json"), reader.get("/decisions.csv"), reader.get("/audit")):
        assert "Nobody of that name" not in told
        assert str(made) not in told
    assert '"verdict":"reject"' not in reader.get("/audit.json").replace("\\", "")
    for path in (f"/decisions/{made}", f"/decisions/{made}.json", f"/decisions/{made}.csv"):
        assert reader.http.get(path).status_code == 403
    do(reader, "accept", about, "second")
    assert "Nobody of that name" in reader.get("/decisions")
    assert "held back" not in reader.get("/decisions")


def test_a_second_reader_corrects_what_was_first_read(reader: Reader, own_case: Case) -> None:
    """The form shows nothing that the first corrected, and makes no decision."""
    from sayso.ledger.marks import mark
    from sayso.record import Correction

    about = first(own_case)
    told = (Correction("speaker", None, "Zelda Quist"),)
    looked(own_case, Verdict(about, "correct", "Her name.", told, queue="unseen"), By(BEN, AT))
    mark(own_case, kind=SECOND, about=about, who=BEN, at=AT)
    form = reader.get("/queue/second/fix", about=about)
    assert "Zelda" not in form
    assert "decision stands" not in form
    status, where = reader.post("/queue/second/fix", about=about, why=WHY, field="speaker", after="Ada Brond")
    assert (status, urlsplit(where).path) == (303, "/queue/second")
    assert [one.who for one in reader.stands()] == [BEN]
    differences = reader.get("/queue/differences")
    assert "Zelda Quist" in differences
    assert "Ada Brond" in differences


@pytest.mark.parametrize(("keep", "ruling"), [("first", "accept"), ("second", "reject")])
def test_differences_are_settled_by_one_press(
    reader: Reader, ben: Reader, own_case: Case, keep: str, ruling: str
) -> None:
    about = first(own_case)
    second_asked(own_case, about)
    do(reader, "reject", about, "second", why=WHY)
    assert WHY in reader.get("/queue/differences")
    assert reader.get("/queue/differences.csv").splitlines()[1].startswith(about)
    assert f'"second": "{WHO}"' in reader.get("/queue/differences.json")
    status, where = reader.post("/queue/differences/settle", about=about, keep=keep)
    assert status == 303
    stands = {(one.ruling, one.who) for one in reader.stands()}
    assert (ruling, WHO) in stands
    assert {one for one, _ in stands} == {ruling}
    page = ben.get(where)
    assert "No differences to settle" in page
    assert reader.post("/queue/differences/settle", about=about, keep=keep)[0] == 409
    assert reader.post("/queue/differences/settle", about=about, keep="both")[0] == 422


def test_a_third_word_settles_it_too(reader: Reader, own_case: Case) -> None:
    about = first(own_case)
    second_asked(own_case, about)
    do(reader, "reject", about, "second", why=WHY)
    form = reader.get("/queue/unseen/fix", about=about, settle="1")
    assert 'action="/queue/unseen/fix?settle=1"' in form
    status, where = reader.post("/queue/unseen/fix?settle=1", about=about, why=WHY, field="speaker", after="Ada Brond")
    assert (status, urlsplit(where).path) == (303, "/queue/differences")
    assert [one.ruling for one in reader.stands()] == ["correct"]
    assert "No differences to settle" in reader.get("/queue/differences")


def test_agreement_is_shown_with_its_warning(reader: Reader, own_case: Case) -> None:
    """Of four questions three alike: p = 3/4, by chance (2*1 + 2*3) / 16."""
    abouts = next_in(own_case, Wanted("unseen", Seat(WHO, AT), few=4)).about
    for about, mine, other in zip(abouts, "aarr", "arrr", strict=True):
        verdicts = {"a": ("accept", ""), "r": ("reject", WHY)}
        second_asked(own_case, about, *verdicts[mine])
        do(reader, verdicts[other][0], about, "second", why=verdicts[other][1])
    page = reader.get("/queue/agreement")
    assert "<b>0.50</b>" in page
    assert "only 4: too few to say much" in page
    assert "no score of a person" in page
    assert '"kappa": 0.5' in reader.get("/queue/agreement.json")
    rows = reader.get("/queue/agreement.csv").splitlines()
    assert rows[1].startswith("all,4,3,0.5,")
    assert rows[2].startswith(f"{WHO} and {BEN},4,3,0.5,")


def test_every_so_many_looks_go_to_a_second_reader(reader: Reader, own_case: Case) -> None:
    assert reader.post("/queue/unseen/every", every="2")[0] == 303
    assert 'value="2"' in reader.get("/queue")
    for _ in range(2):
        do(reader, "accept", first(own_case))
    with own_case.reading() as connection:
        (asked,) = marks(connection, kind=SECOND)
    assert (asked.about, asked.who) == (standing(own_case)[1].about, WHO)
    reader.post("/queue/unseen/every", every="")
    with own_case.reading() as connection:
        assert marks(connection, kind="every_nth") == ()


def test_words_of_private_persons_stay_in_the_case(reader: Reader, own_case: Case) -> None:
    """In the twin of the differences and of the next questions, unless they are asked for."""
    with own_case.reading() as connection:
        hidden = private_names(connection)
    found = next_in(own_case, Wanted("unseen", Seat(WHO, AT), few=300)).about
    told_by = {one: question(own_case, one, Seat(WHO, AT)) for one in found if "#st" in one}
    about, name = next(
        (one, source.name)
        for one, asked in told_by.items()
        for said in asked.reading.statements
        for source in asked.reading.sources
        if said.id == asked.part and said.source == source.id and source.name in hidden
    )
    second_asked(own_case, about)
    do(reader, "reject", about, "second", why=f"{name} is not the one.")
    told, shown = reader.get("/queue/differences.json"), reader.get("/queue/differences.json", private="shown")
    assert "█" in told
    assert name not in told
    assert name in shown
    assert "█" not in shown
