"""Why a sentence that looks like one of war gave no event, and what each event was found by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.events.clause import Arguments, Scene, fits, is_a, verb_arguments
from sayso.events.find import scene_of
from sayso.events.grammar import NOUNS, children, clear_span, keys, noun_key, objects
from sayso.events.ground import ground
from sayso.events.judgements import unattributed
from sayso.events.kinds import Kind, Refusal, refusals
from sayso.events.refused import judged
from sayso.events.triggers import NEARBY, Trigger
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token
from sayso.record import Check, Cut, Event, Explained, Finding, Grounds, Page, Passed, Span, Spoken

WARLIKE = ("ASSAULT", "COERCE", "RETREAT", "MOBILIZE")
LOOKS = ("fighter", "munition", "weapon", "grave", "body")
"""Classes of participant that make a sentence look like one of war."""
EVERYDAY = frozenset({
    "take", "leave", "move", "go", "come", "enter", "give", "send", "meet", "hold", "put", "bring", "fall", "find",
    "lose", "open", "use", "make", "set", "get", "carry", "reach", "push", "cut", "drive", "draw", "run", "break",
    "turn", "hit", "strike", "fire", "claim", "target", "stop", "start", "launch", "close", "force", "clear", "free",
    "return", "visit", "talk", "travel", "arrive", "pass", "cross", "drop", "release", "raise", "impose", "support",
    "finance", "supply", "deliver", "provide", "call", "land", "pull", "shake", "rock", "throw", "cost", "save",
    "announce", "order", "suffer", "bury", "hear", "burn", "disperse", "strengthen", "build", "dig", "march",
    "gather", "agree", "sign", "recover", "gain", "press", "steal", "hand", "arm", "join", "say", "keep",
    "tour", "lift", "block",
})  # fmt: skip
"""Words that tell a deed in few of their uses: alone they do not make a sentence look like one of war."""
ROW = "en/not_event.toml"


@dataclass(frozen=True, slots=True)
class _Why:
    """A reason, by name and as the end of a plain sentence."""

    name: str
    says: str


REASONS = {
    "obituaries": _Why("obituary", "tells of somebody who died of age or at home, not of a deed of war"),
    "taken for granted, or a habit": _Why(
        "taken_for_granted", "is only taken for granted here, or told as a habit, with no day or deed of its own"
    ),
    "a name": _Why("name", "stands inside a name or only describes the noun after it"),
    "said of a thing": _Why("said_of_a_thing", "only says what something is like"),
    "only imagined": _Why("imagined", "is only imagined here: a condition, a fear of none in particular, a wish"),
    "only asked": _Why("asked", "is only asked about"),
    "a general truth": _Why("general", "is said of all such deeds, of none that was done"),
    "only played": _Why("unreal", "is only played: a drill, a toy, a mock attack"),
}


NOT_A_DEED = _Why("label", "is only what somebody calls a deed that is told beside it")


def explain(
    page: Page,
    parse: Parse,
    grounds: Grounds,
    spoken: Spoken,
    events: tuple[Event, ...],
    knowledge: Knowledge,
) -> Explained:
    """Why each sentence that looks like one of war gave no event, and what each event was found by."""
    cuts = tuple(cut.span for cut in page.cuts)
    scene = scene_of(parse, ground(parse, grounds, spoken.sources, cuts), grounds, knowledge)
    findings = tuple(_finding(page, event) for event in events)
    told = {span for event in events for span in (event.trigger, *event.also)}
    judgements = unattributed(page, parse, spoken, events, knowledge)
    passed = [*_passed(page, scene, told, refusals(knowledge)), *_judged(page, judgements), *_unparsed(page, scene)]
    return Explained(findings, tuple(sorted(passed, key=lambda one: (one.span, one.why))))


# ---- what an event was found by -----------------------------------------------------------------------------------


def _finding(page: Page, event: Event) -> Finding:
    text = page.report.text
    row = event.found_by
    named = row.partition(":")[2] or event.kind
    says = f"{_quoted(text, event.trigger)} is a word of the kind {_spaced(named)}"
    if named != event.kind:
        says += f"; with what else is told of it, it is {_spaced(event.kind)}"
    if event.also:
        again = ", ".join(_quoted(text, span) for span in event.also)
        says += f"; told again, or with what came of it, by {again}"
    if "place_from_before" in event.doubts:
        says += "; it tells no place and shares that of the deed told before"
    return Finding(event.id, event.trigger, row, f"{says}.")


# ---- what gave none -----------------------------------------------------------------------------------------------


def _passed(page: Page, scene: Scene, told: set[Span], rows: tuple[Refusal, ...]) -> Iterator[Passed]:
    triggers = judged(scene, rows)
    heads = {trigger.head for trigger, _ in triggers}
    explained: set[int] = set()
    for trigger, why in triggers:
        found = _of_trigger(page, scene, trigger, why, told)
        if found is not None:
            explained.add(scene.parse.tokens[trigger.head].sentence)
            yield found
    mentioned = _sentences_of(scene, told)
    for number, (first, last) in enumerate(scene.parse.sentences):
        if number in mentioned or first == last:
            continue
        tokens = [token for token in scene.parse.tokens[first:last] if token.i not in heads]
        looks = any(is_a(scene, token, name) for token in tokens if token.pos in NOUNS for name in LOOKS)
        words = [one for token in tokens if (one := _of_word(page, scene, token, looks=looks)) is not None]
        yield from words
        if looks and not words and number not in explained:
            yield from _no_kind(page, scene, tokens)


def _sentences_of(scene: Scene, told: set[Span]) -> frozenset[int]:
    """The sentences that a mention of an event stands in."""
    numbers = [number for number, (first, last) in enumerate(scene.parse.sentences) if first < last]
    starts = [scene.parse.tokens[scene.parse.sentences[number][0]].start for number in numbers]
    at = (bisect_right(starts, span.start) - 1 for span in told)
    return frozenset(numbers[i] for i in at if i >= 0)


def _sentence_of(scene: Scene, token: Token) -> Span:
    first, last = scene.parse.sentences[token.sentence]
    return Span(scene.parse.tokens[first].start, scene.parse.tokens[last - 1].end)


def _of_trigger(page: Page, scene: Scene, trigger: Trigger, why: str | None, told: set[Span]) -> Passed | None:
    """Why a word that met all conditions of its row gave no event; None if it gave one."""
    head = scene.parse.tokens[trigger.head]
    clear = clear_span(scene.parse, trigger.first, trigger.last, tuple(cut.span for cut in page.cuts))
    span = clear or Span(head.start, head.end)
    if why is None and any(span.start < other.end and other.start < span.end for other in told):
        return None
    word = _quoted(page.report.text, span)
    kind = trigger.kind.name
    reason = REASONS.get(why or "") or (NOT_A_DEED if why is None else None)
    sentence = _sentence_of(scene, head)
    if reason is not None:
        return Passed(span, sentence, kind, reason.name, None, f"{word} {reason.says}.")
    if why not in {row.sense for row in refusals(scene.knowledge)}:
        return Passed(span, sentence, kind, "rule", None, f"{word} looks like {_spaced(kind)}, but is {why}.")
    says = f"{word} looks like {_spaced(kind)}, but a row of words that mislead keeps it out: {why}."
    return Passed(span, sentence, kind, "row", f"{ROW}:{why}", says)


def _of_word(page: Page, scene: Scene, token: Token, *, looks: bool) -> Passed | None:
    """Why a word that is a word of some kind told none of it here."""
    if token.pos == "VERB" and token.lemma in scene.kinds.verbs:
        return _of_verb(page, scene, token, looks=looks)
    key = next((key for key in keys(token) if key in scene.kinds.nouns), None) if token.pos in NOUNS else None
    if key is None or (key in EVERYDAY and not looks):
        return None
    bare = [kind for before, kind in scene.kinds.nouns[key] if not before]
    kind = next((one for one in bare if one.plover in WARLIKE), None)
    if kind is None:
        return None
    return _of_noun(page, scene, token, kind)


def _of_noun(page: Page, scene: Scene, token: Token, kind: Kind) -> Passed:
    sentence = _sentence_of(scene, token)
    span = Span(token.start, token.end)
    word = _quoted(page.report.text, span)
    if token.pos == "PROPN" and token.text[:1].isupper():
        says = f"{word} stands inside a name."
        return Passed(span, sentence, kind.name, "name", None, says)
    if token.dep in NEARBY:
        noun = scene.parse.tokens[token.head]
        described = _quoted(page.report.text, Span(noun.start, noun.end))
        return Passed(span, sentence, kind.name, "name", None, f"{word} only describes {described}.")
    says = f"{word} tells {_spaced(kind.name)} only with words beside it that are missing here"
    says += f" ({_modifiers(kind.modifier)})." if kind.modifier else "."
    return Passed(span, sentence, kind.name, "conditions", _row(kind), says)


def _of_verb(page: Page, scene: Scene, token: Token, *, looks: bool) -> Passed | None:
    rows = [(rest, kind) for rest, kind in scene.kinds.verbs[token.lemma] if _carried_on(scene, token, rest)]
    rows = [(rest, kind) for rest, kind in rows if kind.plover in WARLIKE]
    span = Span(token.start, token.end)
    word = _quoted(page.report.text, span)
    if rows and token.lemma not in EVERYDAY and _is_of_nobody(scene, token):
        none = f"{word} is told of nobody here."
        return Passed(span, _sentence_of(scene, token), rows[0][1].name, "nobody", None, none)
    is_plain = token.lemma in EVERYDAY and all(not rest for rest, _ in rows)
    if not rows or (is_plain and not looks):
        return None
    half_met = [(rest, kind) for rest, kind in rows if not is_plain or _half_met(scene, token, kind, rest)]
    half_met.sort(key=lambda row: -len(row[1].object | row[1].subject))  # what a row for few things asks is told last
    misses = [(kind, says) for rest, kind in half_met if (says := _missing(page, scene, token, kind, rest))]
    if not misses:
        return None
    kind, missing = misses[0]
    says = f"{word} tells {_spaced(kind.name)} only {missing}."
    return Passed(span, _sentence_of(scene, token), kind.name, "conditions", _row(kind), says)


def _is_of_nobody(scene: Scene, token: Token) -> bool:
    """Whether it is said that nobody was: "no one was killed"."""
    found = verb_arguments(scene, token.i)
    people = (*found.subjects, *found.objects)
    none = any(c.text.lower() == "no" for one in people for c in children(scene.parse, one.i, "det"))
    return none or any(one.text.lower() in ("nobody", "none") for one in people)


def _carried_on(scene: Scene, token: Token, rest: tuple[str, ...]) -> bool:
    """Whether the words that a row wants after its verb stand below this one."""
    first, last = scene.parse.subtree_ends[token.i]
    words = {word for t in scene.parse.tokens[max(first, token.i) : last] for word in (t.text.lower(), *keys(t))}
    return set(rest) <= words


def _half_met(scene: Scene, token: Token, kind: Kind, rest: tuple[str, ...]) -> bool:
    """Whether an everyday verb has at least who or what a row wants: "soldiers took a photo", not "she took one"."""
    found = verb_arguments(scene, token.i)
    done_to = tuple(one for one in found.objects if noun_key(one) not in rest)
    is_by = bool(kind.subject) and fits(scene, found.subjects, kind.subject)
    return is_by or (bool(kind.object) and fits(scene, done_to, kind.object))


def _missing(page: Page, scene: Scene, token: Token, kind: Kind, rest: tuple[str, ...]) -> str | None:
    """What a row asks for that is not here, as the end of a sentence; None where it asks for nothing we can name."""
    found = verb_arguments(scene, token.i)
    if kind.preposition:
        brought = objects(scene.parse, token.i, *kind.preposition)
        if not brought:
            return f"with “{'” or “'.join(sorted(kind.preposition))}” and what it was done to, which is not here"
        found = Arguments(found.subjects, tuple(brought))
    done_to = tuple(one for one in found.objects if noun_key(one) not in rest)
    if kind.object and not done_to and "NONE" not in kind.object:
        return f"where it is told what it was done to ({_classes(kind.object)}); here nothing is"
    if kind.object and done_to and not fits(scene, done_to, kind.object):
        return f"where it is done to {_classes(kind.object)}; here it is {_people(page, done_to)}"
    if kind.subject and found.subjects and not fits(scene, found.subjects, kind.subject):
        return f"where it is done by {_classes(kind.subject)}; here it is done by {_people(page, found.subjects)}"
    if kind.subject and not found.subjects:
        return f"where it is told who did it ({_classes(kind.subject)}); here nobody is"
    return None


def _no_kind(page: Page, scene: Scene, tokens: Iterable[Token]) -> list[Passed]:
    """A sentence that names arms or fighters and has no word that tells a deed."""
    for token in tokens:
        if token.pos in NOUNS and any(is_a(scene, token, name) for name in LOOKS):
            span = Span(token.start, token.end)
            says = f"{_quoted(page.report.text, span)} looks like war, but no word of the sentence tells a deed."
            return [Passed(span, _sentence_of(scene, token), None, "no_kind", None, says)]
    return []


def _judged(page: Page, checks: tuple[Check, ...]) -> Iterator[Passed]:
    """The newsroom's own judgements: listed by a check, never events."""
    for check in checks:
        for span in check.spans[:1]:
            says = f"{_quoted(page.report.text, span)} is the newsroom's own judgement: listed as a check, no event."
            yield Passed(span, _sentence_at(page, span), None, "judgement", "en/judgement.toml", says)


