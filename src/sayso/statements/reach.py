"""How far a denial, a caveat or a silence reaches: which statements around it are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.models.parsing import Parse, Token, below, first_below
from sayso.statements.cue import Cue
from sayso.statements.shapes import UNREAL, Range, helpers, is_negated

EMPTY = frozenset(
    {
        "be",
        "have",
        "do",
        "say",
        "report",
        "claim",
        "account",
        "allegation",
        "accusation",
        "it",
        "this",
        "that",
        "any",
        "people",
        "other",
        "such",
    }
)
CLAIMS = frozenset(
    {
        "account",
        "accusation",
        "allegation",
        "assertion",
        "charge",
        "claim",
        "figure",
        "information",
        "insinuation",
        "report",
        "rumour",
        "rumor",
        "statement",
        "story",
        "suggestion",
        "toll",
        "version",
    }
)
"""Nouns for what others said: a caveat, a denial or a label on one of them points at it."""
POINTERS = CLAIMS | {"it", "this", "that", "them", "these", "those", "responsibility", "involvement", "role", "part"}
FIGURES = frozenset({"figure", "figures", "toll", "tolls", "number", "numbers", "count", "counts"})
PAIRS = frozenset({"either", "both", "neither", "competing", "conflicting", "rival"})
BROAD = frozenset({"battlefield", "fighting", "war", "frontline", "front"})
FOOTAGE = frozenset({"video", "videos", "footage", "clip", "clips", "image", "images", "photo", "photos", "filmed"})
SHOWN = frozenset(
    {"video", "footage", "clip", "image", "imagery", "photo", "photograph", "picture", "film", "recording"}
)
QUESTIONS = frozenset({"who", "whose", "how", "what", "where", "which", "whether", "why"})
BLAME = frozenset({"responsible", "responsibility", "blame", "behind"})
MANY = frozenset({"many", "much", "number"})
REMARKS = frozenset({"remark", "comment", "speech", "proposal", "idea", "plan", "offer", "criticism", "request"})
"""Nouns for words that tell no deed: who dismisses them denies nothing."""
SPEECH = frozenset({"accuse", "blame", "condemn", "criticize", "inform", "promise", "say", "tell", "warn"})
"""Verbs of speaking: who denies that somebody spoke answers no deed."""
FIGHTING = frozenset({"attack", "damage", "killing", "withdrawal"})
DEEDS_OF_WAR = FIGHTING | {
    "abduction",
    "armed_clash",
    "arrest",
    "atrocity",
    "displacement",
    "graves_found",
    "invasion",
    "looting",
    "mine",
    "offensive",
    "sexual_violence",
    "siege",
    "territory",
    "torture",
}
"""Families of deeds that somebody answers for."""
EVERYDAY = frozenset(
    {"base_established", "defence_strengthening", "talks", "visit", "aid", "mobilisation", "agreement"}
)
"""Families whose verbs say too little to tie two sayings by them alone: to build, to meet, to open."""
VICTIMS = frozenset({"civilian", "resident", "villager", "people", "child", "inhabitant"})
CASUALTIES = frozenset({"toll", "dead", "casualty", "victim", "body", "wounded", "injured", "death", "number"})
SUCH = frozenset({"such", "these", "those"})
STANDING = frozenset({"always", "repeatedly", "consistently", "routinely", "regularly", "long", "often"})
OWN = frozenset({"it", "its", "they", "their", "we", "our", "i", "he", "she"})
FOREVER = ("VBZ", "VBP")
REMEMBERED = 200
"""How many statements back a denial or a caveat may reach."""
BEHIND = 20
"""How many statements on a denial may find what it answers."""
UNTOLD = ("cannot_verify", "no_comment", "thinks", "observes", "compares")
REACHING = ("denies", "retracts", "says", "labels", "criticizes", "refuses", "cannot_verify", "no_comment")
WISHES = ("calls_for", "orders", "asks", "promises", "threatens", "refuses", "predicts")
"""Acts that claim nothing to have happened: nobody denies or checks them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A statement already found, as far as reach needs it."""

    number: int
    act: str
    source: int
    party: str | None
    said: tuple[Range, ...]
    section: int
    paragraph: int
    is_newsroom: bool
    is_private: bool
    is_nested: bool
    countries: frozenset[str] = frozenset()  # of the speaker's side or office
    places: frozenset[str] = frozenset()  # the towns, and the sides, named in the words


Reach = tuple[tuple[int, ...], str | None]
Deeds = Mapping[str, str]
"""Which family of deeds a verb or noun tells of, from the rows of event_kinds."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What the words of a caveat name: sides ("the Upland reports"), sources ("the mayor's account"), places."""

    countries: frozenset[str] = frozenset()
    sources: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()


