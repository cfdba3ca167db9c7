"""Prints: small, the same whatever is cut, back from bytes as they were."""

import numpy as np
import pytest

from sayso.copies import compare, dumped, keys, loaded
from sayso.copies.pieces import MOST
from tests.copies.telling import INDEPENDENT, OTHER, REWORDED, WIRE, told


def test_a_print_comes_back_from_its_bytes() -> None:
    one = told(WIRE, "wire", published="2025-05-05", publisher="Selm Wire")
    back = loaded(dumped(one))
    assert (back.report, back.language, back.sentences, back.digests) == ("wire", "en", one.sentences, one.digests)
    assert np.array_equal(back.tokens, one.tokens)
    assert back.credited == one.credited
    assert back.credited.publisher is not None
    assert back.credited.publisher.name == "Selm Wire"


def test_a_print_holds_no_word_of_the_story() -> None:
    held = dumped(told(WIRE, "wire"))
    assert not [word for word in ("drone", "elevator", "Tarn", "barley", "breakwater") if word.encode() in held]
    assert len(held) < 2 * len(WIRE)


def test_a_print_of_another_version_is_refused() -> None:
    held = dumped(told(WIRE, "wire")).replace(b'"version":1', b'"version":0')
    with pytest.raises(ValueError, match="read the report anew"):
        loaded(held)


def test_leftovers_change_nothing_but_offsets() -> None:
    clean = told(WIRE, "wire")
    first, rest = WIRE.split(" The navy", 1)
    littered = told(f"{first} Sign up for our free morning newsletterSign up The navy{rest}", "wire")
    assert np.array_equal(clean.tokens, littered.tokens)
    assert clean.sentences != littered.sentences


def test_a_long_quotation_is_compared_sentence_by_sentence() -> None:
    one = told(
        '"We saw it come over the pier. It flew like a goose in the wind. Then the roof was gone," he said.', "x"
    )
    assert len(one.sentences) == 3


def test_titles_end_no_piece() -> None:
    one = told(
        "On Monday Gov. Selma Roth met Mr. Ivo Tarn and Dr. Piet Zand of the U.S. Grain Council in Port Selm.", "x"
    )
    assert len(one.sentences) == 1


def test_an_empty_story_has_an_empty_print() -> None:
    one = told("By Ivo Tarn\n", "empty")
    assert len(one.tokens) == 0
    assert keys(one) == ()
    assert loaded(dumped(one)).sentences == one.sentences


def test_a_book_is_compared_in_a_thousand_pieces() -> None:
    lines = [
        f"On day {day} the ferry Amalia carried {7 * day} crates of barley from pier {day % 9} to Dorrow."
        for day in range(2_500)
    ]
    text = " ".join(lines)
    book = told(text, "book")
    assert len(book.sentences) <= MOST
    assert book.sentences[-1].end == len(text)
    assert compare(book, told(text.replace("ferry", "tug"), "again")).is_copy


# Block keys


def test_a_reworded_copy_shares_keys_and_others_hardly_any() -> None:
    wire, copy, independent, other = (
        set(keys(told(text, name))) for name, text in zip("abcd", (WIRE, REWORDED, INDEPENDENT, OTHER), strict=True)
    )
    assert len(wire & copy) >= 8
    assert len(wire & independent) < len(wire & copy) / 2
    assert not wire & other


def test_keys_are_signed_numbers_of_64_bits_in_order() -> None:
    found = keys(told(WIRE, "wire"))
    assert list(found) == sorted(set(found))
    assert all(-(1 << 63) <= key < 1 << 63 for key in found)
    assert min(found) < 0 < max(found)
