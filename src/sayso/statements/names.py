"""The name before a cue, read off the commas: the parse often ties ", the mayor, Ann Lee, said" elsewhere."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token
from sayso.statements.shapes import Range, noun_phrase, overlaps, trim_words, verb_group, without

LONGEST_NAME = 16


def read_off_commas(parse: Parse, verb: Token, who: Token | None, said: tuple[Range, ...]) -> Range | None:
    """The name before the verb by its commas, where words stand before it and the parse's subject is not in it."""
    stretch = name_before(parse, verb)
    if stretch is None or (not said and who is not None):
        return None
    inside = who is not None and stretch[0] <= who.i < stretch[1] and noun_phrase(parse, who.i)[0] >= stretch[0]
    before = not said or said[-1][0] < stretch[0]
    laid_over = any(overlaps(words, stretch) for words in said)
    return stretch if before and (not inside or laid_over) else None


def up_to(parse: Parse, said: tuple[Range, ...], stretch: Range) -> tuple[Range, ...]:
    """The words, ending where the speaker's name begins."""
    cut = [piece for words in said for piece in without(words, stretch) if piece[0] < stretch[0]]
    if not cut:
        return said
    return tuple(trim_words(parse, words) for words in [*cut[:-1], (cut[-1][0], stretch[0])])


def head_of(parse: Parse, stretch: Range) -> Token:
    """The word of a name that tells who: its last, or before "of …" the one that hangs outside."""
    inside = range(*stretch)
    last = parse.tokens[stretch[1] - 1]
    if last.pos == "PROPN" and last.dep != "pobj":
        return last
    return next((parse.tokens[i] for i in inside if parse.tokens[i].head not in inside), last)


def name_before(parse: Parse, verb: Token) -> Range | None:
    """The name right before "…, the governor of the coast, Ann Lee, said", where the parse tied it to something else.

    It is read off the commas: a run of nouns without a verb, with the run before it where one of the two is a
    proper name and the other says who that is.
    """
    if verb.tag not in ("VBD", "VBZ", "VBP") or verb.dep in ("relcl", "conj"):
        return None
    start = parse.sentences[verb.sentence][0]
    nearest = _run_before(parse, start, verb_group(parse, verb.i)[0])
    if nearest is None:
        return None
    further = _run_before(parse, start, nearest[0])
    if further is not None and _is_proper(parse, nearest) != _is_proper(parse, further):
        return further[0], nearest[1]
    return nearest


def _run_before(parse: Parse, start: int, end: int) -> Range | None:
    """The run of nouns between two commas that ends before token `end`."""
    last = end
    while last > start and parse.tokens[last - 1].text == ",":
        last -= 1
    first = last
    while first > start and parse.tokens[first - 1].text not in (",", '"', ":", ";"):
        first -= 1
    run = parse.tokens[first:last]
    if not run or len(run) > LONGEST_NAME or (last == end and first > start and end != last):
        return None
    has_noun = run[-1].pos in ("NOUN", "PROPN")
    has_verb = any(token.tag.startswith("VB") or token.tag == "MD" for token in run)
    return (
        (first, last)
        if has_noun and not has_verb and run[0].pos in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON")
        else None
    )


def _is_proper(parse: Parse, run: Range) -> bool:
    return all(token.pos == "PROPN" for token in parse.tokens[slice(*run)])