def reached(parse: Parse, cue: Cue, here: Earlier, around: list[Earlier], pointed: Pointed, deeds: Deeds) -> Reach:
    """The numbers of the statements reached and whether the reach is specific or general.

    `around` are the statements before this one and, where known, those after it: a denial that finds nothing
    before it may answer what is told right behind it.
    """
    if cue.act not in REACHING or (cue.act == "says" and not _is_own_denial(parse, here.said)):
        return (), None
    before = [one for one in around[-REMEMBERED - BEHIND :] if one.number < here.number]
    match cue.act:
        case "denies":
            opposed = _opposed(parse, _claims(before, here, nested=True), here)
            return _denied(parse, cue, here, opposed, _behind(parse, around, here), deeds)
        case "says":
            return _denied_by_words(parse, here, before, around, deeds)
        case "retracts":
            own = [one for one in before if one.source == here.source and one.act not in UNTOLD + WISHES]
            return _numbers(_of_section(own, here)[-1:]), "specific"
        case "labels" | "criticizes" | "refuses":
            return _dismissed(parse, here, before)
        case "cannot_verify":
            return _unverified(parse, here, before, pointed, deeds)
        case "no_comment":
            return _uncommented(parse, cue, here, _claims(before, here), deeds), None
        case _:
            return (), None


def _behind(parse: Parse, around: list[Earlier], here: Earlier) -> list[Earlier]:
    """What others tell in this paragraph or the next one behind a denial."""
    after = [one for one in around[-BEHIND:] if one.number > here.number]
    near = [one for one in _claims(after, here) if one.paragraph <= here.paragraph + 1]
    return _of_section(_opposed(parse, near, here), here)


def _claims(told: list[Earlier], here: Earlier, *, nested: bool = False) -> list[Earlier]:
    """What others, and not the newsroom, tell to have happened."""
    return [
        one
        for one in told
        if one.act not in UNTOLD + WISHES
        and not one.is_newsroom
        and one.source != here.source
        and (nested or not (one.is_nested or one.act == "labels"))
    ]


# Denials


def _denied(parse: Parse, cue: Cue, here: Earlier, opposed: list[Earlier], later: list[Earlier], deeds: Deeds) -> Reach:
    words = _content(parse, here.said)
    if _is_of_a_remark(parse, here) or _is_of_speech(parse, here):
        return (), None
    if words & POINTERS and _is_mutual(parse, cue, here):
        section = _of_section(opposed, here)
        return _numbers(one for one in section if one.source in _last_origins(section)), "specific"
    if not words - POINTERS:
        return _numbers(_charged(parse, here, _of_section(opposed, here))), "specific"
    figure = _figure_denied(parse, here, _of_section(opposed, here))
    if figure:
        return _numbers(figure), "specific"
    such = _such(parse, here, _of_section(opposed, here))
    if such:
        return _numbers(such), "general"
    if _is_standing(parse, cue, here):
        return _numbers(_touched(parse, here, _of_section(opposed, here), words, deeds)), "general"
    found = _answered(parse, here, opposed, words, deeds) or _alike(parse, later, words, deeds)
    if found:
        return _numbers(found), "specific"
    near = [one for one in _of_section(opposed, here) if one.paragraph >= here.paragraph - 2]
    if _towns(here.places):
        return (), "general"
    charges = [one for one in near if _is_charge(one, here)] or [one for one in near if one.places & here.countries]
    return _numbers(charges[-1:]), "general"


