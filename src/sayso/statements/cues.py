"""Where a report tells that somebody speaks: verbs, nouns, prepositions and hedges, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.contents import adjuncts, own_clause, preposition_objects, words_said
from sayso.statements.cue import Cue
from sayso.statements.names import head_of, name_before, read_off_commas, up_to
from sayso.statements.nouns import according_cue, citations, noun_cue
from sayso.statements.rows import Saying, lone_hedges, naming_nouns, sayings, speaker_kinds
from sayso.statements.shapes import (
    RELATIVES,
    SUBJECTS,
    UNREAL,
    Range,
    between_semicolons,
    helpers,
    is_negated,
    is_passive,
    noun_phrase,
    overlaps,
    stands_for_root,
    subject,
    trim_words,
    verb_group,
)
from sayso.statements.unnamed import ACCOUNTS, lone_hedge_cues, passive_cue

DEMANDS = frozenset({"demand", "urge", "request", "propose", "suggest", "ask", "insist", "recommend"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "noone"})
NOT_YET = frozenset({"without", "before", "of", "from", "for", "about"})
LIFTS = frozenset({"go", "continue", "appear", "seem", "happen", "proceed", "come", "use", "begin", "start"})
CONDITIONS = frozenset({"if", "unless", "whether"})


def find_cues(parse: Parse, knowledge: Knowledge) -> list[Cue]:
    """All verbs, nouns, prepositions and hedges of a page that tell of saying, in text order."""
    found: list[Cue] = []
    verbs, nouns, kinds = sayings(knowledge), naming_nouns(knowledge), speaker_kinds(knowledge)
    for token in parse.tokens:
        if token.tag.startswith("VB") and (rows := verbs.get(token.text.lower()) or verbs.get(token.lemma)):
            found.extend(_verb_cue(parse, token, rows, kinds))
        elif token.pos == "NOUN" and token.lemma in nouns:
            found.extend(noun_cue(parse, token, nouns[token.lemma]))
        elif token.text.lower() == "according":
            found.extend(according_cue(parse, token))
    found.extend(citations(parse, found))
    found.extend(lone_hedge_cues(parse, found, lone_hedges(knowledge)))
    return sorted(found, key=lambda cue: cue.head)


def _verb_cue(parse: Parse, verb: Token, rows: tuple[Saying, ...], kinds: Mapping[str, str]) -> Iterator[Cue]:
    if verb.tag in ("VBN", "VBD") and verb.dep == "advcl" and not below(parse, verb.i, "nsubj", "aux", "auxpass"):
        return  # "Asked whether …, the spokesman said": nobody is told to ask
    if is_passive(parse, verb.i) or is_reduced(parse, verb):
        yield from passive_cue(parse, verb, rows)
        return
    if not is_told(parse, verb.i):
        return
    fitting = [row for row in rows if _fits_subject(parse, verb, row, kinds)]
    for row in fitting:
        cue = _shaped(parse, verb, row)
        if cue is not None:
            yield cue
            return
    for row in fitting:
        cue = _quoting(parse, verb, row)
        if cue is not None:
            yield cue
            return


def _fits_subject(parse: Parse, verb: Token, row: Saying, kinds: Mapping[str, str]) -> bool:
    """Whether the subject is of the kind the row needs ("footage" for "showed"); most rows need none."""
    if not row.subject:
        return True
    who = subject(parse, verb.i)
    if who is None:
        return False
    found = {kinds.get(who.lemma), kinds.get(who.text.casefold())}
    return bool(found & row.subject)


def is_told(parse: Parse, verb: int) -> bool:
    """Whether the verb is told as done: not wished, ordered, conditional, negated or only possible."""
    token = parse.tokens[verb]
    aids = helpers(parse, verb)
    if is_negated(parse, verb) or aids & UNREAL or _is_nobody(parse, verb):
        return False
    if any(child.text.lower() in CONDITIONS for child in below(parse, verb, "mark")):
        return False
    if "to" in aids:
        return token.dep == "xcomp" and parse.tokens[token.head].lemma in LIFTS
    if token.tag == "VB" and "do" not in aids:
        return token.dep == "ROOT" and bool(below(parse, verb, "nsubj"))
    if token.dep == "ccomp" and token.tag in ("VB", "VBP") and parse.tokens[token.head].lemma in DEMANDS:
        return False  # "demanded that the council condemn the raid": it has not
    return not (token.dep == "pcomp" and parse.tokens[token.head].text.lower() in NOT_YET)


def _is_nobody(parse: Parse, verb: int) -> bool:
    """Whether the subject is "no one", "nobody", "no group", "neither side": then nobody says it."""
    who = first_below(parse, verb, *SUBJECTS)
    if who is None:
        return False
    words = {who.text.lower(), *(token.text.lower() for token in below(parse, who.i, "det", "preconj", "nmod"))}
    return bool(words & NOBODY)


def is_reduced(parse: Parse, verb: Token) -> bool:
    """Whether the verb stands as a participle below a noun: "a claim rejected by the rebels"."""
    if stands_for_root(parse, verb.i):
        return False
    return verb.tag == "VBN" and verb.dep in ("acl", "amod", "prep") and "have" not in helpers(parse, verb.i)


def _shaped(parse: Parse, verb: Token, row: Saying) -> Cue | None:
    """The cue this row makes of the verb, or None where the sentence does not have its shape."""
    for shape in row.takes:
        said, addressee = words_said(parse, verb, row, shape)
        if said:
            return _cue(parse, verb, row, said, addressee)
    if verb.dep == "relcl" and "object" in row.takes and parse.tokens[verb.head].lemma in ACCOUNTS:
        return _cue(parse, verb, row, (noun_phrase(parse, verb.head),), None)  # "a charge Nairobi denies"
    return None


def _quoting(parse: Parse, verb: Token, row: Saying) -> Cue | None:
    """The cue of a verb that can stand beside a quotation or inside what it reports; its words may still be none."""
    if not {"quote", "clause"} & set(row.takes):
        return None
    return _cue(parse, verb, row, _around(parse, verb, _speaker(parse, verb)), None)


def _speaker(parse: Parse, verb: Token) -> Token | None:
    own = subject(parse, verb.i) or _inverted_subject(parse, verb)
    if own is not None:
        return own
    before = name_before(parse, verb)
    return head_of(parse, before) if before is not None else None


def _cue(parse: Parse, verb: Token, row: Saying, said: tuple[Range, ...], addressee: int | None) -> Cue | None:
    group = verb_group(parse, verb.i)
    if row.particle is not None and parse.tokens[group[1] - 1].text.lower() != row.particle:
        return None
    who = _speaker(parse, verb)
    stretch = read_off_commas(parse, verb, who, said)
    if stretch is not None:
        who = head_of(parse, stretch)
        said = up_to(parse, said, stretch)
    own = first_below(parse, verb.i, "nsubj")
    return Cue(
        head=verb.i,
        act=row.act,
        said=said,
        cue=group,
        who=who.i if who is not None else None,
        who_range=stretch,
        relative=own.i if own is not None and own.text.lower() in RELATIVES else None,
        addressee=addressee if addressee is not None else _addressee(parse, verb, said),
        adjuncts=adjuncts(parse, verb.i, said),
        found_by=f"verb:{row.verb}",
        can_quote="quote" in row.takes or "clause" in row.takes,
    )


def _inverted_subject(parse: Parse, verb: Token) -> Token | None:
    """The noun right after the verb in `"…," said the mayor` where the parse does not call it a subject."""
    before = parse.tokens[verb.i - 1] if verb.i else None
    if before is None or before.sentence != verb.sentence or before.text not in (",", '"', "?", "!"):
        return None
    for child in below(parse, verb.i, "dobj", "attr", "npadvmod", "oprd", "appos", "dep"):
        if child.i > verb.i and child.pos in ("NOUN", "PROPN", "PRON"):
            return child
    return None


def _around(parse: Parse, verb: Token, who: Token | None) -> tuple[Range, ...]:
    """The rest of the sentence around a bracketed "…, the mayor said, …", where the parse gives the verb no words."""
    own = own_clause(parse, verb, who)
    first, last = between_semicolons(parse, verb)
    left, right = (first, own[0]), (own[1], last)
    pieces = []
    if _closes_with_comma(parse, left) and _has_verb_or_quote(parse, left):
        pieces.append(left)
        if right[1] - right[0] > 2 and parse.tokens[right[0]].text == ",":
            pieces.append(right)
    return tuple(tokens for piece in pieces if (tokens := trim_words(parse, piece)) and tokens[0] < tokens[1])


def _has_verb_or_quote(parse: Parse, tokens: Range) -> bool:
    return any(parse.tokens[i].tag.startswith("VB") or parse.tokens[i].text == '"' for i in range(*tokens))


def _closes_with_comma(parse: Parse, tokens: Range) -> bool:
    tail = [parse.tokens[i].text for i in range(max(tokens[0], tokens[1] - 2), tokens[1])]
    return "," in tail or "?" in tail


def _addressee(parse: Parse, verb: Token, said: tuple[Range, ...]) -> int | None:
    """To whom: the object of "told", or the noun after "to"."""
    candidates = (
        below(parse, verb.i, "dobj", "dative")
        if verb.lemma in ("tell", "inform", "brief", "ask", "warn", "assure", "urge")
        else []
    )
    for child in candidates:
        if child.pos in ("NOUN", "PROPN", "PRON") and not any(
            overlaps((child.i, child.i + 1), words) for words in said
        ):
            return child.i
    for noun in preposition_objects(parse, verb.i, frozenset({"to"})):
        if not any(overlaps((noun.i, noun.i + 1), words) for words in said):
            return noun.i
    return None
