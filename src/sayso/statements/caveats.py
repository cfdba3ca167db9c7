"""What was not said and what could not be checked: caveats, silences, and how far each reaches."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.cue import Cue
from sayso.statements.rows import Silence, checking_verbs, silences, speaker_kinds
from sayso.statements.shapes import (
    Range,
    agent,
    helpers,
    is_negated,
    is_passive,
    noun_phrase,
    subject,
    subtree,
    trim,
    verb_group,
)

UNABLE = frozenset({"unable", "impossible"})
GIVING = frozenset({"make", "give", "provide", "offer", "present", "release", "set"})
UNSURE = frozenset({"can", "could", "may", "might", "should", "must"})
DECLINED = frozenset({"decline", "refuse"})
OURSELVES = frozenset({"we", "i"})
SITES = frozenset(
    {"site", "scene", "village", "town", "city", "area", "district", "region", "camp", "mine", "hospital", "place"}
)
PLACES = ("GPE", "LOC", "FAC")
SPEAKING = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople"})
PERSONS = ("office", "body", "private", "people", "outfit")


def find_caveats(parse: Parse, knowledge: Knowledge) -> list[Cue]:
    """Every "could not verify", "no comment", "has yet to …" and "did not mention" of a page, in text order."""
    checking, unspoken, nouns = checking_verbs(knowledge), silences(knowledge, "verb"), silences(knowledge, "noun")
    found: list[Cue] = []
    for token in parse.tokens:
        if token.lemma == "confirm" and token.tag.startswith("VB"):
            found.extend(_non_committal(parse, token))
        if token.lemma in checking and token.tag.startswith("VB"):
            takes = checking[token.lemma]
            if takes != "place" or _is_kept_out(parse, token, knowledge):
                found.extend(_unchecked(parse, token, takes))
        if token.lemma in unspoken and token.tag.startswith("VB"):
            row = unspoken[token.lemma]
            found.extend(_unspoken(parse, token, row))
            if row.kind == "reached":
                found.extend(_out_of_reach(parse, token, row, knowledge))
        if token.lemma in unspoken and unspoken[token.lemma].kind == "unanswered":
            found.extend(_unanswered(parse, token, unspoken[token.lemma]))
        if token.lemma == "available":
            found.extend(_unavailable(parse, token))
        if token.lemma in nouns and token.pos == "NOUN":
            found.extend(_no_word(parse, token, nouns[token.lemma]))
    return found


def _unchecked(parse: Parse, verb: Token, takes: str) -> Iterator[Cue]:
    head = _failing(parse, verb)
    if head is None:
        return
    if takes == "question" and not (below(parse, verb.i, "ccomp", "dobj") or _asks_when(parse, verb)):
        return
    cue = (verb_group(parse, head.i)[0], _cue_end(parse, verb, head))
    passive = is_passive(parse, verb.i)
    is_nobody = passive or head.lemma in ("impossible", "possible")
    who = None if is_nobody else _unable(parse, verb, head)
    if who is not None and who.text.lower() == "it" and head.i != verb.i:
        who = None  # "it was not possible to verify": nobody's "it"
    if who is not None and any(owner.text.lower() == "our" for owner in below(parse, who.i, "poss")):
        who = None  # "our desk could not": the report's own people
    said = _after_cue(parse, verb, cue[1])
    if passive:
        about = first_below(parse, verb.i, "nsubjpass")
        said = ((noun_phrase(parse, about.i),) if about is not None else ()) + said
    yield Cue(
        head=verb.i,
        act="cannot_verify",
        said=said,
        cue=cue,
        who=who.i if who is not None else None,
        found_by=f"caveat:{verb.lemma}",
        speaker_is_newsroom=who is None,
    )


def _asks_when(parse: Parse, verb: Token) -> bool:
    """Whether an indirect question follows at once that the parse took for a time: "could not establish when …"."""
    return any(subtree(parse, clause.i)[0] == verb.i + 1 for clause in below(parse, verb.i, "advcl"))


def _is_kept_out(parse: Parse, verb: Token, knowledge: Knowledge) -> bool:
    """Whether it is the report's own people who could not come to a place."""
    head, goal = _failing(parse, verb), first_below(parse, verb.i, "dobj")
    if head is None or goal is None or not (goal.lemma in SITES or goal.ent in PLACES):
        return False
    return _is_newsroom(_unable(parse, verb, head), knowledge)


def _is_newsroom(who: Token | None, knowledge: Knowledge) -> bool:
    if who is None:
        return False
    kinds = speaker_kinds(knowledge)
    return who.text.lower() in OURSELVES or "newsroom" in (kinds.get(who.lemma), kinds.get(who.text.casefold()))


