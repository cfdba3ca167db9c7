"""Where a report tells that somebody speaks: verbs, nouns, prepositions and hedges, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.rows import Saying, lone_hedges, naming_nouns, sayings, speaker_kinds
from sayso.statements.shapes import (
    RELATIVES,
    SUBJECTS,
    Range,
    agent,
    has_finite_verb,
    helpers,
    is_negated,
    is_passive,
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

UNREAL = frozenset({"will", "would", "should", "could", "may", "might", "must", "shall", "ca", "can"})
LONGEST_NAME = 16
EYES = frozenset({"reporter", "correspondent", "journalist", "photographer", "crew", "team"})
ACCOUNTS = frozenset(
    {"claim", "charge", "allegation", "accusation", "account", "assertion", "figure", "version", "toll"}
)
DEMANDS = frozenset({"demand", "urge", "request", "propose", "suggest", "ask", "insist", "recommend"})
PLANS = frozenset({"plan", "schedule", "law", "rule", "size", "need", "ability", "age"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "noone"})
NOT_YET = frozenset({"without", "before", "of", "from", "for", "about"})
LIFTS = frozenset({"go", "continue", "appear", "seem", "happen", "proceed", "come", "use", "begin", "start"})
HEARSAY = frozenset(
    {"report", "say", "believe", "think", "allege", "claim", "estimate", "rumor", "rumour", "understand"}
)
CONDITIONS = frozenset({"if", "unless", "whether"})
ISSUED = frozenset({"issue", "release", "publish", "send", "post", "read", "circulate", "distribute"})
REASONS = frozenset({"provided", "because", "although", "though", "if", "unless", "until"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One place where somebody is told to speak: all in token ranges of the parse."""

    head: int  # the verb, noun or preposition that tells it
    act: str
    said: tuple[Range, ...]
    cue: Range | None = None
    who: int | None = None  # head of the speaker's noun phrase
    who_range: Range | None = None  # that phrase, where it is read off the commas
    relative: int | None = None  # the "who" that stands for it before the cue
    silence: str | None = None
    addressee: int | None = None
    adjuncts: tuple[int, ...] = ()  # heads of phrases beside the words: channels, times, places
    found_by: str = ""
    can_quote: bool = False
    relay_of: int | None = None  # token of the cue this one cites
    doubts: tuple[str, ...] = ()
    speaker_is_newsroom: bool = False


def find_cues(parse: Parse, knowledge: Knowledge) -> list[Cue]:
    """All verbs, nouns, prepositions and hedges of a page that tell of saying, in text order."""
    found: list[Cue] = []
    verbs, nouns, kinds = sayings(knowledge), naming_nouns(knowledge), speaker_kinds(knowledge)
    for token in parse.tokens:
        if token.tag.startswith("VB") and (rows := verbs.get(token.text.lower()) or verbs.get(token.lemma)):
            found.extend(_verb_cue(parse, token, rows, kinds))
        elif token.pos == "NOUN" and token.lemma in nouns:
            found.extend(_noun_cue(parse, token, nouns[token.lemma]))
        elif token.text.lower() == "according":
            found.extend(_according(parse, token))
    found.extend(_citations(parse, found))
    found.extend(_lone_hedges(parse, found, lone_hedges(knowledge)))
    return sorted(found, key=lambda cue: cue.head)


# Verbs


def _verb_cue(parse: Parse, verb: Token, rows: tuple[Saying, ...], kinds: Mapping[str, str]) -> Iterator[Cue]:
    if is_passive(parse, verb.i) or _is_reduced(parse, verb):
        yield from _passive(parse, verb, rows)
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


def _is_reduced(parse: Parse, verb: Token) -> bool:
    if stands_for_root(parse, verb.i):
        return False
    return verb.tag == "VBN" and verb.dep in ("acl", "amod", "prep") and "have" not in helpers(parse, verb.i)


