"""Statements while they are being put together: cues with their words and quotations, nested and run on."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sayso.models.parsing import Parse, first_below
from sayso.models.tagging import Frame
from sayso.statements.caveats import find_caveats
from sayso.statements.cue import Cue
from sayso.statements.cues import find_cues
from sayso.statements.disowned import called_false
from sayso.statements.draft import Draft
from sayso.statements.labels import labelled, signed
from sayso.statements.meeting import met
from sayso.statements.quotes import Quote, is_speech, outermost, starts_sentence, with_quotes
from sayso.statements.rows import voices
from sayso.statements.scene import Scene
from sayso.statements.shapes import SUBJECTS, Range, overlaps, trim_words, without
from sayso.statements.trailing import is_comment, without_comment

SHORTEST_CUELESS = 6
"""Tokens below which a quotation with nobody beside it is left as a phrase of the narration."""


def drafted(scene: Scene, frames: Sequence[Frame] = ()) -> list[Draft]:
    """Every statement of a page in text order, its speaker not yet known: by the rules, and by what a tagger heard."""
    quotes = outermost(scene.page, scene.parse)
    drafts = _from_cues(scene, quotes)
    _untangle(scene.parse, drafts)
    _release(scene, drafts)
    _free_of_source(scene.parse, drafts)
    drafts = [_with_quotes(scene, draft, quotes) for draft in met(scene, drafts, frames)]
    _nest(scene.parse, drafts)
    drafts = _worth_keeping(drafts)
    _run_on(scene, drafts, quotes)
    drafts.extend(_cueless(scene.parse, drafts, quotes))
    return sorted(drafts, key=_position)


def _from_cues(scene: Scene, quotes: list[Quote]) -> list[Draft]:
    parse, knowledge = scene.parse, scene.knowledge
    caveats = find_caveats(parse, knowledge)
    taken = {i for cue in caveats for i in (cue.head, *range(*(cue.cue or (0, 0))))}
    taken |= {i for cue in caveats if cue.found_by == "silence:confirm_or_deny" for i in range(*cue.said[0])}
    cues = [*caveats, *(cue for cue in find_cues(parse, knowledge) if cue.head not in taken)]
    cues += [*labelled(scene.page, parse, scene.grounds), *signed(parse, quotes)]
    cues += [cue for cue in called_false(parse) if not any(q.whole[0] <= cue.head < q.whole[1] for q in quotes)]
    drafts = []
    for cue in sorted(cues, key=lambda cue: cue.head):
        said, touched = with_quotes(parse, cue, _near(parse, cue, quotes))
        said = _without_comment(scene, _clear_of_cue(parse, cue, said), touched)
        if cue.act == "labels" and touched and parse.tokens[cue.head].dep in ("pcomp", "ccomp", "csubj", "relcl"):
            said = ((touched[0].inner[0], touched[-1].inner[1]),)  # "what it called": what stands in marks
        if said:
            drafts.append(Draft(cue, said, list(touched)))
    return drafts


def _with_quotes(scene: Scene, draft: Draft, quotes: list[Quote]) -> Draft:
    """A draft with the tagger's words and the quotations that they touch; one with a rule's words has them already."""
    if draft.wants_quotes:
        cue = replace(draft.cue, said=draft.said)
        draft.quotes = [
            quote
            for quote in _near(scene.parse, cue, quotes)
            if any(overlaps(quote.inner, words) for words in draft.said)
        ]
    return draft


def _near(parse: Parse, cue: Cue, quotes: list[Quote]) -> list[Quote]:
    """The quotations in or next to the cue's sentence and words: none overlap, so both ends are sorted."""
    sentence = parse.sentences[parse.tokens[cue.head].sentence]
    first = min([sentence[0], *(words[0] for words in cue.said)]) - 2
    last = max([sentence[1], *(words[1] for words in cue.said)]) + 2
    low = bisect_left(quotes, first, key=lambda quote: quote.whole[1])
    high = bisect_left(quotes, last, key=lambda quote: quote.whole[0])
    return quotes[low:high]


def _clear_of_cue(parse: Parse, cue: Cue, said: tuple[Range, ...]) -> tuple[Range, ...]:
    """The words without the cue, should the parse have put it inside."""
    pieces = [piece for words in said for piece in (without(words, cue.cue) if cue.cue is not None else [words])]
    trimmed = [trim_words(parse, words) for words in pieces]
    return tuple(words for words in trimmed if words[0] < words[1])


def _without_comment(scene: Scene, said: tuple[Range, ...], quotes: tuple[Quote, ...]) -> tuple[Range, ...]:
    """The words without the report's own comment behind them; what ends in a quotation has none."""
    if not said:
        return said
    quoted = max((quote.whole[1] for quote in quotes), default=0)
    if quoted >= said[-1][1]:
        return said
    if quoted > said[-1][0]:
        return (*said[:-1], (said[-1][0], without_comment(scene.parse, (quoted, said[-1][1]), scene.knowledge)[1]))
    if len(said) > 1 and is_comment(scene.parse, said[-1], scene.knowledge):
        return said[:-1]
    return (*said[:-1], without_comment(scene.parse, said[-1], scene.knowledge))


