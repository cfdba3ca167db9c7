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

ACCOUNTS = frozenset(
    {"claim", "charge", "allegation", "accusation", "account", "assertion", "figure", "version", "toll"}
)
"""Nouns for what somebody said, that somebody else can deny behind it: "a claim the rebels rejected"."""
TELLING = frozenset({"tell", "inform", "warn", "assure", "remind"})
CHANNELLING = frozenset({"in", "on", "at", "via", "through", "during", "by"})
DATED = frozenset({"DATE", "TIME"})
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
            return _after_preposition(parse, verb, row), None
        case "accusation" | "comparison":
            return _object_and(parse, verb, row.needs) if subject(parse, verb.i) is not None else (), None
        case "label":
            return _label(parse, verb, row.needs), None
        case _:
            return (), None


def _clause(parse: Parse, verb: Token, row: Saying) -> tuple[Range, ...]:
    for child in below(parse, verb.i, "ccomp", "advcl"):
        tokens = subtree(parse, child.i)
        if tokens[1] <= verb.i and ":" in (parse.tokens[tokens[1]].text, parse.tokens[tokens[1] - 1].text):
            continue  # "Lee disagrees: she swears …"
        if child.dep == "advcl" and not any(token.text.lower() == "that" for token in below(parse, child.i, "mark")):
            continue
        if row.act != "observes" and not (_is_claim(parse, child) and _has_verb_of_its_own(parse, child, tokens)):
            continue
        if any(parse.tokens[i].lemma in row.words_unlike for i in range(*tokens)):
            continue
        if verb.i in range(*tokens):
            pieces = without(tokens, own_clause(parse, verb, subject(parse, verb.i)))
            return tuple(trim_words(parse, piece) for piece in pieces if piece[1] - piece[0] > 1)
        words = _without_day(parse, verb, child, _without_higher(parse, child, tokens))
        words = words if words[1] < tokens[1] else _with_reasons(parse, verb, words)
        return as_ranges(trim_words(parse, _with_second_that(parse, verb, words)))
    return _behind_channel(parse, verb)


def _with_second_that(parse: Parse, verb: Token, words: Range) -> Range:
    """Words up to the end of ", and that …", where only phrases without a verb stand between: one cue, two clauses."""
    end = parse.sentences[verb.sentence][1]
    for token in parse.tokens[words[1] : end]:
        if token.text.lower() == "that" and token.dep == "mark" and parse.tokens[token.i - 1].tag == "CC":
            clause = parse.tokens[token.head]
            return (words[0], subtree(parse, clause.i)[1]) if clause.i > token.i > verb.i else words
        if token.pos in ("VERB", "AUX") or token.text in (";", '"'):
            break
    return words


def _without_higher(parse: Parse, clause: Token, tokens: Range) -> Range:
    """Words up to "and asked …" where that verb goes on with the cue, not with the clause."""
    higher = [child for child in below(parse, clause.i, "conj") if goes_on_higher(parse, child)]
    cut = [token.i for token in below(parse, clause.i, "cc") if higher and token.i < higher[0].i]
    return (tokens[0], cut[-1]) if cut else tokens


def goes_on_higher(parse: Parse, verb: Token) -> bool:
    """Whether a verb cannot go on with the one it hangs on: "vowed that it would not leave and asked …"."""
    above = parse.tokens[verb.head]
    if verb.dep != "conj" or verb.tag not in ("VBD", "VBZ", "VBP") or below(parse, verb.i, "nsubj", "nsubjpass", "aux"):
        return False
    is_modal = above.tag == "VB" and any(token.tag == "MD" for token in below(parse, above.i, "aux"))
    return is_modal and parse.tokens[verb.i - 1].text.lower() in ("and", "but")


def _without_day(parse: Parse, verb: Token, clause: Token, tokens: Range) -> Range:
    """Words without the day of speaking that stands right behind the cue: "said Friday the bridge was closed"."""
    days = [day for day in below(parse, clause.i, "npadvmod", "nmod") if day.ent in DATED and day.i < clause.i]
    for day in days:
        first, last = subtree(parse, day.i)
        if first == verb.i + 1 == tokens[0] and parse.tokens[last].text != ",":
            return last, tokens[1]
    return tokens


