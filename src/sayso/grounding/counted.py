"""What a number counts: the noun group behind it."""

from __future__ import annotations

from sayso.grounding.found import Found
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token

COUNTED, INNER = ("NOUN", "PROPN"), ("ADJ", "NOUN", "PROPN", "ADV", "NUM")
LONGEST_NOUN_GROUP = 8
LENGTHS = ("km", "m", "mi", "nmi", "ft", "yd")
WHOM = ("they", "them", "whom", "which", "who")


def counted(stretch: Stretch, find: Found) -> tuple[int, int] | None:
    """The first and last token of the noun group that a number counts, as indices in its stretch."""
    tokens = stretch.tokens
    at = stretch.token_from(find.end)
    if find.restated is not None:
        while at < len(tokens) and tokens[at].end <= find.restated.span.end + 1:
            at += 1
    if at < len(tokens) and tokens[at].text == "more":
        at += 1
    of = stretch.text[find.start : find.end].endswith(" of")
    if at < len(tokens) and tokens[at].text == "of":
        at, of = at + 1, True
        if at < len(tokens) and tokens[at].lemma in WHOM:
            at += 1
            while at < len(tokens) and tokens[at].pos in ("AUX", "DET"):
                at += 1
    if of or find.unit == "share":
        while at < len(tokens) and tokens[at].pos in ("DET", "PRON", "NUM") and tokens[at].tag != "PRP":
            at += 1
    elif find.unit is not None:
        return None
    if find.unit in LENGTHS and (
        tokens[at - 1].text != "of" or tokens[at].pos == "PROPN" if at < len(tokens) else True
    ):
        return None  # "within 10 km of the border", and "40 km of road"
    first, last, head = at, None, _head_of(stretch, find)
    while at < len(tokens) and at - first < LONGEST_NOUN_GROUP:
        token = tokens[at]
        if token.ent in ("DATE", "TIME") and at > 0 and tokens[at - 1].ent != token.ent:
            break
        if token.pos in COUNTED or (at == first and _is_noun_amiss(tokens, at)):
            if last == at - 1 and _ends(tokens[last]):
                break
            last = at
        elif token.pos == "CCONJ" and last is not None:
            if not _goes_on(tokens, at, first, last):
                break
        elif _is_inside(tokens, at, first, last) or _is_named(tokens, at, last):
            pass
        elif last == at - 1 and at < head and token.dep in ("amod", "nummod"):
            pass  # "two X-59 guided missiles", "four Leopard 2 tanks"
        elif (
            token.pos not in INNER
            or (token.pos == "ADV" and last is not None)
            or (last is not None and token.pos in ("ADJ", "NUM"))
        ):
            break
        at += 1
    return (first, last) if last is not None else None


def _head_of(stretch: Stretch, find: Found) -> int:
    """Where the noun stands that the parse has the number count, behind it; nowhere is -1."""
    index = stretch.token_at(find.core[1] - 1)
    if index is None or index >= len(stretch.tokens) or stretch.tokens[index].dep != "nummod":
        return -1
    head = stretch.tokens[index].head - stretch.tokens[0].i
    return head if index < head < len(stretch.tokens) and stretch.tokens[head].pos in COUNTED else -1


def _ends(token: Token) -> bool:
    """Whether no noun behind a noun belongs to it: "three people police arrested"."""
    if token.text.lower() == "times":
        return True
    return token.tag == "NNS" and token.dep not in ("compound", "nmod", "amod", "npadvmod") and token.head < token.i


def _is_noun_amiss(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word right behind a number was read as a verb and is a noun: "18 carries and two passes"."""
    if tokens[at].tag != "VBZ" or at == 0 or tokens[at - 1].tag != "CD":
        return False
    return at + 1 == len(tokens) or tokens[at + 1].pos in ("ADP", "CCONJ", "PUNCT")


def _is_named(tokens: tuple[Token, ...], at: int, last: int | None) -> bool:
    """Whether a number is inside a name or a group: "14 Leopard 2 tanks", "a third of the province's 18 districts"."""
    if tokens[at].pos == "NUM" and at > 1 and "POS" in (tokens[at - 1].tag, tokens[at - 2].tag):
        return True
    if tokens[at].pos != "NUM" or at + 1 >= len(tokens) or tokens[at + 1].pos not in COUNTED:
        return False
    model = tokens[at - 1].dep in ("nmod", "compound") and tokens[at - 1].head > tokens[at].i
    return last == at - 1 and (tokens[at - 1].pos == "PROPN" or model)


def _is_inside(tokens: tuple[Token, ...], at: int, first: int, last: int | None) -> bool:
    """Whether a word that is neither noun nor adjective stands inside the group."""
    token = tokens[at]
    if token.tag == "POS":
        return last is not None
    if token.text == "," and last is None and at > first and at + 1 < len(tokens):
        return tokens[at - 1].pos == "ADJ" == tokens[at + 1].pos  # "two small, shallow wounds"
    if at > first and (token.tag == "HYPH" or tokens[at - 1].tag == "HYPH"):
        return True
    return (last is None or tokens[at - 1].tag == "POS") and _is_participle(tokens, at)


def _is_participle(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a participle belongs to the noun behind it: "300 recorded songs", "400 charging stations"."""
    if tokens[at].tag == "VBG" and at + 1 < len(tokens) and tokens[at + 1].pos in COUNTED:
        # "Dozens serving life" counts no lives.
        return tokens[at + 1].head != tokens[at].i or tokens[at + 1].dep not in ("dobj", "obj")
    return tokens[at].tag in ("VBN", "VBG") and tokens[at].dep == "amod"


def _goes_on(tokens: tuple[Token, ...], at: int, first: int, last: int) -> bool:
    """Whether the noun group goes on behind "and": the next noun hangs on one of its nouns, no number between."""
    base = tokens[0].i
    for token in tokens[at + 1 : at + 4]:
        if token.pos == "NUM":
            return False
        if token.pos in COUNTED and token.dep == "conj":
            return first <= token.head - base <= last
        if token.pos not in INNER:
            return False
    return False