def _by_sentence(parse: Parse, drafts: list[Draft]) -> dict[int, list[Draft]]:
    """The drafts whose words stand in each sentence, so that only neighbours are compared."""
    found: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        touched = {
            number
            for first, last in draft.said
            for number in range(parse.tokens[first].sentence, parse.tokens[last - 1].sentence + 1)
        }
        for number in sorted(touched):
            found[number].append(draft)
    return found


def _untangle(parse: Parse, drafts: list[Draft]) -> None:
    """Take "…, arguing that …" out of the words it trails: the same speaker's next statement, not a part of them."""
    around = _by_sentence(parse, drafts)
    for inner in drafts:
        verb = parse.tokens[inner.cue.head]
        if (
            verb.tag != "VBG"
            or inner.cue.found_by in ("citation", "according_to")
            or parse.tokens[verb.i - 1].text != ","
        ):
            continue
        for outer in around[verb.sentence]:
            held = next((words for words in outer.said if words[0] < verb.i < words[1]), None)
            if held is None or _in_quotes(outer, verb.i):
                continue
            outer.said = tuple(trim_words(parse, (held[0], verb.i)) if words == held else words for words in outer.said)
            inner.cue = replace(inner.cue, who=outer.cue.who)


def _release(scene: Scene, drafts: list[Draft]) -> None:
    """Give "… said A and urged B" two statements of one speaker, where the parse hung the second verb inside A.

    The verb stays inside only if what is its subject there could itself speak ("said the minister denied it and
    blamed the press") and no comma or "but" parts the two.
    """
    parse = scene.parse
    around = _by_sentence(parse, drafts)
    for inner in drafts:
        verb = parse.tokens[inner.cue.head]
        joint = _joint(parse, inner)
        if joint is None or verb.dep not in ("conj", "ROOT", "advcl", "ccomp", "dep"):
            continue
        for outer in around[verb.sentence]:
            held = next((words for words in outer.said if words[0] < verb.i < words[1]), None)
            if held is None or outer is inner or _in_quotes(outer, verb.i) or outer.cue.head > verb.i:
                continue
            direct = parse.tokens[verb.head].i == outer.cue.head and verb.dep == "conj"
            if not direct and _could_speak(scene, inner) and not _is_parted(parse, joint):
                continue
            outer.said = _ended(parse, outer.said, held, joint)
            inner.cue = replace(inner.cue, who=outer.cue.who, relative=None)


def _joint(parse: Parse, inner: Draft) -> int | None:
    """The "and" or "but" right before a finite cue verb that has no subject of its own."""
    verb = parse.tokens[inner.cue.head]
    if not verb.tag.startswith("VB") or first_below(parse, verb.i, *SUBJECTS) is not None:
        return None
    first = inner.cue.cue[0] if inner.cue.cue is not None else verb.i
    while parse.tokens[first - 1].dep == "advmod":
        first -= 1
    before = parse.tokens[first - 1]
    is_finite = verb.tag in ("VBD", "VBZ", "VBP", "VBN") or first < verb.i
    return (
        before.i if is_finite and before.text.lower() in ("and", "but") and before.sentence == verb.sentence else None
    )


def _could_speak(scene: Scene, inner: Draft) -> bool:
    """Whether the subject that the parse gives an inner verb is someone who speaks, and no mere "it" or "they"."""
    if inner.cue.who is None or inner.cue.act in ("no_comment", "cannot_verify"):
        return False
    who = scene.parse.tokens[inner.cue.who]
    if who.pos == "PRON":
        return False
    is_name = who.pos == "PROPN" and who.ent in ("PERSON", "ORG", "GPE", "NORP", "")
    return is_name or voices(scene.knowledge).get(who.lemma) in ("office", "body", "private", "people", "outfit")


def _is_parted(parse: Parse, joint: int) -> bool:
    return parse.tokens[joint].text.lower() == "but" or parse.tokens[joint - 1].text == ","


def _in_quotes(draft: Draft, i: int) -> bool:
    return any(quote.whole[0] <= i < quote.whole[1] for quote in draft.quotes)


def _ended(parse: Parse, said: tuple[Range, ...], held: Range, at: int) -> tuple[Range, ...]:
    """The words with the piece `held` ending before token `at`, and nothing after it."""
    before = [words for words in said if words[1] <= held[0]]
    return (*before, trim_words(parse, (held[0], at)))


def _free_of_source(parse: Parse, drafts: list[Draft]) -> None:
    """Take ", according to the paper" out of words it stands behind: the paper relays them."""
    around = _by_sentence(parse, drafts)
    for relay in drafts:
        if relay.cue.found_by != "according_to":
            continue
        for inner in around[parse.tokens[relay.cue.head].sentence]:
            held = next((words for words in inner.said if words[0] < relay.cue.head < words[1]), None)
            if held is not None and inner is not relay and not _in_quotes(inner, relay.cue.head):
                inner.said = _ended(parse, inner.said, held, relay.cue.head)