def _figure_denied(parse: Parse, here: Earlier, section: list[Earlier]) -> list[Earlier]:
    """What "dismissed the number as …" points at: the last that gives one, with whom it cites."""
    first = next((parse.tokens[i] for words in here.said for i in range(*words) if parse.tokens[i].pos == "NOUN"), None)
    if first is None or first.text.lower() not in FIGURES:
        return []
    counted = _counted(parse, section)
    return [one for one in counted if one.said == counted[-1].said]


def _such(parse: Parse, here: Earlier, section: list[Earlier]) -> list[Earlier]:
    """The last that tells of "such weapons", "these raids": of the thing that is named again."""
    named = {
        parse.tokens[i].lemma
        for words in here.said
        for i in range(*words)
        if parse.tokens[i].pos == "NOUN"
        and any(t.text.lower() in SUCH for t in below(parse, i, "amod", "det", "predet"))
    }
    return [one for one in section if named & _content(parse, one.said)][-1:] if named else []


def _opposed(parse: Parse, told: list[Earlier], here: Earlier) -> list[Earlier]:
    """What a denial can answer: what others tell, but their own denials and what they say will be."""
    return [
        one
        for one in told
        if one.act != "denies" and not _same_side(one, here) and not (one.said and _is_undone(parse, one.said[0]))
    ]


def _is_undone(parse: Parse, words: Range) -> bool:
    """Whether a clause tells of nothing done: "it would not send anyone", "we do not strike homes"."""
    verb = _verb_of(parse, words)
    return bool(helpers(parse, verb) & UNREAL) or (is_negated(parse, verb) and _is_of_oneself(parse, words))


def _is_of_a_remark(parse: Parse, here: Earlier) -> bool:
    return bool(here.said) and any(
        token.lemma in REMARKS and token.head not in range(*here.said[0])
        for token in parse.tokens[here.said[0][0] : here.said[0][1]]
    )


def _is_of_speech(parse: Parse, here: Earlier) -> bool:
    """Whether what is denied is that somebody spoke: "denied that the police had told parents of a raid"."""
    verb = parse.tokens[_verb_of(parse, here.said[0])] if here.said else None
    return verb is not None and verb.pos == "VERB" and verb.lemma in SPEECH


def _is_standing(parse: Parse, cue: Cue, here: Earlier) -> bool:
    """Whether a denial is one of long standing ("has always denied targeting civilians"), not of one deed."""
    if _towns(here.places) or any(
        parse.tokens[i].ent in ("DATE", "TIME") for words in here.said for i in range(*words)
    ):
        return False
    manner = {token.text.lower() for token in below(parse, cue.head, "advmod")}
    return "have" in helpers(parse, cue.head) or parse.tokens[cue.head].tag in FOREVER or bool(manner & STANDING)


def _answered(parse: Parse, here: Earlier, opposed: list[Earlier], words: set[str], deeds: Deeds) -> list[Earlier]:
    """What a denial of one deed answers: who tells such a deed of the denier, at its place, or at all."""
    section = _of_section(opposed, here)
    alike = _alike(parse, section, words, deeds)
    there = [one for one in alike if _towns(one.places) & _towns(here.places)]
    if not alike and _towns(here.places):
        there = [one for one in _alike(parse, opposed, words, deeds) if _towns(one.places) & _towns(here.places)]
    return there or [one for one in alike if _is_charge(one, here)] or alike


def _touched(parse: Parse, here: Earlier, section: list[Earlier], words: set[str], deeds: Deeds) -> list[Earlier]:
    """The last allegation that a standing denial touches: of such a deed by the denier, of any deed of his, of such."""
    alike = _alike(parse, section, words, deeds)
    charges = [one for one in section if _is_charge(one, here)]
    theirs = [one for one in alike if one in charges]
    near = [one for one in charges if one.paragraph == here.paragraph]
    named = _lemmas(parse, here)
    hurt = [one for one in alike if named & VICTIMS and _kinds(_content(parse, one.said), deeds) & {"killing"}]
    anywhere = charges if named & VICTIMS else []
    beside = [one for one in section if _sentence(parse, one) == _sentence(parse, here)]
    return theirs[-1:] or near[-1:] or hurt[-1:] or alike[-1:] or anywhere[-1:] or beside[-1:]