def _shaped(parse: Parse, verb: Token, row: Saying) -> Cue | None:
    """The cue this row makes of the verb, or None where the sentence does not have its shape."""
    for shape in row.takes:
        said, addressee = _words(parse, verb, row, shape)
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
    return _head_of(parse, before) if before is not None else None


def _read_off_commas(parse: Parse, verb: Token, who: Token | None, said: tuple[Range, ...]) -> Range | None:
    """The name before the verb by its commas, where words stand before it and the parse's subject is not in it."""
    stretch = name_before(parse, verb)
    if stretch is None or (not said and who is not None):
        return None
    inside = who is not None and stretch[0] <= who.i < stretch[1] and noun_phrase(parse, who.i)[0] >= stretch[0]
    before = not said or said[-1][0] < stretch[0]
    laid_over = any(overlaps(words, stretch) for words in said)
    return stretch if before and (not inside or laid_over) else None


def _up_to(parse: Parse, said: tuple[Range, ...], stretch: Range) -> tuple[Range, ...]:
    """The words, ending where the speaker's name begins."""
    cut = [piece for words in said for piece in without(words, stretch) if piece[0] < stretch[0]]
    if not cut:
        return said
    return tuple(trim_words(parse, words) for words in [*cut[:-1], (cut[-1][0], stretch[0])])


def _head_of(parse: Parse, stretch: Range) -> Token:
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


def _cue(parse: Parse, verb: Token, row: Saying, said: tuple[Range, ...], addressee: int | None) -> Cue | None:
    group = verb_group(parse, verb.i)
    if row.particle is not None and parse.tokens[group[1] - 1].text.lower() != row.particle:
        return None
    who = _speaker(parse, verb)
    stretch = _read_off_commas(parse, verb, who, said)
    if stretch is not None:
        who = _head_of(parse, stretch)
        said = _up_to(parse, said, stretch)
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
        adjuncts=_adjuncts(parse, verb.i, said),
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


def _words(parse: Parse, verb: Token, row: Saying, shape: str) -> tuple[tuple[Range, ...], int | None]:
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
            pieces = without(tokens, _own_clause(parse, verb, subject(parse, verb.i)))
            return tuple(trim_words(parse, piece) for piece in pieces if piece[1] - piece[0] > 1)
        return _kept(trim_words(parse, _with_reasons(parse, verb, tokens)))
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
            person = next(iter(_preposition_objects(parse, verb.i, frozenset({row.addressee_after}))), None)
        negation = first_below(parse, child.i, "neg")
        first = min(to.i, negation.i) if negation is not None else to.i
        if row.act == "thinks" and person is not None and person.i < to.i:  # "wants [the guards to be tried]"
            first = noun_phrase(parse, person.i)[0]
        words = _with_reasons(parse, verb, (first, subtree(parse, child.i)[1]))
        if any(parse.tokens[i].lemma in row.words_unlike for i in range(*words)):
            continue
        return _kept(trim(parse, words)), person.i if person is not None and person.i < to.i else None
    return (), None


def _gerund(parse: Parse, verb: Token) -> tuple[Range, ...]:
    for child in below(parse, verb.i, "xcomp", "ccomp", "dobj", "pcomp"):
        if child.i > verb.i and child.tag == "VBG":
            return _kept(trim(parse, subtree(parse, child.i)))
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
    if row.needs and not any(prep.text.lower() in row.needs for prep in below(parse, verb.i, "prep")):
        return ()
    for other in below(parse, verb.i, "prep", "oprd", "xcomp", "ccomp", "acl", "advmod"):
        goes_on = other.text.lower() in ("as", "at", "for") or other.dep in ("oprd", "ccomp") or row.act == "observes"
        if other.i >= last and goes_on and subtree(parse, other.i)[0] == last:
            last = subtree(parse, other.i)[1]
    return _kept(trim(parse, (first, last)))


def _after_preposition(parse: Parse, verb: Token, prepositions: frozenset[str]) -> tuple[Range, ...]:
    for prep in below(parse, verb.i, "prep", "prt", "agent", "dative"):
        if prep.text.lower() in prepositions and prep.i > verb.i:
            last = subtree(parse, prep.i)[1]
            if last - prep.i > 1:
                return _kept(trim(parse, (prep.i + 1, last)))
    return ()


