"""Saved searches stand until they are withdrawn, and lose the words in them that are erased."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.ledger import audit
from sayso.ledger.case import Case
from sayso.ledger.erasing import erased
from sayso.ledger.problems import CannotRule, NoSuchThing
from sayso.ledger.saved import Saved, listed, one, opened, plain, saved, seen_until, withdraw
from tests.ledger.rows import AT, put_report

LATER = "2031-04-07T00:00:00Z"


def _save(case: Case, name: str = "Bridges", *, query: str = "q=bridge", who: str = "Ana") -> str:
    return saved(case, page="search", name=name, query=query, who=who, at=AT)


def _standing(case: Case, **asked: str) -> tuple[Saved, ...]:
    with case.reading() as connection:
        return listed(connection, **asked)  # type: ignore[arg-type]


def _audit(case: Case) -> Iterator[audit.Noted]:
    with case.reading() as connection:
        yield from audit.rows(connection)


def test_a_search_is_saved_once_for_each_person(case: Case) -> None:
    """The same again is the one that stands; another person, name or query is another."""
    first = _save(case)
    assert _save(case, " Bridges  ") == first
    others = (_save(case, who="Ben"), _save(case, "Mills"), _save(case, query="q=mill"))
    assert len({first, *others}) == 4
    assert [row.who for row in _standing(case)].count("Ana") == 3
    assert _standing(case, page="queue") == ()


def test_a_saved_search_is_withdrawn_and_stays_written_down(case: Case) -> None:
    """With who and when; once more changes nothing."""
    made = _save(case)
    assert withdraw(case, made, who="Ben", at=LATER)
    assert not withdraw(case, made, who="Cy", at=LATER)
    assert _standing(case) == ()
    with case.reading() as connection:
        assert one(connection, made).withdrawn_by == "Ben"
    noted = [(row.what, row.who, row.about) for row in _audit(case)][1:]
    assert noted == [("saved a search", "Ana", made), ("withdrew a saved search", "Ben", made)]
    assert _save(case) != made


def test_a_query_is_kept_with_its_words_as_they_are_read(case: Case) -> None:
    """And comes out as an address has it, whatever signs are in it."""
    asked = "q=%22B%C3%BCro+%26+mill%22&act=&party=a%3Db%25%2B&place=%D9%85%D8%B1"
    assert plain(asked) == 'q="Büro %26 mill"&party=a%3Db%25%2B&place=مر'
    made = _save(case, query=asked)
    (kept,) = _standing(case)
    assert kept.id == made
    assert kept.asked == (("q", '"Büro & mill"'), ("party", "a=b%+"), ("place", "مر"))
    assert plain(kept.address) == plain(asked)


@pytest.mark.parametrize(("name", "query"), [("", "q=a"), ("a" * 121, "q=a"), ("a", "q="), ("a", f"q={'a' * 4001}")])
def test_what_says_nothing_is_not_saved(case: Case, name: str, query: str) -> None:
    """Nor what is far too long."""
    with pytest.raises(CannotRule):
        _save(case, name, query=query)
    assert _standing(case) == ()


def test_what_is_not_there_cannot_be_withdrawn(case: Case) -> None:
    """It is said so."""
    with pytest.raises(NoSuchThing, match="sav-0a"):
        withdraw(case, "sav-0a", who="Ana", at=AT)


def test_each_person_has_seen_as_much_as_when_they_opened_it(case: Case) -> None:
    """Whoever saved it had seen what was there then."""
    made = _save(case)
    with case.writing() as connection:
        put_report(connection, "The mill was shelled at dawn.")
    opened(case, made, who="Ben")
    with case.reading() as connection:
        assert (seen_until(connection, "Ana"), seen_until(connection, "Ben")) == ({made: 0}, {made: 1})
    opened(case, made, who="Ana")
    with case.reading() as connection:
        assert seen_until(connection, "Ana") == {made: 1}


def test_a_name_is_withheld_in_saved_searches(case: Case) -> None:
    """In what they are called and in what they ask, however an address spells it; the audit never had it."""
    _save(case, "What Ilo Fërrant says", query="q=Ilo+F%C3%ABrrant&speaker=Ilo%20F%C3%ABrrant")
    erased(case, name="Ilo Fërrant", who="Ana", why="asked for", at=LATER)
    (kept,) = _standing(case)
    assert kept.name.startswith("What [name withheld ")
    assert "rrant" not in kept.query
    assert "rrant" not in kept.address
    assert [name for name, _ in kept.asked] == ["q", "speaker"]
    assert "rrant" not in "".join(row.line for row in _audit(case))
