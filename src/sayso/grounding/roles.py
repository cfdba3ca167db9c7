"""What somebody is said to be: the title before a name, what stands between commas behind it, and the country there."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.grounding.named import POSSESSIVE, Role, joined, surface
from sayso.grounding.people_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.record import Span

LONGEST_ROLE = 7
LONGEST_APPOSITION = 16


def title_before(stretch: Stretch, first: int, rows: Rows) -> Role | None:
    """The title right before a name ("Russian President …"), or what stands before a comma ("the mayor, …")."""
    tokens = stretch.tokens
    end = first
    comma = end > 0 and tokens[end - 1].text == ","
    if comma:
        end -= 1
        if end == 0 or (
            tokens[end - 1].lemma not in rows.role_words and tokens[end - 1].text.lower() not in rows.role_words
        ):
            return None
    start = end
    while start > 0 and end - start < LONGEST_ROLE and _is_role_word(tokens, start - 1, end, rows):
        start -= 1
    while start < end and not _begins_role(tokens[start], rows):
        start += 1
    if start == end or not _has_role_word(tokens[start:end], rows):
        return None
    if comma and not _describes(tokens, start):
        return None
    span = stretch.span(stretch.starts[start], stretch.starts[end - 1] + len(tokens[end - 1].text))
    if span is None:
        return None
    country, country_span = country_before(stretch, start, rows)
    return Role(surface(tokens[start:end]), span, country, country_span)


def _is_role_word(tokens: tuple[Token, ...], index: int, end: int, rows: Rows) -> bool:
    token = tokens[index]
    word = token.text.lower()
    if word in rows.role_words or token.lemma in rows.role_words or word in rows.modifiers:
        return True
    return token.text == "-" or (token.text in ("of", "for") and index + 1 < end and index > 0)


def _begins_role(token: Token, rows: Rows) -> bool:
    return (
        token.text.lower() in rows.role_words or token.lemma in rows.role_words or token.text.lower() in rows.modifiers
    )


def _has_role_word(tokens: Iterable[Token], rows: Rows) -> bool:
    return any(token.text.lower() in rows.role_words or token.lemma in rows.role_words for token in tokens)


def _describes(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the words before a comma describe the name behind it: an article, possessive or adjective leads them."""
    before = tokens[start - 1] if start else None
    return before is not None and (
        before.pos in ("DET", "PRON", "ADJ", "PROPN", "PART", "NOUN") or before.text in POSSESSIVE
    )


def apposition_behind(stretch: Stretch, first: int, last: int, rows: Rows) -> Role | None:
    """What stands between commas behind a name: ", governor of the Oslo region,"."""
    tokens = stretch.tokens
    at = last
    if at >= len(tokens) or tokens[at].text not in (",", "("):
        return None
    at += 1
    while at < len(tokens) and (tokens[at].pos == "DET" or tokens[at].text.lower() in ("the", "a", "an")):
        at += 1
    at = start = _behind_age(tokens, at)
    while at < len(tokens) and at - start < LONGEST_APPOSITION:
        token = tokens[at]
        if token.text in (",", ".", ";", ":", ")", '"', "--", "-", "–", "—") or (
            token.pos in ("VERB", "AUX") and token.tag not in ("VBN", "VBG")
        ):
            break
        if token.tag in ("WP", "WDT", "WRB"):
            break
        at += 1
    head = start
    while head < at and not (tokens[head].text.lower() in rows.role_words or tokens[head].lemma in rows.role_words):
        if tokens[head].pos not in ("ADJ", "NOUN", "PROPN", "PART", "NUM", "ADV", "VERB") and tokens[head].text not in (
            "-",
            "'s",
        ):
            return None
        head += 1
    if head == at:
        return None
    while head + 1 < at and (tokens[head + 1].text.lower() in rows.role_words):
        head += 1
    begin = start
    country, country_span = None, None
    for index in range(start, head + 1):
        found, found_span = country_before(stretch, index, rows)
        if found is not None and index <= head:
            country, country_span, begin = found, found_span, index
    span = stretch.span(stretch.starts[begin], stretch.starts[at - 1] + len(tokens[at - 1].text))
    return Role(surface(tokens[begin:at]), span, country, country_span) if span else None


def _behind_age(tokens: tuple[Token, ...], at: int) -> int:
    """Where what somebody is begins, behind how old he is: "45-year-old …"."""
    words = tuple(token.lemma.lower() for token in tokens[at + 1 : at + 5])
    return at + 5 if tokens[at : at + 1] and tokens[at].pos == "NUM" and words == ("-", "year", "-", "old") else at


def country_before(stretch: Stretch, first: int, rows: Rows) -> tuple[str | None, Span | None]:
    """The country whose adjective or possessive stands right before a token: "Russian …", "Russia's …", "US …"."""
    tokens = stretch.tokens
    end = first
    possessive = end > 0 and tokens[end - 1].text in POSSESSIVE
    if possessive:
        end -= 1
    for reach in (4, 3, 2, 1):
        start = end - reach
        if start < 0:
            continue
        words = joined(tokens[start:end])
        names = rows.countries if possessive or words in ("us", "u.s.", "uk", "u.k.", "uae", "eu") else rows.adjectives
        if words in names:
            return names[words], stretch.span(
                stretch.starts[start], stretch.starts[end - 1] + len(tokens[end - 1].text)
            )
    return None, None
