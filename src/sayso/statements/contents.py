"""What was said: the words behind a verb of saying, by the shapes its row allows."""

from __future__ import annotations

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.rows import Saying
from sayso.statements.shapes import (
    Range,
    has_finite_verb,
    noun_phrase,
    overlaps,
    stands_for_root,
    subject,
    subtree,
    trim,
    trim_words,
    verb_group,
    without,
)

REASONS = frozenset({"provided", "because", "although", "though", "if", "unless", "until"})


def words_said(parse: Parse, verb: Token, row: Saying, shape: str) -> tuple[tuple[Range, ...], int | None]:
    """The words said if the sentence has this shape, and the head of the addressee where the shape names one."""
    match shape:
        case "clause":
            return _clause(parse, verb, row), None
        case "infinitive":
            return _infinitive(parse, verb, row)
        case "gerund":
            return _gerund(parse, verb), None
        case "object":
            return _object(parse, verb, row), None
        case "prep":
            return _after_preposition(parse, verb, row.prep), None
        case "accusation" | "comparison":
            return _object_and(parse, verb, row.needs) if subject(parse, verb.i) is not None else (), None
        case "label":
            return _label(parse, verb, row.needs), None
        case _:
            return (), None


def _clause(parse: Parse, verb: Token, row: Saying) -> tuple[Range, ...]:
    for child in below(parse, verb.i, "ccomp", "advcl"):
        tokens = subtree(parse, child.i)
        if child.dep == "advcl" and not any(token.text.lower() == "that" for token in below(parse, child.i, "mark")):
            continue
        if row.act != "observes" and not (_is_claim(parse, child) and _has_verb_of_its_own(parse, child, tokens)):
            continue
        if verb.i in range(*tokens):
            pieces = without(tokens, own_clause(parse, verb, subject(parse, verb.i)))
            return tuple(trim_words(parse, piece) for piece in pieces if piece[1] - piece[0] > 1)
        return as_ranges(trim_words(parse, _with_reasons(parse, verb, tokens)))
    return ()


def _with_reasons(parse: Parse, verb: Token, words: Range) -> Range:
    """The words with a clause of reason or condition right behind them that the parse hung on the cue."""
    first, last = words
    for child in below(parse, verb.i, "advcl"):
        start, end = subtree(parse, child.i)
        marks = {token.text.lower() for token in below(parse, child.i, "mark")}
        if marks & REASONS and last <= start <= last + 2:
            last = end
    return first, last


def _is_claim(parse: Parse, clause: Token) -> bool:
    """Whether a complement could be words said: it has a verb of its own that is not a bare participle."""
    if clause.tag in ("VBG", "VB") and not below(parse, clause.i, "aux", "nsubj", "nsubjpass", "expl"):
        return clause.tag == "VB"
    return True


def _has_verb_of_its_own(parse: Parse, clause: Token, tokens: Range) -> bool:
    """A finite verb, or "that" with a bare one ("demanded that the guards be tried"): no "found the door open"."""
    if clause.tag == "VBN" and below(parse, clause.i, "nsubj", "nsubjpass"):
        return True
    return has_finite_verb(parse, tokens) or any(parse.tokens[i].tag == "VB" for i in range(*tokens))


def _infinitive(parse: Parse, verb: Token, row: Saying) -> tuple[tuple[Range, ...], int | None]:
    for child in below(parse, verb.i, "xcomp", "ccomp", "advcl"):
        to = first_below(parse, child.i, "aux")
        if child.i < verb.i or to is None or to.text.lower() != "to":
            continue
        person = first_below(parse, child.i, "nsubj", "nsubjpass") or first_below(parse, verb.i, "dobj", "dative")
        if person is None and row.addressee_after is not None:
            person = next(iter(preposition_objects(parse, verb.i, frozenset({row.addressee_after}))), None)
        negation = first_below(parse, child.i, "neg")
        first = min(to.i, negation.i) if negation is not None else to.i
        if row.act == "thinks" and person is not None and person.i < to.i:  # "wants [the guards to be tried]"
            first = noun_phrase(parse, person.i)[0]
        words = _with_reasons(parse, verb, (first, subtree(parse, child.i)[1]))
        if any(parse.tokens[i].lemma in row.words_unlike for i in range(*words)):
            continue
        return as_ranges(trim(parse, words)), person.i if person is not None and person.i < to.i else None
    return (), None


def _gerund(parse: Parse, verb: Token) -> tuple[Range, ...]:
    for child in below(parse, verb.i, "xcomp", "ccomp", "dobj", "pcomp"):
        if child.i > verb.i and child.tag == "VBG":
            return as_ranges(trim(parse, subtree(parse, child.i)))
    return ()


def _object(parse: Parse, verb: Token, row: Saying) -> tuple[Range, ...]:
    child = first_below(parse, verb.i, "dobj")
    if child is None or child.i < verb.i:
        return ()
    names = {child.lemma, child.text.lower()}
    first, last = subtree(parse, child.i)
    is_quoted = parse.tokens[first].text == '"' or parse.tokens[first - 1].text == '"'
    if (row.object_like and not names & row.object_like and not is_quoted) or names & row.object_unlike:
        return ()
    if any(prep.text.lower() in row.unless for prep in below(parse, verb.i, "prep", "dative")):
        return ()
    if row.needs:  # "put [the number of soldiers in the valley at 3,000]"
        needed = [prep for prep in below(parse, verb.i, "prep") if prep.text.lower() in row.needs and prep.i >= last]
        return as_ranges(trim(parse, (first, subtree(parse, needed[0].i)[1]))) if needed else ()
    for other in below(parse, verb.i, "prep", "oprd", "xcomp", "ccomp", "acl", "advmod"):
        goes_on = other.text.lower() in ("as", "at", "for") or other.dep in ("oprd", "ccomp") or row.act == "observes"
        if other.i >= last and goes_on and subtree(parse, other.i)[0] == last:
            last = subtree(parse, other.i)[1]
    return as_ranges(trim(parse, (first, last)))


