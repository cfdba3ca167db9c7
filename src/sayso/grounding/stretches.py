"""The page's sentences as stage 3 reads them: kept text with straight marks, and the tokens that stand in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from sayso.models.parsing import Parse, Token
from sayso.record import Page, Span
from sayso.values.kept import Kept, kept
from sayso.values.spans import near

# One character for one, so that offsets stay.
PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\u2028": " ",
        "\u2029": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence without its cuts. `text` is as long as `kept.text`, its marks and blanks made plain."""

    number: int
    kept: Kept
    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...] = field(repr=False)  # where each token begins in `text`

    def token_at(self, at: int) -> int | None:
        """The index, in this stretch, of the token that begins at or holds a place of `text`."""
        index = bisect_right(self.starts, at) - 1
        return index if index >= 0 else None

    def token_from(self, at: int) -> int:
        """The index, in this stretch, of the first token that begins at or after a place of `text`."""
        return bisect_left(self.starts, at)

    def span(self, start: int, end: int) -> Span | None:
        """The one stretch of the sealed text behind `[start, end)`, or None where a cut runs through it."""
        return self.kept.span(start, end)


def stretches(page: Page, parse: Parse) -> tuple[Stretch, ...]:
    """All sentences of a page, ready to be searched."""
    cuts = sorted(cut.span for cut in page.cuts)
    found = []
    for number, sentence in enumerate(page.sentences):
        joined = kept(page.report.text, sentence, near(cuts, sentence))
        first, last = parse.sentences[number] if number < len(parse.sentences) else (0, 0)
        tokens = parse.tokens[first:last]
        starts = tuple(joined.position(token.start) for token in tokens)
        found.append(Stretch(number, joined, joined.text.translate(PLAIN), tokens, starts))
    return tuple(found)
