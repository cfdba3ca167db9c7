"""A frame of the tagger as a cue: which word heads it, by what act, and who its source is in the parse."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token
from sayso.models.tagging import Frame
from sayso.statements.contents import adjuncts
from sayso.statements.cue import Cue
from sayso.statements.rows import Saying, naming_nouns, sayings
from sayso.statements.scene import Scene
from sayso.statements.shapes import Range, trim, trim_words

UNKNOWN_ACT = "thinks"
"""What a cue without a row is taken for: never a statement on somebody's say-so."""


def cue_of(scene: Scene, frame: Frame) -> Cue | None:
    """The frame as a cue, or None where nothing is left of its words."""
    parse = scene.parse
    said = tuple(words for piece in frame.content if (words := trim_words(parse, piece))[0] < words[1])
    if not said:
        return None
    head = head_within(parse, frame.cue)
    source = next((words for piece in frame.source if (words := trim(parse, piece))[0] < words[1]), None)
    act = _act(scene, head, frame.cue, said)
    return Cue(
        head=head.i,
        act=act or UNKNOWN_ACT,
        said=said,
        cue=trim(parse, frame.cue) if trim(parse, frame.cue)[0] < trim(parse, frame.cue)[1] else frame.cue,
        who=head_within(parse, source).i if source else None,
        who_range=source,
        addressee=None,
        adjuncts=adjuncts(parse, head.i, said),
        found_by="tagger",
        can_quote=True,
        doubts=() if act else ("act_unknown",),
    )


def head_within(parse: Parse, tokens: Range) -> Token:
    """The word of a stretch that hangs outside it: of several the first verb, else the last name or noun."""
    inside = range(*tokens)
    tops = [parse.tokens[i] for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
    verbs = [token for token in tops if token.pos in ("VERB", "AUX")]
    nouns = [token for token in tops if token.pos in ("NOUN", "PROPN", "PRON")]
    return next(iter(verbs or nouns or tops), parse.tokens[tokens[0]])


def _act(scene: Scene, head: Token, cue: Range, said: tuple[Range, ...]) -> str | None:
    """The act of the first row that fits a word of the cue, its head before the others."""
    verbs, nouns = sayings(scene.knowledge), naming_nouns(scene.knowledge)
    words = [head, *(scene.parse.tokens[i] for i in range(*cue) if i != head.i)]
    for token in words:
        rows = verbs.get(token.text.lower()) or verbs.get(token.lemma)
        if rows and token.pos in ("VERB", "AUX", "NOUN"):
            return _fitting(scene.parse, rows, said).act
        if token.lemma in nouns:
            return nouns[token.lemma]
        if token.text.lower() in ("according", ":"):
            return "says"
    return None


def _fitting(parse: Parse, rows: tuple[Saying, ...], said: tuple[Range, ...]) -> Saying:
    """The row whose shape the words have: an infinitive for "told … to", else the first."""
    first = parse.tokens[said[0][0]]
    is_infinitive = first.text.lower() == "to" and first.tag == "TO"
    return next((row for row in rows if ("infinitive" in row.takes) == is_infinitive), rows[0])