def _after_preposition(parse: Parse, verb: Token, prepositions: frozenset[str]) -> tuple[Range, ...]:
    for prep in below(parse, verb.i, "prep", "prt", "agent", "dative"):
        if prep.text.lower() in prepositions and prep.i > verb.i:
            last = subtree(parse, prep.i)[1]
            if last - prep.i > 1:
                return as_ranges(trim(parse, (prep.i + 1, last)))
    return ()


def _object_and(parse: Parse, verb: Token, needed: frozenset[str]) -> tuple[Range, ...]:
    """All that follows, if it holds the word that says what is told of the object: "X of Y", "the siege to Z"."""
    top = parse.tokens[verb.i].head if stands_for_root(parse, verb.i) else verb.i
    words = trim(parse, (verb.i + 1, _end_without_conjuncts(parse, top)))
    inside = [parse.tokens[i] for i in range(*words)]
    at = next((token.i for token in inside if token.text.lower() in needed), None)
    if at is None or at == words[0]:
        return ()
    return as_ranges(words)


def _end_without_conjuncts(parse: Parse, head: int) -> int:
    """Where the clause of a verb ends, before any "and …" that goes on with another verb."""
    parts = [
        child
        for child in parse.children[head]
        if child > head and parse.tokens[child].dep not in ("conj", "cc", "punct")
    ]
    return max((subtree(parse, child)[1] for child in parts), default=head + 1)


def _label(parse: Parse, verb: Token, needed: frozenset[str]) -> tuple[Range, ...]:
    what = [
        token for token in below(parse, verb.i, "dobj", "nsubj", "oprd", "attr", "mark") if token.text.lower() == "what"
    ]
    last = _end_without_conjuncts(parse, verb.i)
    if any(token.text.lower().endswith(("self", "selves")) for token in below(parse, verb.i, "dobj", "nsubj")):
        return ()  # a name one gives oneself
    if what and what[0].i < verb.i:
        return as_ranges(trim(parse, (verb.i + 1, last)))
    small = [token for token in below(parse, verb.i, "oprd", "ccomp", "prep", "xcomp") if token.i > verb.i]
    small += [other for token in below(parse, verb.i, "dobj") for other in below(parse, token.i, "appos", "prep")]
    objects = [token for token in below(parse, verb.i, "dobj") if token.i > verb.i]
    small += objects[1:]
    named = [
        token
        for token in small
        if token.dep in ("oprd", "appos", "dobj") or _is_small_clause(parse, token) or token.text.lower() == "as"
    ]
    if needed:
        named = [token for token in named if token.text.lower() in needed]
    if not named:
        return ()
    first = min(subtree(parse, token.i)[0] for token in [*named, *below(parse, verb.i, "dobj")] if token.i > verb.i)
    return as_ranges(trim(parse, (first, max(subtree(parse, token.i)[1] for token in named))))


def _is_small_clause(parse: Parse, token: Token) -> bool:
    """Whether a complement has a subject but no verb: "called [the raid a provocation]"."""
    return (
        token.dep in ("ccomp", "xcomp")
        and (token.pos in ("NOUN", "ADJ", "PROPN") or token.tag in ("VBN", "VBD"))
        and not below(parse, token.i, "aux", "mark", "cop")
    )


def preposition_objects(parse: Parse, verb: int, prepositions: frozenset[str]) -> list[Token]:
    """The nouns behind a verb's prepositions of this kind, in text order."""
    found = []
    for prep in below(parse, verb, "prep", "dative"):
        noun = first_below(parse, prep.i, "pobj")
        if prep.text.lower() in prepositions and noun is not None:
            found.append(noun)
    return found


def as_ranges(tokens: Range) -> tuple[Range, ...]:
    """A range as words said: none where it is empty."""
    return (tokens,) if tokens[0] < tokens[1] else ()


def own_clause(parse: Parse, verb: Token, who: Token | None) -> Range:
    """The verb with its speaker and what hangs on it, but not the words said."""
    parts = [verb_group(parse, verb.i)]
    if who is not None and who.sentence == verb.sentence:
        parts.append(noun_phrase(parse, who.i))
    for child in below(parse, verb.i, "prep", "dobj", "dative", "npadvmod", "advmod", "advcl", "agent"):
        tokens = subtree(parse, child.i)
        if verb.i not in range(*tokens) and (child.i > verb.i or child.dep == "advmod"):
            parts.append(tokens)
    return min(part[0] for part in parts), max(part[1] for part in parts)


def adjuncts(parse: Parse, head: int, said: tuple[Range, ...]) -> tuple[int, ...]:
    """Heads of the phrases that hang on a cue and are not its words."""
    found = []
    for child in below(parse, head, "prep", "npadvmod", "advmod", "advcl", "tmod", "pobj", "dobj"):
        if not any(overlaps((child.i, child.i + 1), words) for words in said):
            found.append(child.i)
    return tuple(found)
