"""The bench of status: its sentences are many, different and well formed, and it counts what it says."""

from __future__ import annotations

from bench import status


def test_there_are_enough_sentences() -> None:
    """Two hundred mirrored pairs, four hundred sentences without a deed, a hundred and fifty with one."""
    mirrored = status.own("mirrored.toml")
    assert len(set(mirrored["sentences"])) * len(mirrored["names"]) >= 200
    assert len({one for row in status.own("not_happened.toml")["row"] for one in row["sentences"]}) >= 400
    assert len(set(status.own("happened.toml")["sentences"])) >= 150


def test_sides_are_exchanged_whole() -> None:
    """Every name becomes the other side's, and nothing else does."""
    sides = status.Sides(["Chad", "Chadian", "Abeche", "TCD", "Niger", "Nigerien", "Agadez", "NER"])
    assert sides.mirror(("Chadian troops", "TCD", None, ("Agadez",))) == ("Nigerien troops", "NER", None, ("Abeche",))
    assert sides.mirror("the Chadians") == "the Chadians"


def test_marks_are_taken_off() -> None:
    """The marked words keep their place."""
    text, marked = status.unmarked("Rebels <shelled> the port and <left>.")
    assert text == "Rebels shelled the port and left."
    assert [text[start:end] for start, end in marked] == ["shelled", "left"]


def test_a_fact_of_the_newsroom_is_counted() -> None:
    """A told deed is one, a denied or quoted one is none."""
    assert status.newsroom_facts("Rebels shelled the port.") == [("shelling", "shelled")]
    assert status.newsroom_facts("The rebels denied shelling the port.") == []


def test_certainty_is_read_of_any_word() -> None:
    """The layer below the events answers for words of no kind too."""
    text = "The cook refused to bake and then sang ."
    found = status.committed(text, (text.index("bake"), text.index("sang")))
    assert [one.is_uncertain for one in found if one is not None] == [True, False]
