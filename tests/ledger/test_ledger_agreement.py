"""Kappa and F1 are what others compute, by hand and by scikit-learn, and say nothing where nothing can be said."""

from __future__ import annotations

import pytest

from sayso.ledger.asking.agreement import Kappa, f1, kappa

A, R, C = "accept", "reject", "correct"
COHEN = [(A, A)] * 20 + [(A, R)] * 5 + [(R, A)] * 10 + [(R, R)] * 15
"""The example that textbooks give: of 50, 35 agree; by chance half of them would."""
TABLES = [
    COHEN,
    [(A, A), (A, C), (C, C), (R, R), (R, A), (A, A), (C, R)],
    [(A, R), (R, A), (A, R)],
    [(A, A), (A, A), (A, R)],
    [(A, A), (R, R), (C, C)],
]
VALUES = (0.4, 0.34375, -0.8, 0.0, 1.0)
"""What `sklearn.metrics.cohen_kappa_score` gives for each (scikit-learn 1.9)."""


def test_kappa_is_what_is_computed_by_hand() -> None:
    """(0.7 - 0.5) / (1 - 0.5); its error is the root of 0.7 * 0.3 / 50, by 0.5."""
    told = kappa(COHEN)
    assert (told.pairs, told.agreed, told.value) == (50, 35, pytest.approx(0.4))
    error = 1.96 * (0.7 * 0.3 / 50) ** 0.5 / 0.5
    assert (told.low, told.high) == (pytest.approx(0.4 - error), pytest.approx(0.4 + error))
    assert not told.is_small
    assert kappa(TABLES[2]).value == pytest.approx(-0.8)  # 0 agree; by chance (2*1 + 1*2) / 9
    assert kappa(TABLES[3]).value == pytest.approx(0.0)  # one gave nothing but accept: as much as by chance


@pytest.mark.parametrize(("told", "value"), list(zip(TABLES, VALUES, strict=True)))
def test_kappa_is_what_scikit_learn_computes(told: list[tuple[str, str]], value: float) -> None:
    assert kappa(told).value == pytest.approx(value)
    turned = [(other, one) for one, other in told]
    assert kappa(turned).value == pytest.approx(kappa(told).value)


def test_nothing_is_said_where_nothing_can_be() -> None:
    """No pairs; both gave one verdict alone; all agree, and no error can be told."""
    assert kappa([]) == Kappa(0, 0)
    assert kappa([(A, A)] * 40) == Kappa(40, 40)
    perfect = kappa([(A, A), (R, R)] * 3)
    assert (perfect.value, perfect.low, perfect.high) == (1.0, None, None)
    assert perfect.is_small
    low = kappa([(A, A), (R, A), (A, R)])
    assert low.low is not None
    assert low.high is not None
    assert -1 <= low.low < low.high <= 1


def test_f1_is_the_same_whoever_is_the_reference() -> None:
    """Of three that one holds and two that the other does two are alike: 2 * 2 / 5."""
    one, other = {"who", "when", "where"}, {"who", "when"}
    assert f1([(one, other)]) == f1([(other, one)]) == pytest.approx(0.8)
    precision, recall = 2 / 3, 1.0
    assert f1([(one, other)]) == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1([(one, set()), (set(), other)]) == 0.0
    assert f1([(set(), set())]) is None
    assert f1([]) is None