def _sentence_at(page: Page, span: Span) -> Span:
    at = bisect_right(page.sentences, span.start, key=lambda one: one.start) - 1
    return page.sentences[at] if at >= 0 and page.sentences[at].end > span.start else span


WORD = re.compile(r"[^\W\d_]{4,}")


def _unparsed(page: Page, scene: Scene) -> Iterator[Passed]:
    """Words of war in headings and in web leftovers, which no sentence is read from."""
    headings = [section.heading for section in page.sections if section.heading is not None]
    if page.title is not None and page.title.span is not None:
        headings.append(page.title.span)
    cuts = [cut for cut in page.cuts if not any(cut.span.start <= h.start < cut.span.end for h in headings)]
    for stretch, why in [*((h, "heading") for h in headings), *((cut.span, "cut") for cut in cuts)]:
        found = _first_word_of_war(page, scene, stretch)
        if found is not None:
            word = _quoted(page.report.text, found)
            where = "a heading, which repeats the story" if why == "heading" else _cut_as(cuts, stretch)
            says = f"{word} stands in {where}."
            yield Passed(found, stretch, None, why, None, says)


def _first_word_of_war(page: Page, scene: Scene, stretch: Span) -> Span | None:
    for match in WORD.finditer(page.report.text, stretch.start, stretch.end):
        word = match[0].lower()
        forms = [word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ed"), word.removesuffix("d")]
        forms += [word.removesuffix("ing"), f"{word.removesuffix('ing')}e"]
        told = [
            kind
            for form in dict.fromkeys(forms)
            if form not in EVERYDAY
            for rest, kind in (*scene.kinds.nouns.get(form, ()), *scene.kinds.verbs.get(form, ()))
            if not rest and kind.plover in WARLIKE
        ]
        if told:
            return Span(match.start(), match.end())
    return None


def _cut_as(cuts: Iterable[Cut], stretch: Span) -> str:
    why = next((cut.why for cut in cuts if cut.span == stretch), "other")
    return f"web leftovers that were cut ({_spaced(why)})"


# ---- in words -----------------------------------------------------------------------------------------------------

CLASSES = {
    "armed": "armed people", "fighter": "fighters", "side": "a side", "named": "somebody named", "number": "a number",
    "munition": "a shell or a bomb", "event": "a deed", "pronoun": "he, she, they", "person": "a person",
    "structure": "a building", "place": "a place", "body": "the dead", "grave": "a grave", "convoy": "a convoy",
    "vehicle": "a vehicle", "infrastructure": "power, roads or water", "part": "some or all of them",
}  # fmt: skip
MODIFIERS = {
    "SIDE": "whose it was", "THE": "“the”", "OFPLACE": "“of” a place", "OFGRAVE": "“of” graves", "TO": "“to” a place",
    "FROM": "“from” a place", "AT": "“at” or “in” a place", "NUM": "a number", "KNOWN": "“the” or “this”",
    "WAGED": "who fights it", "BREAK": "that it broke out", "OFACCUSED": "who is accused", "WITH": "with whom",
}  # fmt: skip


def _classes(names: frozenset[str]) -> str:
    told = sorted(CLASSES.get(name.rstrip("!"), _spaced(name.rstrip("!"))) for name in names if name != "NONE")
    return _listed(dict.fromkeys(told))


def _modifiers(names: frozenset[str]) -> str:
    told = [MODIFIERS[name] for name in sorted(names) if name in MODIFIERS]
    words = sorted(name for name in names if name not in MODIFIERS)
    return _listed([*told, *(f"“{word}”" for word in words[:4])])


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return ", ".join(every[:-1]) + " or " + every[-1] if len(every) > 1 else "".join(every)


def _people(page: Page, tokens: Iterable[Token]) -> str:
    return _listed(_quoted(page.report.text, Span(token.start, token.end)) for token in tokens)


def _row(kind: Kind) -> str:
    return f"event_kinds.toml:{kind.name}"


def _quoted(text: str, span: Span) -> str:
    return f"“{' '.join(text[span.start : span.end].split())}”"


def _spaced(name: str) -> str:
    return name.replace("_", " ")