def _object_and(parse: Parse, verb: Token, needed: frozenset[str]) -> tuple[Range, ...]:
    """All that follows, if it holds the word that says what is told of the object: "X of Y", "the siege to Z"."""
    top = parse.tokens[verb.i].head if stands_for_root(parse, verb.i) else verb.i
    words = trim(parse, (verb.i + 1, _end_without_conjuncts(parse, top)))
    inside = [parse.tokens[i] for i in range(*words)]
    at = next((token.i for token in inside if token.text.lower() in needed), None)
    if at is None or at == words[0]:
        return ()
    return _kept(words)


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
        return _kept(trim(parse, (verb.i + 1, last)))
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
    return _kept(trim(parse, (first, max(subtree(parse, token.i)[1] for token in named))))


def _is_small_clause(parse: Parse, token: Token) -> bool:
    """Whether a complement has a subject but no verb: "called [the raid a provocation]"."""
    return (
        token.dep in ("ccomp", "xcomp")
        and token.pos in ("NOUN", "ADJ", "PROPN")
        and not below(parse, token.i, "aux", "mark", "cop")
    )


def _around(parse: Parse, verb: Token, who: Token | None) -> tuple[Range, ...]:
    """The rest of the sentence around a bracketed "…, the mayor said, …", where the parse gives the verb no words."""
    own = _own_clause(parse, verb, who)
    first, last = _between_semicolons(parse, verb)
    left, right = (first, own[0]), (own[1], last)
    pieces = []
    if _closes_with_comma(parse, left) and _has_verb_or_quote(parse, left):
        pieces.append(left)
        if right[1] - right[0] > 2 and parse.tokens[right[0]].text == ",":
            pieces.append(right)
    return tuple(tokens for piece in pieces if (tokens := trim_words(parse, piece)) and tokens[0] < tokens[1])


def _between_semicolons(parse: Parse, verb: Token) -> Range:
    """The verb's sentence, or the part of it between two semicolons."""
    first, last = parse.sentences[verb.sentence]
    walls = [i for i in range(first, last) if parse.tokens[i].text == ";"]
    return max([first, *(i + 1 for i in walls if i < verb.i)]), min([last, *(i for i in walls if i > verb.i)])


def _has_verb_or_quote(parse: Parse, tokens: Range) -> bool:
    return any(parse.tokens[i].tag.startswith("VB") or parse.tokens[i].text == '"' for i in range(*tokens))


def _closes_with_comma(parse: Parse, tokens: Range) -> bool:
    tail = [parse.tokens[i].text for i in range(max(tokens[0], tokens[1] - 2), tokens[1])]
    return "," in tail or "?" in tail


def _own_clause(parse: Parse, verb: Token, who: Token | None) -> Range:
    """The verb with its speaker and what hangs on it, but not the words said."""
    parts = [verb_group(parse, verb.i)]
    if who is not None and who.sentence == verb.sentence:
        parts.append(noun_phrase(parse, who.i))
    for child in below(parse, verb.i, "prep", "dobj", "dative", "npadvmod", "advmod", "advcl", "agent"):
        tokens = subtree(parse, child.i)
        if verb.i not in range(*tokens) and (child.i > verb.i or child.dep == "advmod"):
            parts.append(tokens)
    return min(part[0] for part in parts), max(part[1] for part in parts)


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
    for noun in _preposition_objects(parse, verb.i, frozenset({"to"})):
        if not any(overlaps((noun.i, noun.i + 1), words) for words in said):
            return noun.i
    return None


def _preposition_objects(parse: Parse, verb: int, prepositions: frozenset[str]) -> list[Token]:
    found = []
    for prep in below(parse, verb, "prep", "dative"):
        noun = first_below(parse, prep.i, "pobj")
        if prep.text.lower() in prepositions and noun is not None:
            found.append(noun)
    return found