def _unable(parse: Parse, verb: Token, head: Token) -> Token | None:
    """Who could not check; in "is in no position to say", not the position."""
    own = subject(parse, verb.i) if verb.dep != "relcl" else None
    return own or subject(parse, head.i)


def _failing(parse: Parse, verb: Token) -> Token | None:
    """The word the failure hangs on: the verb itself in "could not verify", "unable" in "was unable to verify"."""
    aids = helpers(parse, verb.i)
    negated = is_negated(parse, verb.i) or _has_neither(parse, verb)
    if negated and _is_beside_denial(parse, verb):
        return None
    if negated and (aids & {"can", "could", "ca"} or is_passive(parse, verb.i)):
        return verb
    above = parse.tokens[verb.head]
    if "to" not in aids or verb.dep not in ("xcomp", "acl", "advcl", "ccomp", "csubj", "relcl"):
        return None
    predicate = next((token.lemma for token in below(parse, above.i, "acomp", "oprd") if token.i < verb.i), "")
    if above.pos == "AUX" and predicate in UNABLE:
        return above
    if above.pos == "AUX" and predicate in ("able", "possible"):
        return above if is_negated(parse, above.i) else None
    if above.lemma in UNABLE:
        return parse.tokens[above.head] if parse.tokens[above.head].pos == "AUX" else above
    if above.lemma in ("able", "possible", "position"):
        holder = parse.tokens[above.head]
        if above.lemma == "position":  # "is not in a position to"
            holder = parse.tokens[holder.head]
        return holder if is_negated(parse, holder.i) else None
    return None


def _has_neither(parse: Parse, verb: Token) -> bool:
    """Whether the subject holds the negation: "neither claim could be confirmed"."""
    who = first_below(parse, verb.i, "nsubj", "nsubjpass")
    return who is not None and any(
        token.text.lower() in ("neither", "no", "none") for token in below(parse, who.i, "det", "preconj", "nmod")
    )


def _is_beside_denial(parse: Parse, verb: Token) -> bool:
    """Whether the verb is coordinated with "deny": "neither confirmed nor denied" is a silence."""
    pair = [*below(parse, verb.i, "conj"), parse.tokens[verb.head]]
    return any(token.lemma == "deny" for token in pair)


def _non_committal(parse: Parse, verb: Token) -> Iterator[Cue]:
    """As in "neither confirmed nor denied involvement", "would not confirm or deny it": one silence, no denial."""
    denial = next((token for token in below(parse, verb.i, "conj") if token.lemma == "deny"), None)
    if denial is None or not (is_negated(parse, verb.i) or _has_neither(parse, verb) or _says_neither(parse, verb)):
        return
    who = subject(parse, verb.i)
    first = min(
        [verb.i, *(token.i for token in below(parse, verb.i, "preconj", "cc", "neg", "aux") if token.i < verb.i)]
    )
    said = trim(parse, (first, subtree(parse, denial.i)[1]))
    yield Cue(
        verb.i,
        "no_comment",
        (said,),
        who=who.i if who is not None else None,
        silence="declined",
        found_by="silence:confirm_or_deny",
    )


def _says_neither(parse: Parse, verb: Token) -> bool:
    return any(token.text.lower() == "neither" for token in parse.tokens[max(verb.i - 2, 0) : verb.i])


def _cue_end(parse: Parse, verb: Token, head: Token) -> int:
    """The first token after "could not", "was unable to"."""
    if head.i != verb.i:
        to = first_below(parse, verb.i, "aux")
        return to.i + 1 if to is not None else verb.i
    denial = [token.i for token in below(parse, verb.i, "neg")] or [token.i for token in below(parse, verb.i, "aux")]
    return max(denial) + 1 if denial else verb.i


def _after_cue(parse: Parse, verb: Token, start: int) -> tuple[Range, ...]:
    """The verb with its manner and object, up to where the clause goes on with something else."""
    last = verb.i + 1
    for child in below(parse, verb.i, "dobj", "ccomp", "prep", "xcomp", "advmod", "prt", "advcl"):
        if child.i > verb.i and (child.dep != "advcl" or subtree(parse, child.i)[0] == verb.i + 1):
            last = max(last, subtree(parse, child.i)[1])
    tokens = trim(parse, (start, last))
    return (tokens,) if tokens[0] < tokens[1] else ()


def _unspoken(parse: Parse, verb: Token, row: Silence) -> Iterator[Cue]:
    found = _silence(parse, verb, row)
    if found is None:
        return
    silence, cue, start = found
    if not _is_about_speech(parse, verb, row):
        return
    who = _silent_one(parse, verb)
    said = _after_cue(parse, verb, start)
    if who is not None and is_passive(parse, verb.i) and row.kind != "reached":
        said = ((start, verb.i + 1),)
    yield Cue(
        head=verb.i,
        act="no_comment",
        silence=silence,
        said=said,
        cue=cue,
        who=who.i if who is not None else None,
        found_by=f"silence:{row.word}",
    )