def _charged(parse: Parse, here: Earlier, section: list[Earlier]) -> list[Earlier]:
    """What "it" or "the charge" points at: the last charge against the denier, with what its teller says beside it."""
    section = [one for one in section if one.act != "labels"]
    charges = [one for one in section if _is_charge(one, here)]
    named = [one for one in section if one.places & here.countries]
    open_ones = [one for one in section if one.act == "accuses" and not _names_another(one, here)]
    near = [one for one in section if one.act == "accuses" and one.paragraph >= here.paragraph - 1]
    last = _latest(charges, open_ones) or (named or near or section)[-1:]
    if not last or _names_another(last[0], here):
        return [one for one in section if last and _is_beside(parse, one, last[0])]
    return [one for one in section if _is_beside(parse, one, last[0]) and not _names_another(one, here)]


def _latest(charges: list[Earlier], open_ones: list[Earlier]) -> list[Earlier]:
    """The last charge against the one who speaks, unless an accusation of nobody named comes after it."""
    return sorted([*charges, *open_ones], key=lambda one: one.number)[-1:]


def _is_charge(one: Earlier, here: Earlier) -> bool:
    """Whether a statement has the side that speaks here do something, or accuses it."""
    doers = {DOER + side.removeprefix(SIDE) for side in here.countries}
    return bool(one.places & doers) or (one.act == "accuses" and bool(one.places & here.countries))


def _is_beside(parse: Parse, one: Earlier, other: Earlier) -> bool:
    return one.source == other.source and _sentence(parse, one) == _sentence(parse, other)


def _sentence(parse: Parse, one: Earlier) -> int:
    return parse.tokens[one.said[-1][0]].sentence if one.said else -1


def _names_another(one: Earlier, here: Earlier) -> bool:
    sides = {place for place in one.places if place.startswith(SIDE)}
    return bool(sides) and not sides & here.countries


def _alike(parse: Parse, section: list[Earlier], words: set[str], deeds: Deeds) -> list[Earlier]:
    return [one for one in section if _share(words, _content(parse, one.said), deeds)]


def _share(words: set[str], others: set[str], deeds: Deeds) -> bool:
    """Whether two sayings speak of the same deed: by two words of content, or by words for one kind of deed."""
    return len(words & others) >= 2 or bool((_kinds(words, deeds) & _kinds(others, deeds)) - EVERYDAY)


def _kinds(words: set[str], deeds: Deeds) -> set[str]:
    return {deeds[word] for word in words if word in deeds}


def _is_mutual(parse: Parse, cue: Cue, here: Earlier) -> bool:
    """Whether two sides deny at once: "each government denied the other's charge"."""
    near = [parse.tokens[i].text.lower() for words in here.said for i in range(*words)]
    if cue.who is not None:
        near += [parse.tokens[i].text.lower() for i in (cue.who, *parse.children[cue.who])]
    return bool({"each", "both", "other"} & set(near))


def _denied_by_words(parse: Parse, here: Earlier, before: list[Earlier], around: list[Earlier], deeds: Deeds) -> Reach:
    """As in "said its guns had not fired", "says it fired only at columns": a denial without the verb."""
    words = _content(parse, here.said)
    opposed = _opposed(parse, _claims(before, here), here)
    found = _answered(parse, here, opposed, words, deeds) if words - POINTERS else []
    if not words - POINTERS:
        found = _charged(parse, here, _of_section(opposed, here))
    elif not found:
        found = _alike(parse, _behind(parse, around, here), words, deeds)
    return _numbers(found), "specific" if found else None


def _is_own_denial(parse: Parse, said: tuple[Range, ...]) -> bool:
    """Whether a clause in nobody's quotation marks denies what its speaker would have done."""
    words = said[0] if said else (0, 0)
    if words[0] == words[1] or not _is_of_oneself(parse, words) or _is_quoted(parse, words):
        return False
    verb = _verb_of(parse, words)
    if helpers(parse, verb) & UNREAL or _is_of_always(parse, verb):
        return False
    return is_negated(parse, verb) or _is_only(parse, verb) or _has_nothing(parse, verb)


def _is_of_always(parse: Parse, verb: int) -> bool:
    """As in "it does not target civilians": what one never does, not what one did not do."""
    aids = [parse.tokens[child].tag for child in parse.children[verb] if parse.tokens[child].dep == "aux"]
    tags = aids or [parse.tokens[verb].tag]
    return tags[0] in FOREVER and "have" not in helpers(parse, verb) and "be" not in helpers(parse, verb)


