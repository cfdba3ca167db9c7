"""Where a report tells that somebody speaks: verbs, nouns, prepositions and hedges, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.channels import Carriers, carriers
from sayso.statements.contents import (
    ACCOUNTS,
    adjuncts,
    goes_on_higher,
    own_clause,
    preposition_objects,
    subject_of_next,
    words_said,
)
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
    subtree,
    trim,
    trim_words,
    verb_group,
    without,
)
from sayso.statements.unnamed import lone_hedge_cues, passive_cue
from sayso.statements.unspoken import is_unspoken

CALLING = frozenset({"calls_for", "orders", "asks", "observes", "thinks", "announces", "promises"})
"""Acts whose words tell where or how something is to be: "asked for an inquiry in a report" may be either."""
THROUGH = frozenset({"in", "on", "via", "through", "by"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "noone"})
NOT_YET = frozenset({"without", "before", "of", "from", "for", "about"})
LIFTS = frozenset({"go", "continue", "appear", "seem", "happen", "proceed", "come", "use", "begin", "start"})
CITING = frozenset({"cite", "quote"})
CONDITIONS = frozenset({"if", "unless", "whether"})


def find_cues(parse: Parse, knowledge: Knowledge) -> list[Cue]:
    """All verbs, nouns, prepositions and hedges of a page that tell of saying, in text order."""
    found: list[Cue] = []
    verbs, nouns, kinds = sayings(knowledge), naming_nouns(knowledge), speaker_kinds(knowledge)
    for token in parse.tokens:
        if token.lemma in CITING and token.tag.startswith("VB") and (cited := _cited(parse, token)) is not None:
            found.append(cited)
        elif token.tag.startswith("VB") and (rows := verbs.get(token.text.lower()) or verbs.get(token.lemma)):
            found.extend(_verb_cue(parse, token, rows, kinds))
        elif token.pos == "NOUN" and token.lemma in nouns:
            found.extend(noun_cue(parse, token, nouns[token.lemma]))
        elif token.text.lower() == "according":
            found.extend(according_cue(parse, token))
    through = carriers(knowledge)
    found = [_free_of_channel(parse, cue, through) for cue in found]
    found.extend(citations(parse, found))
    found.extend(lone_hedge_cues(parse, found, lone_hedges(knowledge)))
    return sorted(found, key=lambda cue: cue.head)


def _cited(parse: Parse, verb: Token) -> Cue | None:
    """As in "a cable cites an officer as having counted nine": the officer's words, through the cable."""
    who, cites = first_below(parse, verb.i, "dobj"), first_below(parse, verb.i, "nsubj")
    prep = next((prep for prep in below(parse, verb.i, "prep") if prep.text.lower() == "as"), None)
    clause = first_below(parse, prep.i, "pcomp") if prep is not None else None
    if who is None or cites is None or clause is None or clause.lemma in ("say", "tell") or not is_told(parse, verb.i):
        return None
    return Cue(
        head=verb.i,
        act="says",
        said=(trim_words(parse, subtree(parse, clause.i)),),
        cue=verb_group(parse, verb.i),
        who=who.i,
        found_by=f"verb:{verb.lemma}",
    )


def _free_of_channel(parse: Parse, cue: Cue, through: Carriers) -> Cue:
    """The cue without "in an email to the agency" in its words, where they are a noun and what hangs on it."""
    if len(cue.said) != 1 or cue.act in CALLING:
        return cue
    words = cue.said[0]
    thing = parse.tokens[next((i for i in range(*words) if parse.tokens[i].dep == "dobj"), words[0])]
    if thing.head != cue.head or thing.dep != "dobj" or thing.lemma in through.nouns:
        return cue
    for prep in below(parse, thing.i, "prep"):
        noun = first_below(parse, prep.i, "pobj")
        if noun is None or prep.text.lower() not in THROUGH or not _is_channel(parse, noun, through):
            continue
        pieces = [trim(parse, piece) for piece in without(words, subtree(parse, prep.i))]
        said = tuple(piece for piece in pieces if piece[0] < piece[1])
        return replace(cue, said=said) if said else cue
    return cue


def _is_channel(parse: Parse, noun: Token, through: Carriers) -> bool:
    """Whether a phrase is of something spoken through ("X", "an email", "his sermon"), not about it ("the report")."""
    if noun.text[0].isupper() and noun.text.casefold() in through.names:
        return True
    lead = first_below(parse, noun.i, "det", "poss")
    is_known = lead is not None and lead.text.lower() in ("the", "that", "this", "any")
    return noun.lemma in through.nouns and not is_known


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
    if is_unspoken(parse, token):
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
    before = parse.tokens[verb.head]
    if verb.dep == "conj" and not below(parse, verb.i, *SUBJECTS):
        second = subject_of_next(parse, before)
        if second is not None and second.i < verb.i:
            return second
        if goes_on_higher(parse, verb):
            return subject(parse, before.head)
    if verb.dep == "pcomp" and parse.tokens[before.head].lemma in CITING and not is_passive(parse, before.head):
        return first_below(parse, before.head, "dobj") or subject(parse, verb.i)
    own = subject(parse, verb.i) or _inverted_subject(parse, verb)
    if own is not None:
        return own
    named = name_before(parse, verb)
    return head_of(parse, named) if named is not None else None


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