def _silence(parse: Parse, verb: Token, row: Silence) -> tuple[str, Range, int] | None:
    """Which silence, its cue, and where its words begin."""
    aids, above = helpers(parse, verb.i), parse.tokens[verb.head]
    to = first_below(parse, verb.i, "aux")
    if "to" in aids and verb.dep == "xcomp" and to is not None:
        if above.lemma in DECLINED and not is_negated(parse, above.i):
            return "declined", verb_group(parse, above.i), to.i
        if any(token.text.lower() == "yet" for token in parse.tokens[above.i : verb.i]) and above.lemma in (
            "have",
            "be",
        ):
            return "yet_to", (above.i, to.i + 1), to.i + 1
    if row.kind == "reached":
        return _unreached(parse, verb, row)
    nor = next((token.i for token in parse.tokens[max(verb.i - 4, 0) : verb.i] if token.text.lower() == "nor"), None)
    if nor is not None and parse.tokens[nor + 1].pos == "AUX":
        return _past(parse, verb, row), (nor, nor + 1), nor + 1
    if _has_neither(parse, verb) and row.kind == "answer" and not aids & UNSURE:
        group = verb_group(parse, verb.i)
        return _past(parse, verb, row) if not row.needs else row.silence, (group[0], verb.i), verb.i
    if not is_negated(parse, verb.i):
        return None
    denial = [token for token in parse.tokens[verb_group(parse, verb.i)[0] : verb.i] if token.dep == "neg"]
    if not denial or aids & UNSURE:
        return None
    first = min((token.i for token in below(parse, verb.i, "aux", "auxpass", "neg")), default=verb.i)
    silence = "declined" if aids & {"will", "would", "wo"} and row.kind != "mention" else _past(parse, verb, row)
    return silence, (first, denial[-1].i + 1), denial[-1].i + 1


def _unreached(parse: Parse, verb: Token, row: Silence) -> tuple[str, Range, int] | None:
    """As in "could not be reached for comment"."""
    denial = first_below(parse, verb.i, "neg")
    if not is_passive(parse, verb.i) or denial is None or not helpers(parse, verb.i) & {"can", "could", "ca"}:
        return None
    return row.silence, (verb_group(parse, verb.i)[0], denial.i + 1), denial.i + 1


def _past(parse: Parse, verb: Token, row: Silence) -> str:
    """A "did not comment" or "has not commented" is no comment so far; only "has not yet" is one still to come.

    Who was asked and does not go into it has not answered: "Asked for evidence, the ministry did not elaborate".
    """
    if row.kind == "answer":
        is_to_come = any(token.text.lower() == "yet" for token in below(parse, verb.i, "advmod"))
        return "yet_to" if is_to_come and "have" in helpers(parse, verb.i) else "none_yet"
    asked = any(token.lemma in ("ask", "press") for token in below(parse, verb.i, "advcl") if token.tag == "VBN")
    return "none_yet" if asked and row.kind == "detail" else row.silence


def _out_of_reach(parse: Parse, verb: Token, row: Silence, knowledge: Knowledge) -> Iterator[Cue]:
    """As in "Northwire could not reach the mayor for comment", "we were unable to reach the spokesman"."""
    head, whom = _failing(parse, verb), first_below(parse, verb.i, "dobj")
    if head is None or whom is None or whom.lemma in SITES or whom.ent in PLACES:
        return
    first, last = subtree(parse, verb.i)
    for_comment = any(parse.tokens[i].lemma == "comment" for i in range(max(first, verb.i), last))
    is_speaker = whom.pos != "PROPN" and speaker_kinds(knowledge).get(whom.lemma) in PERSONS
    if not (
        for_comment or whom.lemma in SPEAKING or (is_speaker and _is_newsroom(_unable(parse, verb, head), knowledge))
    ):
        return
    start = _cue_end(parse, verb, head)
    yield Cue(
        head=verb.i,
        act="no_comment",
        silence=row.silence,
        said=_after_cue(parse, verb, start),
        cue=(verb_group(parse, head.i)[0], start),
        who=whom.i,
        found_by="silence:reach",
    )


