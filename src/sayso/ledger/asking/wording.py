"""What a person types to find sentences, taken apart: words, "exact phrases" and -words that must not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.ledger.terms import folded, placed_terms
from sayso.record import Span

QUOTES = re.compile('["“”„‟«»]')
PARTS = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“”„‟«»](?P<phrase>[^"“”„‟«»]*)["“”„‟«»]?|(?P<word>[^\s"“”„‟«»]+))')
SIGNS = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What is looked for. Every term and phrase must be in a sentence, and none of `without` and `without_phrases`."""

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()  # folded, blanks levelled
    without: tuple[str, ...] = ()
    without_phrases: tuple[str, ...] = ()
    exact: str = ""  # as it was typed, code point by code point, blanks levelled

    @property
    def needed(self) -> tuple[str, ...]:
        """The terms that a sentence must have, those of the phrases among them."""
        phrases = (*self.phrases, self.exact)
        return tuple(dict.fromkeys((*self.terms, *(term for phrase in phrases for term in _terms(phrase)))))


def wording(typed: str) -> Wording:
    """What somebody looks for. Any text is understood: nothing that can be typed is an error.

    >>> wording('market "we never fired" -hospital')
    Wording(terms=('market',), phrases=('we never fired',), without=('hospit',), without_phrases=())
    """
    terms: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    without_phrases: list[str] = []
    for part in PARTS.finditer(typed):
        phrase, minus = part["phrase"], part["minus"] is not None
        if phrase is not None:
            (without_phrases if minus else phrases).append(levelled(phrase))
        elif minus or part["word"].startswith("-"):
            without.extend(_terms(part["word"].lstrip("-")))
        else:
            terms.extend(_terms(part["word"]))
    return Wording(_once(terms), _spoken(phrases), _once(without), _spoken(without_phrases))


def quoted(typed: str) -> Wording:
    r"""What somebody looks for exactly as it is typed: case, marks, punctuation and all. A line's end is a blank.

    >>> quoted(" We never\nfired.").exact
    'We never fired.'
    """
    words = " ".join(typed.split())
    return Wording(exact=words) if _terms(words) else Wording()


def matches(looked_for: Wording, words: str) -> tuple[Span, ...]:
    """Where in a sentence the words and phrases stand that were looked for, in order, not overlapping."""
    wanted = set(looked_for.terms)
    found = [Span(start, end) for start, end, term in placed_terms(words) if term in wanted]
    for phrase in looked_for.phrases:
        found += _places(phrase, words)
    if looked_for.exact:
        found += _exact_places(looked_for.exact, words)
    return _joined(sorted(found))


def fits(looked_for: Wording, words: str) -> bool:
    """Whether a sentence has all that was looked for and nothing that must not be there."""
    has = {term for _, _, term in placed_terms(words)}
    return (
        has.issuperset(looked_for.terms)
        and has.isdisjoint(looked_for.without)
        and all(_places(phrase, words) for phrase in looked_for.phrases)
        and not any(_places(phrase, words) for phrase in looked_for.without_phrases)
        and (not looked_for.exact or bool(_exact_places(looked_for.exact, words)))
    )


def levelled(words: str) -> str:
    """Text as phrases are compared: no case, no marks on letters, one kind of apostrophe and dash, single blanks."""
    return " ".join(QUOTES.sub("", folded(words).translate(SIGNS)).split())


def _places(phrase: str, words: str) -> list[Span]:
    """Where a phrase stands in a sentence, from word to word."""
    plain, origins = _with_origins(words)
    found = []
    for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase else "(?!)", plain):
        found.append(Span(origins[match.start()], origins[match.end() - 1] + 1))
    return found


def _exact_places(asked: str, words: str) -> list[Span]:
    """Where the very words stand, of which none is a part of another."""
    spaced = r"\s+".join(map(re.escape, asked.split(" ")))
    return [Span(*found.span()) for found in re.finditer(rf"(?<!\w)(?:{spaced})(?!\w)", words)]


def _with_origins(words: str) -> tuple[str, list[int]]:
    """A sentence levelled, and of each character which one of the sentence it was."""
    plain: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(words):
        if QUOTES.match(char):
            continue
        blank = char.isspace()
        if blank and (not plain or plain[-1] == " "):
            continue
        for piece in " " if blank else folded(char).translate(SIGNS):
            plain.append(piece)
            origins.append(at)
    return "".join(plain), origins


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _terms(words: str) -> tuple[str, ...]:
    return tuple(term for _, _, term in placed_terms(words))


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _spoken(phrases: list[str]) -> tuple[str, ...]:
    """Phrases that hold a word: one of signs alone asks for nothing."""
    return tuple(dict.fromkeys(phrase for phrase in phrases if _terms(phrase)))