def _is_of_oneself(parse: Parse, words: Range) -> bool:
    return any(parse.tokens[i].text.lower() in OWN for i in range(words[0], min(words[0] + 3, words[1])))


def _verb_of(parse: Parse, words: Range) -> int:
    """The word of a clause that the rest hangs on."""
    tokens = range(*words)
    return next((i for i in tokens if parse.tokens[i].head not in tokens or parse.tokens[i].head == i), words[0])


def _is_quoted(parse: Parse, words: Range) -> bool:
    first = parse.tokens[words[0]]
    before = parse.tokens[words[0] - 1] if words[0] else None
    return before is not None and before.text in QUOTES and before.sentence == first.sentence


def _is_only(parse: Parse, verb: int) -> bool:
    return any(token.text.lower() == "only" for token in parse.tokens[verb + 1 : verb + 3])


def _has_nothing(parse: Parse, verb: int) -> bool:
    """As in "had nothing to do with it", "played no part in it"."""
    thing = first_below(parse, verb, "dobj", "attr")
    if thing is None:
        return False
    no = first_below(parse, thing.i, "det")
    return thing.text.lower() == "nothing" or (
        no is not None and no.text.lower() == "no" and thing.lemma in ("part", "role", "hand", "involvement", "link")
    )


def _dismissed(parse: Parse, here: Earlier, before: list[Earlier]) -> Reach:
    """As in "called these reports an absolute lie", "dismissed the allegation": what was said is answered."""
    if not here.said:
        return (), None
    claim = next((parse.tokens[i] for i in range(*here.said[0]) if parse.tokens[i].pos in ("NOUN", "PRON")), None)
    if claim is None or claim.lemma not in CLAIMS | {"this", "these"}:
        return (), None
    opposed = _of_section([one for one in _claims(before, here) if not _same_side(one, here)], here)
    if claim.text.lower() in FIGURES:
        opposed = _counted(parse, opposed) or opposed
    found = _charged(parse, here, opposed)
    return _numbers(found), "specific" if found else None


# Caveats


def _unverified(parse: Parse, here: Earlier, before: list[Earlier], pointed: Pointed, deeds: Deeds) -> Reach:
    told = _claims(before, here)
    section = _of_section(told, here)
    texts = {parse.tokens[i].text.lower() for words in here.said for i in range(*words)}
    public = [one for one in section if not one.is_private] or section
    if texts & BROAD:
        whole = texts & PAIRS or texts & {"side", "sides"}
        return _numbers(public if whole else [o for o in public if _tells_of_fighting(parse, o, deeds)]), "general"
    if texts & PAIRS and not texts & QUESTIONS:
        beside = [one for one in public if one.paragraph == here.paragraph]
        both_here = len({one.source for one in beside}) == 2
        return _numbers(_both_accounts(parse, beside if both_here else public, deeds)), "specific"
    if texts & FOOTAGE:
        shown = _shown(parse, [o for o in before if o.section == here.section and o.act != "thinks"])
        return _numbers(shown or section[-1:]), "specific"
    theirs = _pointed_at(section, pointed) or _pointed_at(told, pointed)
    if theirs:
        counted = _counted(parse, theirs) if texts & FIGURES else []
        return _numbers(_with_placeless(parse, counted or theirs, section, here, pointed, deeds)), "specific"
    if texts & FIGURES:
        return _numbers(_tolls(parse, section, deeds) or _counted(parse, section) or section[-1:]), "specific"
    near = _near(section, here)
    if texts & QUESTIONS:
        return _numbers(_asked(parse, here, section, texts, deeds) or near), "specific"
    plural = any(parse.tokens[i].tag == "NNS" for words in here.said for i in range(*words))
    if plural:
        return _numbers(near), "specific"
    last = [one for one in near if one.source == near[-1].source]
    wished = [one for one in before if one.act in WISHES and any(_is_beside(parse, one, other) for other in last)]
    found = [*last, *(wished if texts & {"it", "authenticate"} else [])]
    return _numbers(sorted(found, key=lambda one: one.number)), "specific"