def _unanswered(parse: Parse, token: Token, row: Silence) -> Iterator[Cue]:
    """As in "left our questions unanswered", "calls to the ministry went unanswered"."""
    first = parse.sentences[token.sentence][0]
    verb = next((t for t in reversed(parse.tokens[first : token.i]) if t.lemma in ("leave", "go", "remain")), None)
    if verb is None or verb.lemma == "remain" or not verb.tag.startswith("VB") or is_negated(parse, verb.i):
        return
    if verb.lemma == "leave" and not is_passive(parse, verb.i):
        who, said = subject(parse, verb.i), (verb.i + 1, token.i + 1)
    else:
        asked = first_below(parse, verb.i, "nsubj", "nsubjpass")
        to = next((t for t in below(parse, asked.i, "prep", "acl") if t.text.lower() == "to"), None) if asked else None
        who, said = first_below(parse, to.i, "pobj") if to is not None else None, (token.i, token.i + 1)
    if who is None:
        return
    yield Cue(
        head=token.i,
        act="no_comment",
        silence=row.silence,
        said=(trim(parse, said),),
        cue=verb_group(parse, verb.i),
        who=who.i,
        found_by="silence:unanswered",
    )


def _is_about_speech(parse: Parse, verb: Token, row: Silence) -> bool:
    if not row.needs or "yet" in {token.text.lower() for token in parse.tokens[max(verb.i - 3, 0) : verb.i]}:
        return True
    below_verb = range(*subtree(parse, verb.i))
    return any(parse.tokens[i].text.lower() in row.needs for i in below_verb)


def _silent_one(parse: Parse, verb: Token) -> Token | None:
    """Who kept silent; in "nor did it stand in the communiqué", the communiqué."""
    if is_passive(parse, verb.i) and verb.lemma != "reach":
        for prep in below(parse, verb.i, "prep"):
            if prep.text.lower() in ("in", "by"):
                return first_below(parse, prep.i, "pobj")
        return None
    return subject(parse, verb.i)


def _unavailable(parse: Parse, token: Token) -> Iterator[Cue]:
    """As in "was not immediately available for comment"."""
    holder = parse.tokens[token.head]
    first, last = subtree(parse, token.i)
    if not is_negated(parse, holder.i) or not any(parse.tokens[i].lemma == "comment" for i in range(first, last)):
        return
    who = subject(parse, holder.i)
    denial = first_below(parse, holder.i, "neg")
    start = denial.i + 1 if denial is not None else holder.i + 1
    yield Cue(
        head=token.i,
        act="no_comment",
        silence="none_yet",
        said=(trim(parse, (start, last)),),
        cue=(holder.i, start),
        who=who.i if who is not None else None,
        found_by="silence:available",
    )


def _no_word(parse: Parse, noun: Token, row: Silence) -> Iterator[Cue]:
    """As in "There was no immediate comment from …", "made no mention of …"."""
    no = next((token for token in below(parse, noun.i, "det", "neg", "advmod") if token.text.lower() == "no"), None)
    if no is None:
        return
    owner = next(
        (first_below(parse, prep.i, "pobj") for prep in below(parse, noun.i, "prep") if prep.text.lower() == "from"),
        None,
    )
    above = parse.tokens[noun.head]
    if owner is None:
        owner = next(
            (
                first_below(parse, prep.i, "pobj")
                for prep in below(parse, above.i, "prep")
                if prep.text.lower() == "from" and prep.i > noun.i
            ),
            None,
        )
    if row.needs and not any(parse.tokens[i].text.lower() in row.needs for i in range(*subtree(parse, noun.i))):
        return
    made = above.lemma in GIVING and noun.dep in ("dobj", "nsubjpass", "attr")
    if not made and (
        row.silence == "not_mentioned" or (above.lemma not in ("be", "come", "receive") and above.i != noun.i)
    ):
        return
    if made:
        owner = subject(parse, above.i) if noun.dep != "nsubjpass" else agent(parse, above.i)
    if owner is None and above.lemma == "receive":
        owner = _asked(parse, above)
    described = any(token.lemma in ("immediate", "official", "public") for token in below(parse, noun.i, "amod"))
    if owner is None and not made and above.lemma != "receive" and not described:
        return
    whole = (made and noun.dep != "nsubjpass") or bool(row.needs)
    last = subtree(parse, noun.i)[1] if whole else noun.i + 1
    if whole:  # "made no statement [on the raid]"
        last = max([last, *(subtree(parse, p.i)[1] for p in below(parse, above.i, "prep") if p.i == last)])
    yield Cue(
        head=noun.i,
        act="no_comment",
        silence=row.silence,
        said=(trim(parse, (no.i, last)),),
        cue=verb_group(parse, above.i) if made else None,
        who=owner.i if owner is not None else None,
        found_by=f"silence:no_{noun.lemma}",
    )


def _asked(parse: Parse, receive: Token) -> Token | None:
    """Who gave no reply: in "wrote to the council but received no reply", the council."""
    asking = parse.tokens[receive.head]
    if receive.dep != "conj":
        return None
    to = next((prep for prep in below(parse, asking.i, "prep", "dative") if prep.text.lower() == "to"), None)
    return first_below(parse, to.i, "pobj") if to is not None else first_below(parse, asking.i, "dobj", "dative")