def _adjuncts(parse: Parse, head: int, said: tuple[Range, ...]) -> tuple[int, ...]:
    """Heads of the phrases that hang on a cue and are not its words."""
    found = []
    for child in below(parse, head, "prep", "npadvmod", "advmod", "advcl", "tmod", "pobj", "dobj"):
        if not any(overlaps((child.i, child.i + 1), words) for words in said):
            found.append(child.i)
    return tuple(found)


def _kept(tokens: Range) -> tuple[Range, ...]:
    return (tokens,) if tokens[0] < tokens[1] else ()


# Passive and unnamed


def _passive(parse: Parse, verb: Token, rows: tuple[Saying, ...]) -> Iterator[Cue]:
    """As in "was reported to have fled", "was accused of fraud by the union", "the raid was condemned by the envoy"."""
    if is_negated(parse, verb.i) or helpers(parse, verb.i) & UNREAL:
        return
    by = agent(parse, verb.i)
    found = ((row, _passive_words(parse, verb, row, by)) for row in rows)
    row, said = next(((row, said) for row, said in found if said), (rows[0], ()))
    if not said:
        return
    quoted = [other for other in rows if "quote" in other.takes and verb.lemma in HEARSAY]
    yield Cue(
        head=verb.i,
        act="thinks" if verb.lemma in ("believe", "think", "understand") else (quoted or [row])[0].act,
        said=said,
        cue=verb_group(parse, verb.i),
        who=by.i if by is not None else None,
        found_by=f"passive:{row.verb}",
        adjuncts=_adjuncts(parse, verb.i, said),
    )


def _passive_words(parse: Parse, verb: Token, row: Saying, by: Token | None) -> tuple[Range, ...]:
    about = first_below(parse, verb.i, "nsubjpass")
    if verb.lemma in HEARSAY and about is not None:
        clause = next((c for c in below(parse, verb.i, "ccomp", "xcomp") if c.i > verb.i), None)
        if clause is not None:
            words = trim_words(parse, subtree(parse, clause.i))
            return (words,) if about.text.lower() == "it" else (noun_phrase(parse, about.i), words)
    if row.act == "accuses" and row.needs:
        prep = next((p for p in below(parse, verb.i, "prep") if p.text.lower() in row.needs), None)
        if prep is not None and about is not None:
            return noun_phrase(parse, about.i), trim(parse, subtree(parse, prep.i))
    if by is not None and "object" in row.takes:
        if about is None and verb.dep == "acl":  # "a claim rejected by the rebels"
            about = parse.tokens[verb.head]
            return (noun_phrase(parse, about.i),) if about.lemma in row.object_like | ACCOUNTS else ()
        told = row.act != "observes" or by.lemma in EYES
        if about is not None and (not row.object_like or about.lemma in row.object_like) and told:
            return (noun_phrase(parse, about.i),)
    return ()


def _cue_before(parse: Parse, token: Token, found: list[Cue]) -> Cue | None:
    """The last cue before "citing" in its sentence."""
    first = parse.sentences[token.sentence][0]
    return max((cue for cue in found if first <= cue.head < token.i), key=lambda cue: cue.head, default=None)


def _lone_hedges(parse: Parse, found: list[Cue], rows: Mapping[str, str]) -> Iterator[Cue]:
    """As in "Two cranes reportedly collapsed": a claim without a told source that nobody's words hold already."""
    said_already = {i for cue in found for words in cue.said for i in range(*words)}
    for token in parse.tokens:
        act = rows.get(token.text.lower())
        if act is None or token.dep != "advmod" or parse.tokens[token.head].pos not in ("VERB", "AUX"):
            continue
        clause = subtree(parse, token.head)
        if token.i in said_already or not has_finite_verb(parse, clause):
            continue
        said = tuple(trim_words(parse, piece) for piece in without(clause, (token.i, token.i + 1)))
        yield Cue(
            head=token.i,
            act=act,
            said=tuple(s for s in said if s[0] < s[1]),
            cue=(token.i, token.i + 1),
            found_by="hedge",
        )


