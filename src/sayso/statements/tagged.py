"""A frame of the tagger as a cue: which word heads it, by what act, and who its source is in the parse."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token
from sayso.models.tagging import Frame
from sayso.statements.contents import adjuncts
from sayso.statements.cue import Cue
from sayso.statements.cues import NOBODY, is_told
from sayso.statements.rows import Saying, naming_nouns, sayings
from sayso.statements.scene import Scene
from sayso.statements.shapes import Range, trim, trim_words

NAMING = frozenset({"NOUN", "PROPN", "PRON"})
FALSE = frozenset({"false", "untrue", "lie", "baseless", "unfounded", "fake", "fabrication", "nonsense", "hoax"})
UNKNOWN_ACT, AS_SAID = "thinks", "says"
"""What a cue without a row is taken for: a thought, which is nobody's say-so, unless its words are plainly said."""


def cue_of(scene: Scene, frame: Frame) -> Cue | None:
    """The frame as a cue, or None where nothing is left of its words."""
    parse = scene.parse
    said, source = words_of(parse, frame), source_of(parse, frame)
    if not said:
        return None
    head = head_within(parse, frame.cue)
    if source is not None and any(parse.tokens[i].text.lower() in NOBODY for i in range(*source)):
        return None  # "no group has claimed …": nobody says it
    if head.tag.startswith("VB") and not is_told(parse, head.i):
        return None  # "has not said", "would say", "to say", "if she says": no saying
    row = _row(scene, head, frame.cue, said)
    if row is not None and any(parse.tokens[i].lemma in row.words_unlike for words in said for i in range(*words)):
        return None  # "asked not to be named"
    doubts, act = _judged(scene, frame, head, said)
    if act == UNKNOWN_ACT and doubts and (source is None or not any(_tells(parse, words) for words in said)):
        return None  # by a word that no row knows, a thought of nobody's, or of a mere thing: "signed an agreement"
    return Cue(
        head=head.i,
        act=act,
        said=said,
        cue=_trimmed(parse, frame.cue) or frame.cue,
        who=speaker_within(parse, source).i if source else None,
        who_range=source,
        addressee=None,
        adjuncts=adjuncts(parse, head.i, said),
        found_by="tagger",
        can_quote=True,
        doubts=doubts,
    )


def _tells(parse: Parse, words: Range) -> bool:
    """Whether words hold a verb of their own, and so can be thought: no mere thing that something was done to."""
    return any(parse.tokens[i].pos in ("VERB", "AUX") for i in range(*words))


def _judged(scene: Scene, frame: Frame, head: Token, said: tuple[Range, ...]) -> tuple[tuple[str, ...], str]:
    """What is doubtful about a frame's act, and the act."""
    known = _act(scene, head, frame.cue, said)
    if known == "labels" and scene.parse.tokens[said[-1][1] - 1].lemma in FALSE:
        return (), "denies"  # "called the report false"
    if known is not None:
        return (), known
    is_said = bool(frame.source) and _is_speech(scene.parse, frame.content)
    return ("act_unknown",), AS_SAID if is_said else UNKNOWN_ACT


def words_of(parse: Parse, frame: Frame) -> tuple[Range, ...]:
    """What is said in a frame, without marks at its ends and a leading "that"."""
    return tuple(words for piece in frame.content if (words := trim_words(parse, piece))[0] < words[1])


def source_of(parse: Parse, frame: Frame) -> Range | None:
    """Who says it in a frame, without marks at the ends."""
    return next((words for piece in frame.source if (words := _trimmed(parse, piece))), None)


def _trimmed(parse: Parse, tokens: Range) -> Range | None:
    first, last = trim(parse, tokens)
    return (first, last) if first < last else None


def head_within(parse: Parse, tokens: Range) -> Token:
    """The word of a stretch that hangs outside it: of several the first verb, else the last name or noun."""
    inside = range(*tokens)
    tops = [parse.tokens[i] for i in inside if parse.tokens[i].head not in inside or parse.tokens[i].head == i]
    verbs = [token for token in tops if token.pos in ("VERB", "AUX")]
    nouns = [token for token in tops if token.pos in NAMING] or [
        parse.tokens[i] for i in inside if parse.tokens[i].pos in NAMING
    ]
    return next(iter(verbs or nouns or tops), parse.tokens[tokens[0]])


def _is_speech(parse: Parse, content: tuple[Range, ...]) -> bool:
    """Whether words are plainly said: in quotation marks, or a clause behind "that"."""
    first, last = parse.tokens[content[0][0]], parse.tokens[content[-1][1] - 1]
    opens = first.text == '"' or parse.tokens[max(first.i - 1, 0)].text == '"'
    closes = last.text == '"' or parse.tokens[min(last.i + 1, len(parse.tokens) - 1)].text == '"'
    return (opens and closes) or (first.text.lower() == "that" and first.dep == "mark")


def speaker_within(parse: Parse, source: Range) -> Token:
    """The word of a source that tells who: the end of a person's name in it, else its head."""
    people = [
        parse.tokens[i] for i in range(*source) if parse.tokens[i].ent == "PERSON" and parse.tokens[i].pos == "PROPN"
    ]
    return people[-1] if people and people[-1].dep not in ("poss", "pobj") else head_within(parse, source)


def _act(scene: Scene, head: Token, cue: Range, said: tuple[Range, ...]) -> str | None:
    """The act of the first row that fits a word of the cue, its head before the others."""
    row = _row(scene, head, cue, said)
    if row is not None:
        return row.act
    nouns = naming_nouns(scene.knowledge)
    for token in _words(scene.parse, head, cue):
        if token.lemma in nouns:
            return nouns[token.lemma]
        if token.text.lower() in ("according", ":"):
            return "says"
    return None


def _row(scene: Scene, head: Token, cue: Range, said: tuple[Range, ...]) -> Saying | None:
    """The row of the first verb of a cue that has one, its head before the others."""
    verbs = sayings(scene.knowledge)
    for token in _words(scene.parse, head, cue):
        rows = verbs.get(token.text.lower()) or verbs.get(token.lemma)
        if rows and token.pos in ("VERB", "AUX", "NOUN"):
            return _fitting(scene.parse, rows, said)
    return None


def _words(parse: Parse, head: Token, cue: Range) -> list[Token]:
    return [head, *(parse.tokens[i] for i in range(*cue) if i != head.i)]


def _fitting(parse: Parse, rows: tuple[Saying, ...], said: tuple[Range, ...]) -> Saying:
    """The row whose shape the words have: an infinitive for "told … to", else the first."""
    opening = [parse.tokens[i].text.lower() for i in range(*said[0])][:2]
    is_infinitive = opening[:1] == ["to"] or opening == ["not", "to"]
    return next((row for row in rows if ("infinitive" in row.takes) == is_infinitive), rows[0])