def _nest(parse: Parse, drafts: list[Draft]) -> None:
    """Tie each statement to the smallest other one in whose words its cue stands, or that it is the source of."""
    around = _by_sentence(parse, drafts)
    by_head = {draft.cue.head: draft for draft in drafts}
    for draft in drafts:
        relayed = by_head.get(draft.cue.relay_of) if draft.cue.relay_of is not None else None
        if relayed is not None:
            relayed.said, draft.outer = draft.said, relayed
            continue
        near = around[parse.tokens[draft.cue.head].sentence]
        holders = [other for other in near if other is not draft and _holds(other, draft) and not _holds(draft, other)]
        draft.outer = min(holders, key=lambda other: sum(last - first for first, last in other.said), default=None)


def _holds(outer: Draft, inner: Draft) -> bool:
    return any(words[0] <= inner.cue.head < words[1] for words in outer.said)


def _worth_keeping(drafts: list[Draft]) -> list[Draft]:
    """The drafts that count; what stood in the words of one that does not stands in those around it."""
    kept = [draft for draft in drafts if _is_worth_keeping(draft)]
    known = {id(draft) for draft in kept}
    for draft in kept:
        while draft.outer is not None and id(draft.outer) not in known:
            draft.outer = draft.outer.outer
    return kept


def _is_worth_keeping(draft: Draft) -> bool:
    """Inside somebody's words only clear sayings count: no thoughts, no nameless claims."""
    if draft.outer is None or draft.cue.relay_of is not None:
        return True
    return draft.cue.act != "thinks" and draft.cue.who is not None


# Quotations without a cue of their own


def _run_on(scene: Scene, drafts: list[Draft], quotes: list[Quote]) -> None:
    """Give a quotation without a cue to the quoted speaker before it: in its paragraph, or reopened in the next."""
    parse = scene.parse
    used = {quote.number for draft in drafts for quote in draft.quotes}
    quoting = sorted((draft for draft in drafts if draft.quotes), key=lambda draft: draft.quotes[-1].whole)
    cued: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        cued[parse.tokens[draft.cue.head].sentence].append(draft)
    for quote in quotes:
        if quote.number in used or not is_speech(parse, quote) or not starts_sentence(parse, quote):
            continue
        if any(_speaks_beside(draft, quote) for number in _sentences(parse, quote) for draft in cued[number]):
            continue
        at = bisect_left(quoting, quote.whole, key=lambda draft: draft.quotes[-1].whole)
        if at and _follows(scene, quoting[at - 1], quote):
            quoting[at - 1].said = (*quoting[at - 1].said, quote.inner)
            quoting[at - 1].quotes.append(quote)
            used.add(quote.number)


def _sentences(parse: Parse, quote: Quote) -> set[int]:
    return {parse.tokens[quote.inner[0]].sentence, parse.tokens[quote.whole[1] - 1].sentence}


def _speaks_beside(draft: Draft, quote: Quote) -> bool:
    """Whether a cue of the quotation's own sentence stands outside its marks."""
    return draft.cue.can_quote and not quote.whole[0] <= draft.cue.head < quote.whole[1]


def _follows(scene: Scene, last: Draft, quote: Quote) -> bool:
    """Whether the quotation comes right after the other's sentence, or opens the paragraph after it."""
    parse = scene.parse
    end = max(last.quotes[-1].whole[1], last.cue.head + 1)
    if parse.tokens[quote.inner[0]].sentence - parse.tokens[end - 1].sentence > 1:
        return False
    same = scene.paragraph_at(parse.tokens[end - 1].start) == scene.paragraph_at(parse.tokens[quote.inner[0]].start)
    if not same and last.quotes[-1].closed:
        last.doubts = (*last.doubts, "carried_over_paragraph")
    return True


def _cueless(parse: Parse, drafts: list[Draft], quotes: list[Quote]) -> list[Draft]:
    """A whole saying in quotation marks with nobody named beside it: kept, its source unknown."""
    used = {quote.number for draft in drafts for quote in draft.quotes}
    around = _by_sentence(parse, drafts)
    found = []
    for quote in quotes:
        if quote.number in used or quote.inner[1] - quote.inner[0] < SHORTEST_CUELESS:
            continue
        near = [words for number in _sentences(parse, quote) for draft in around[number] for words in draft.said]
        if any(overlaps(quote.inner, words) for words in near):
            continue
        if is_speech(parse, quote) and starts_sentence(parse, quote):
            cue = Cue(quote.inner[0], "says", (quote.inner,), found_by="quotation", doubts=("no_speaker",))
            found.append(Draft(cue, cue.said, [quote]))
    return found


def _position(draft: Draft) -> tuple[int, int, bool]:
    """Where a statement begins: with its cue or its words, the outer before the inner, a relay before its source."""
    if draft.cue.relay_of is not None and draft.outer is not None:
        return (*_position(draft.outer)[:2], True)
    first = min([words[0] for words in draft.said] + ([draft.cue.cue[0]] if draft.cue.cue else []))
    return first, -max(words[1] for words in draft.said), False