def _behind_channel(parse: Parse, verb: Token) -> tuple[Range, ...]:
    """The clause hung on a channel by the parse: "said in a statement posted on Facebook that the bridge was shut"."""
    beside = below(parse, verb.i, "prep") + (below(parse, verb.i, "dobj") if verb.lemma in TELLING else [])
    for phrase in beside:
        first, last = subtree(parse, phrase.i)
        if first < verb.i or (phrase.dep == "prep" and phrase.text.lower() not in CHANNELLING):
            continue
        mark = next((t for t in parse.tokens[first:last] if t.dep == "mark" and t.text.lower() == "that"), None)
        if mark is None or parse.tokens[mark.head].dep not in ("ccomp", "relcl", "acl"):
            continue
        clause = parse.tokens[mark.head]
        if any(t.dep in ("nsubj", "nsubjpass", "expl") for t in parse.tokens[mark.i + 1 : clause.i]):
            return as_ranges(trim_words(parse, subtree(parse, clause.i)))
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
    other = subject_of_next(parse, verb)
    if other is not None:  # "rejected the charge [and Italy] denied …"
        last = max((t.i for t in below(parse, child.i, "cc") if t.i < other.i), default=last)
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
    if row.act == "observes":  # "showed a column of smoke [and two trucks burning]"
        for other in below(parse, verb.i, "conj"):
            start, end = subtree(parse, other.i)
            if other.tag == "VBG" and start in (last, last + 1) and below(parse, other.i, "nsubj"):
                last = end
    return as_ranges(trim(parse, (first, last)))


def subject_of_next(parse: Parse, verb: Token) -> Token | None:
    """The noun taken for a second object that the next verb needs: "rejected the charge and Italy denied …"."""
    child = first_below(parse, verb.i, "dobj")
    second = first_below(parse, child.i, "conj") if child is not None else None
    if second is None:
        return None
    for other in below(parse, verb.i, "conj"):
        is_bare = other.tag in ("VBD", "VBZ", "VBP") and not below(parse, other.i, "nsubj", "nsubjpass", "cc")
        if is_bare and verb_group(parse, other.i)[0] == subtree(parse, second.i)[1]:
            return second
    return None


def _after_preposition(parse: Parse, verb: Token, row: Saying) -> tuple[Range, ...]:
    thing = first_below(parse, verb.i, "dobj")
    if row.object_like and (thing is None or thing.text.lower() not in row.object_like):
        return ()
    below_thing = below(parse, thing.i, "prep") if row.object_like and thing is not None else []
    for prep in [*below(parse, verb.i, "prep", "prt", "agent", "dative"), *below_thing]:
        if prep.text.lower() in row.prep and prep.i > verb.i:
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
    if at is None:
        return _with_shared_end(parse, verb, words, needed)
    return as_ranges(words) if at != words[0] else ()


def _with_shared_end(parse: Parse, verb: Token, words: Range, needed: frozenset[str]) -> tuple[Range, ...]:
    """As in "Ann blames Lee, and Lee blames Ann, for the fire": the end belongs to both."""
    for other in below(parse, verb.i, "conj"):
        ends = [p for p in below(parse, other.i, "prep") if p.text.lower() in needed and p.i > other.i]
        is_apart = bool(ends) and parse.tokens[ends[0].i - 1].text == ","
        if other.lemma == verb.lemma and is_apart and words[0] < words[1]:
            return words, trim(parse, subtree(parse, ends[0].i))
    return ()


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
    words = as_ranges(trim(parse, (first, max(subtree(parse, token.i)[1] for token in named))))
    about = parse.tokens[verb.head]
    if verb.dep == "relcl" and about.lemma in ACCOUNTS and not objects:  # "a charge which Lee has called unfounded"
        relative = next((token for token in below(parse, verb.i, "dobj", "nsubj") if token.tag == "WDT"), None)
        if relative is not None and relative.i < verb.i:
            return (trim(parse, (noun_phrase(parse, about.i)[0], relative.i)), *words)
    return words


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