def _near(section: list[Earlier], here: Earlier) -> list[Earlier]:
    """What was told in the paragraph of a caveat, else in the last one before it in which anything was."""
    last = section[-1].paragraph if section else here.paragraph
    return [one for one in section if one.paragraph == last]


def _asked(parse: Parse, here: Earlier, section: list[Earlier], texts: set[str], deeds: Deeds) -> list[Earlier]:
    """What bears on "who had fired" or "how many had died": who tells of such a deed, who counts, who blames."""
    near = [one for one in section if one.paragraph >= here.paragraph - 3]
    if texts & BLAME:
        return [one for one in near if one.act in ("accuses", "denies", "admits")]
    if texts & MANY:
        return [one for one in _counted(parse, near) if not _is_quoted(parse, one.said[0])]
    words = _content(parse, here.said)
    closest = [one for one in near if _content(parse, one.said) & words & deeds.keys()]
    return closest or _alike(parse, near, words, deeds)


def _both_accounts(parse: Parse, public: list[Earlier], deeds: Deeds) -> list[Earlier]:
    """What the two that spoke last claim: not what they only exclaim, unless it stands beside a claim of theirs."""
    origins = _last_origins(public)
    theirs = [one for one in public if one.source in origins]
    claims = [one for one in theirs if not _is_bare_quotation(parse, one, deeds)]
    beside = {(one.source, one.paragraph) for one in claims}
    return [one for one in theirs if one in claims or (one.source, one.paragraph) in beside] if claims else theirs


def _is_bare_quotation(parse: Parse, one: Earlier, deeds: Deeds) -> bool:
    quoted = bool(one.said) and _is_quoted(parse, one.said[0])
    return quoted and not _kinds(_content(parse, one.said), deeds) & DEEDS_OF_WAR


def _shown(parse: Parse, section: list[Earlier]) -> list[Earlier]:
    """The last statement that pictures make, or that is of pictures."""
    return [one for one in section if one.act == "observes" or _content(parse, one.said) & SHOWN][-1:]


def _pointed_at(section: list[Earlier], pointed: Pointed) -> list[Earlier]:
    """The statements of whom the caveat names, else those about the place it names."""
    by_source = [one for one in section if one.source in pointed.sources]
    by_side = [one for one in section if one.countries & pointed.countries]
    return by_source or by_side or [one for one in section if one.places & pointed.places]


def _with_placeless(
    parse: Parse, found: list[Earlier], section: list[Earlier], here: Earlier, pointed: Pointed, deeds: Deeds
) -> list[Earlier]:
    """Beside what names the place, what its paragraph tells of a deed without a place of its own."""
    if not pointed.places or pointed.sources or pointed.countries:
        return found
    numbers = {one.number for one in found}
    near = [one for one in section if one.paragraph >= here.paragraph - 1 and not _towns(one.places)]
    near = [one for one in near if one.said and not _is_quoted(parse, one.said[0]) and _tells(parse, one, deeds)]
    return sorted([*found, *(one for one in near if one.number not in numbers)], key=lambda one: one.number)


def _tells(parse: Parse, one: Earlier, deeds: Deeds) -> bool:
    """Whether a statement tells of a deed that somebody answers for."""
    return bool(one.said) and bool(_kinds(_content(parse, one.said), deeds) & DEEDS_OF_WAR)


def _tells_of_fighting(parse: Parse, one: Earlier, deeds: Deeds) -> bool:
    return any(deeds.get(word) in FIGHTING for word in _content(parse, one.said))


def _counted(parse: Parse, section: list[Earlier]) -> list[Earlier]:
    return [one for one in section if any(parse.tokens[i].pos == "NUM" for words in one.said for i in range(*words))]


def _tolls(parse: Parse, section: list[Earlier], deeds: Deeds) -> list[Earlier]:
    """Who counts the dead and hurt."""
    counted = _counted(parse, section)
    words = {one.number: _lemmas(parse, one) for one in counted}
    return [o for o in counted if words[o.number] & CASUALTIES or _kinds(words[o.number], deeds) & {"killing"}]


def _lemmas(parse: Parse, one: Earlier) -> set[str]:
    return {parse.tokens[i].lemma for words in one.said for i in range(*words)}