# Nouns and prepositions


def _noun_cue(parse: Parse, noun: Token, act: str) -> Iterator[Cue]:
    clause = next(
        (c for c in below(parse, noun.i, "acl", "ccomp", "relcl") if c.i > noun.i and _is_content(parse, c)), None
    )
    if clause is None:
        return
    owner = first_below(parse, noun.i, "poss")
    if owner is None:
        owner = next(iter(_preposition_objects(parse, noun.i, frozenset({"by", "from"}))), None)
    if owner is None:
        return
    said = _kept(trim_words(parse, subtree(parse, clause.i)))
    yield Cue(head=noun.i, act=act, said=said, cue=(noun.i, noun.i + 1), who=owner.i, found_by=f"noun:{noun.lemma}")


def _is_content(parse: Parse, clause: Token) -> bool:
    """Whether the clause below a noun is what was said, not which one is meant: "that …" with a subject, "to …"."""
    lead = parse.tokens[subtree(parse, clause.i)[0]].text.lower()
    if lead == "to":
        return True
    return lead == "that" and bool(
        [token for token in below(parse, clause.i, "nsubj", "nsubjpass", "expl") if token.text.lower() != "that"]
    )


def _according(parse: Parse, token: Token) -> Iterator[Cue]:
    to = next(
        (
            parse.tokens[i]
            for i in range(token.i + 1, min(token.i + 2, len(parse.tokens)))
            if parse.tokens[i].text.lower() == "to"
        ),
        None,
    )
    if to is None:
        return
    noun = first_below(parse, to.i, "pobj") or first_below(parse, token.i, "pobj")
    if noun is None or noun.lemma in PLANS:
        return
    phrase = (token.i, max(noun_phrase(parse, noun.i)[1], subtree(parse, noun.i)[1]))
    first, last = parse.sentences[token.sentence]
    whole = (
        _between_semicolons(parse, token)
        if _is_behind_comma(parse, token)
        else _claim_around(parse, token, (first, last))
    )
    said = tuple(trim_words(parse, piece) for piece in without(whole, phrase))
    said = tuple(piece for piece in said if piece[1] - piece[0] > 1)
    if said:
        yield Cue(
            head=token.i,
            act="says",
            said=said,
            cue=(token.i, to.i + 1),
            who=noun.i,
            found_by="according_to",
            adjuncts=(token.i,),
        )


def _is_behind_comma(parse: Parse, token: Token) -> bool:
    """Whether ", according to …" closes the sentence and so vouches for the whole of it."""
    return token.i > 0 and parse.tokens[token.i - 1].text == ","


def _claim_around(parse: Parse, token: Token, sentence: Range) -> Range:
    """The clause that "according to" vouches for: that of the verb it hangs on."""
    head = parse.tokens[token.head]
    while head.pos not in ("VERB", "AUX") and head.head != head.i:
        head = parse.tokens[head.head]
    if head.pos not in ("VERB", "AUX") or head.dep in ("relcl", "acl"):
        return sentence
    return subtree(parse, head.i)


def _citations(parse: Parse, found: list[Cue]) -> Iterator[Cue]:
    """As in "…, the agency said, citing the ministry": the ministry's words inside the agency's."""
    by_head = {cue.head: cue for cue in found}
    for token in parse.tokens:
        if token.text.lower() not in ("citing", "quoting") or token.tag != "VBG":
            continue
        noun = first_below(parse, token.i, "dobj", "pobj")
        outer = by_head.get(token.head) or _cue_before(parse, token, found)
        if noun is None or outer is None or not outer.said:
            continue
        said = tuple(
            trim_words(parse, piece) for words in outer.said for piece in without(words, subtree(parse, token.i))
        )
        yield Cue(
            head=token.i,
            act="says",
            said=tuple(words for words in said if words[1] - words[0] > 1),
            cue=(token.i, token.i + 1),
            who=noun.i,
            found_by="citation",
            relay_of=outer.head,
        )
