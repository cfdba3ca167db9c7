"""The newsroom's own judgements are listed, what somebody said is not."""

from __future__ import annotations

import pytest

from sayso.events import unattributed
from sayso.knowledge import ours
from sayso.models.parsing import Parse
from sayso.record import Span, Spoken, Statement
from tests.events.lone import page_of
from tests.marks import unmark


def _rows(key: str) -> list[str]:
    return [row[key] for row in ours().rows("en/judgement")]


@pytest.mark.parametrize("sentence", _rows("example"))
def test_a_judgement_without_a_source_is_listed(sentence: str) -> None:
    """The marked judgement is a check that neither holds nor fails."""
    marked = unmark(sentence)
    found = unattributed(page_of(marked.text), Parse(), Spoken(), (), ours())
    assert any(check.kind == "unattributed" and check.holds is None for check in found)
    assert any(check.spans[0].start < marked.spans["<"][0].end for check in found)


@pytest.mark.parametrize("sentence", _rows("not"))
def test_a_judgement_that_somebody_made_is_theirs(sentence: str) -> None:
    """Words of a statement are somebody's judgement."""
    marked = unmark(sentence)
    statement = Statement("st1", "src1", "says", words=(Span(0, len(marked.text)),))
    assert unattributed(page_of(marked.text), Parse(), Spoken(statements=(statement,)), (), ours()) == ()
