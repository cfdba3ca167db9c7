"""Mutations of what is claimed: denied or not, sure or not, in whose words, of whom. See `bench.mutations`."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from bench.mutating import MARKS, Edit, Found, Site, Where, has, matches, rows
from sayso.record import Reading, Span

AUXILIARY = r"was|were|is|are|has|have|had|will|would|can|could|should"
DENIED = rf"\b(?:{AUXILIARY}|did|do|does)(?: not\b|n[’']t\b)|\bcannot\b"
DENYING = (
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|hardly|barely|fail\w*|refus\w*|den(?:y|ie)\w*|"
    r"reject\w*|lack\w*|unable|stop\w*|prevent\w*)\b|n[’']t\b"
)
HEDGED = (
    r"\b(?:reported\w*|alleged\w*|allegation\w*|suspected|suspicion|apparent\w*|seem\w*|appear\w*|possib\w*|perhaps|maybe|"
    r"probab\w*|likely|presum\w*|may|might|could|can|would|believ\w*|thought|feared|unconfirmed|supposed\w*|purported\w*|"
    r"potential\w*|claim\w*|expect\w*|if|whether|think\w*|risk\w*|threat\w*)\b"
)
BEFORE_VERB = (
    r"\b(was|were|has been|have been|had been|is|are)( )(?=[a-z]{3,}(?:ed|en|wn|ught|ilt|ound|ept|old|ade|aid)\b)"
)
HEDGES = ("reportedly", "allegedly", "apparently", "possibly", "probably", "reportedly", "allegedly", "purportedly")


def negation_flipped(site: Site, chance: Random) -> Found | None:
    """A "not" lost, put in, or read as "now"; where both deny, or neither does."""
    lost = list(matches(DENIED, site.theirs))
    if len(lost) == 1 and has(DENIED, site.ours):
        one = lost[0]
        if one[0].lower() == "cannot":
            return Found("not lost", (site.in_there(one, "can"),))
        bare = re.sub(r"(?i) not$|n[’']t$", "", one[0])
        now = chance.random() < 0.25 and one[0].endswith(" not")
        return Found("not to now" if now else "not lost", (site.in_there(one, f"{bare} now" if now else bare),))
    if has(DENYING, site.ours) or has(DENYING, site.theirs):
        return None
    places = list(matches(rf"\b(?:{AUXILIARY})\b(?= [a-z])(?! (?:not|only|just|also|been not)\b)", site.theirs))
    if not places:
        return None
    one = chance.choice(places)
    short = chance.random() < 0.3 and one[0].lower() not in ("will", "can")
    return Found("not put in", (site.in_there(one, one[0] + ("n't" if short else " not")),))


def hedge_lost(site: Site, chance: Random) -> Found | None:
    """A hedging word lost that both had; or one put into the original, of which the copy then has nothing."""
    if has(HEDGED, site.theirs):
        return _hedge_taken(site)
    if has(HEDGED, site.ours):
        return None
    passive = list(matches(BEFORE_VERB, site.ours))
    plain = list(matches(r"\b(will|is|are)(?= [a-z])", site.ours))
    if passive and (not plain or chance.random() < 0.6):
        one = chance.choice(passive)
        return Found("adverb", (site.in_here(one, f"{one[1]} {chance.choice(HEDGES)} "),))
    if plain:
        one = chance.choice(plain)
        may = chance.choice(("may", "might", "could"))
        return Found("may", (site.in_here(one, may if one[1].lower() == "will" else f"{may} be"),))
    return None


def _hedge_taken(site: Site) -> Found | None:
    both = list(matches(HEDGED, site.theirs))
    if len(both) != 1 or not has(HEDGED, site.ours):
        return None
    adverb = list(
        matches(
            r"\b(?:reportedly|allegedly|apparently|possibly|probably|presumably) |(?<=\bthe )(?:alleged|suspected) ",
            site.theirs,
        )
    )
    if adverb:
        return Found("taken", (site.in_there(adverb[0], ""),)) if adverb[0].start() else None
    modal = list(matches(r"\b(?:may|might|could)(?= [a-z])(?! (?:have|not)\b)", site.theirs))
    if modal and has(r"\b(?:may|might|could)\b", site.ours):
        return Found("taken", (site.in_there(modal[0], "will"),))
    return None


SWAPS = {
    "good": "fine", "big": "large", "people": "persons", "think": "believe", "want": "wish", "must": "have to",
    "because": "since", "always": "all the time", "many": "a lot of", "help": "assist", "important": "significant",
    "need": "require", "very": "extremely", "great": "huge", "also": "too", "now": "at present", "only": "just",
    "difficult": "hard", "children": "kids", "year": "twelve months", "first": "initial", "work": "labor",
    "know": "understand",
    "see": "notice", "make": "create", "made": "created", "can": "are able to", "country": "nation", "every": "each",
    "new": "fresh", "right": "correct", "start": "begin", "last": "final", "whole": "entire", "believe": "think",
    "clear": "plain", "happy": "glad", "feel": "sense", "use": "employ", "more": "further", "so": "therefore",
    "this": "that",
    "these": "those", "all": "the whole of", "way": "manner", "will": "shall", "get": "obtain", "show": "prove",
    "best": "finest",
}  # fmt: skip


def quotation_reworded(site: Site, chance: Random) -> Found | None:
    """The sentence and its neighbours copied word for word, but for a few words inside the quotation marks."""
    quoted = [one for one in site.here.quotations if site.one.start <= one.span.start and one.span.end <= site.one.end]
    if not quoted or not MARKS.search(site.theirs):
        return None
    text = site.here.page.report.text
    span = chance.choice(quoted).span
    words = list(matches(r"\b[a-z]+\b", text[span.start : span.end]))
    swaps = [word for word in words if word[0] in SWAPS]
    if len(words) < 5 or not swaps:
        return None
    edits = []
    for word in chance.sample(swaps, min(len(swaps), 1 + len(words) // 12)):
        edits.append((span.start + word.start(), span.start + word.end(), SWAPS[word[0]]))
    said = _with(text, site.one, edits)
    whole = [site.instead_there(site.two, said)]
    for near in (site.number - 1, site.number + 1):
        if 0 <= near < len(site.pairs) and abs(site.pairs[near][1].start - site.two.start) < 800:
            one, two = site.pairs[near]
            if two.end <= site.two.start or two.start >= site.two.end:
                whole.append(site.instead_there(two, text[one.start : one.end]))
    return Found("words swapped", tuple(whole))


def _with(text: str, sentence: Span, edits: list[tuple[int, int, str]]) -> str:
    pieces, at = [], sentence.start
    for start, end, words in sorted(edits):
        pieces += [text[at:start], words]
        at = end
    return "".join([*pieces, text[at : sentence.end]])


def put_in_quotation_marks(site: Site, chance: Random) -> Found | None:
    """Words that were told indirectly, put between quotation marks."""
    if not site.is_plain:
        return None
    for statement, _ in site.spoken_there:
        inside = [one for one in statement.words if site.two.start <= one.start and one.end <= site.two.end]
        if statement.quotation != "indirect" or len(inside) != 1:
            continue
        text = site.there.page.report.text
        span = inside[0]
        skipped = re.match(r"(?:that|of|for|to)\s+", text[span.start : span.end])
        start = span.start + (skipped.end() if skipped else 0)
        end = span.end - 1 if text[span.end - 1] in ".," else span.end
        if len(text[start:end].split()) < 4:
            continue
        left, right = chance.choice((("“", "”"), ('"', '"')))
        return Found(
            "marks put around",
            (Edit(Where.THERE, start, start, left), Edit(Where.THERE, end, end, right)),
        )
    return None


def blame_reversed(site: Site, chance: Random) -> Found | None:
    """Two names around a deed that changed places; where there are none, a planted sentence in two wordings."""
    swapped = _names_swapped(site)
    if swapped is not None:
        return swapped
    if not site.is_plain:
        return None
    row = chance.choice(rows("blame"))
    names = [name for name in row["names"] if not has(name, _all(site))]
    if len(names) < 2:
        return None
    one, two = chance.sample(names, 2)
    return Found("planted", site.planted(row["here"].format(one=one, two=two), row["there"].format(one=two, two=one)))


def _all(site: Site) -> str:
    return site.here.page.report.text + site.there.page.report.text


def _names_swapped(site: Site) -> Found | None:
    names = _names(site.there, site.two)
    for first, second in pairwise(names):
        between = Span(first.end, second.start)
        text = site.there.page.report.text
        a, b = text[first.start : first.end], text[second.start : second.end]
        if not _is_deed(site.there, between) or a == b or has(r"[,;:\"“”]", text[between.start : between.end]):
            continue
        if site.ours.count(a) != 1 or site.ours.count(b) != 1 or site.theirs.count(a) != 1 or site.theirs.count(b) != 1:
            continue
        gap = Span(site.one.start + site.ours.index(a) + len(a), site.one.start + site.ours.index(b))
        if gap.start < gap.end and _is_deed(site.here, gap):
            return Found("names swapped", (site.instead_there(first, b), site.instead_there(second, a)))
    return None


def _names(reading: Reading, sentence: Span) -> list[Span]:
    spans = {span for entity in reading.grounds.entities for span in entity.mentions}
    spans |= {place.span for place in reading.grounds.places}
    inside = sorted(one for one in spans if sentence.start <= one.start and one.end <= sentence.end)
    return [
        one
        for one in inside
        if not any(other != one and other.start <= one.start and one.end <= other.end for other in inside)
    ]


def _is_deed(reading: Reading, between: Span) -> bool:
    spans = [event.trigger for event in reading.events]
    spans += [
        one.cue for one in reading.statements if one.cue and one.act in ("accuses", "criticizes", "warns", "threatens")
    ]
    return any(between.start <= span.start and span.end <= between.end for span in spans)