def _last_origins(section: list[Earlier]) -> set[int]:
    """Who spoke last for the two sides that spoke last; where sides are not known, the last two that spoke."""
    parties = list(dict.fromkeys(one.party for one in reversed(section) if one.party is not None))[:2]
    if len(parties) == 2:
        return {one.source for one in section if one.party in parties}
    last = section[-1] if section else None
    others = (one for one in reversed(section) if last is not None and _is_another(one, last))
    other = next(others, None)
    return {one.source for one in (last, other) if one is not None}


def _is_another(one: Earlier, last: Earlier) -> bool:
    return one.source != last.source and (one.party is None or one.party != last.party)


# Silences


def _uncommented(parse: Parse, cue: Cue, here: Earlier, told: list[Earlier], deeds: Deeds) -> tuple[int, ...]:
    """What a silence leaves without an answer.

    "No immediate comment" leaves what charges the silent one near it, else the deeds told near it that are
    nobody else's, else the news that its section opens with. "Comment on the report" leaves that report.
    """
    opposed = _of_section([one for one in told if not _same_side(one, here)], here)
    if cue.found_by in NO_WORD:
        return _numbers(_unanswered(parse, here, opposed, deeds))
    if cue.found_by not in ASKED or cue.silence == "not_mentioned" or not here.said:
        return ()
    asked = _asked_about(parse, here, opposed, told, deeds)
    if asked:
        return _numbers(asked)
    named = {parse.tokens[i].lemma for words in here.said for i in range(*words)}
    return _numbers(_charged(parse, here, opposed)) if named & CLAIMS and "request" not in named else ()


NO_WORD = ("silence:no_comment", "silence:no_response", "silence:no_reaction")
ASKED = tuple(f"silence:{verb}" for verb in ("comment", "respond", "reply", "react", "answer", "confirm", "address"))


def _asked_about(
    parse: Parse, here: Earlier, opposed: list[Earlier], told: list[Earlier], deeds: Deeds
) -> list[Earlier]:
    """What a silence is about where its words say so: a town, a figure, or what was told right before ("on that")."""
    texts = {parse.tokens[i].text.lower() for words in here.said for i in range(*words)}
    towns = _towns(here.places)
    if towns:
        there = [one for one in told if _towns(one.places) & towns]
        telling = [one for one in there if _tells(parse, one, deeds)] or there[-1:]
        return [one for one in telling if one.section == telling[-1].section]
    if texts & FIGURES:
        return (_tolls(parse, opposed, deeds) or _counted(parse, opposed))[-1:]
    if texts & {"that", "this", "it"} and not texts & QUESTIONS:
        near = [one for one in opposed if one.paragraph == here.paragraph]
        return near[-1:]
    return []


def _unanswered(parse: Parse, here: Earlier, opposed: list[Earlier], deeds: Deeds) -> list[Earlier]:
    telling = [one for one in opposed if _tells(parse, one, deeds) and not _is_undone(parse, one.said[0])]
    near = [one for one in telling if one.paragraph >= here.paragraph - 1]
    if any(one.places & here.countries for one in near):
        return near
    return [one for one in near if not _names_another(one, here)] or telling[:1]


# What all of them ask


SIDE, DOER = "side:", "doer:"
"""Before the code of a side among the places that words name, and before it again where that side does something."""
QUOTES = ('"', "“", "”", "«", "»", "'", "‘", "’")


def _of_section(found: list[Earlier], here: Earlier) -> list[Earlier]:
    return [one for one in found if one.section == here.section]


def _towns(places: frozenset[str]) -> set[str]:
    return {place for place in places if not place.startswith((SIDE, DOER))}


def _same_side(one: Earlier, other: Earlier) -> bool:
    return one.party is not None and one.party == other.party


def _numbers(found: Iterable[Earlier]) -> tuple[int, ...]:
    return tuple(one.number for one in found)


def _content(parse: Parse, said: tuple[Range, ...]) -> set[str]:
    tokens: list[Token] = [parse.tokens[i] for words in said for i in range(*words)]
    return {token.lemma for token in tokens if token.pos in ("NOUN", "VERB") and token.lemma not in EMPTY}
