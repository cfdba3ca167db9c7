"""Mutations of who says it, and how: speakers, verbs of saying, caveats, denials. See `bench.mutations`."""

from __future__ import annotations

import re
from random import Random

from bench.mutating import NAMED, Found, Site, has, kept_case, rows
from sayso.record import Source, Span, Statement

PRONOUNS = ("he", "she", "they", "it", "who", "i", "we", "his", "her")
VAGUE = ("an official", "one official", "sources", "a source", "observers", "people familiar with the matter")
INVENTED = (
    "Juri Maddox",
    "Elsa Brandt",
    "Corvin Dass",
    "Oskar Lind",
    "Henrik Aune",
    "the Lowland Institute",
    "Rosa Teller",
)
PLAIN = ("said", "says", "stated", "states", "told", "explained", "explains", "added", "adds", "according to")
STRONGER = {
    "said": ("confirmed", "revealed", "admitted", "acknowledged"),
    "says": ("confirms", "reveals", "admits", "acknowledges"),
}
WEAKER = {"said": ("claimed", "alleged"), "says": ("claims", "alleges")}
TELLING = (
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ell\w*)|stat(?:ed|es|ement)|claim\w*|announc\w*|according|report\w*|writ\w*|wrote|explain\w*|"
    r"add(?:ed|s)|believ\w*|think\w*|thought|call\w*|warn\w*|spokes\w+|den(?:y|ie)\w*|confirm\w*|emphasi\w+|insist\w*|not(?:es|ed)|"
    r"point\w*|accus\w*|demand\w*|quot\w+|ask\w*|comment\w*|argu\w*|describ\w*|suggest\w*|stress\w*|express\w*|mention\w*)\b"
)
OPENERS = (
    "The",
    "A",
    "An",
    "In",
    "On",
    "It",
    "There",
    "They",
    "He",
    "She",
    "This",
    "These",
    "At",
    "For",
    "Some",
    "Many",
    "Several",
)
WRAPPERS = (
    ("{} said that ", "", "police"), ("{} said ", "", "officials"), ("According to {}, ", "", "the ministry"),
    ("", ", {} said", "a spokeswoman"), ("", ", according to {}", "the local council"), ("{} said that ", "",
     "witnesses"),
)  # fmt: skip


def caveat_dropped(site: Site, chance: Random) -> Found | None:
    """A "could not verify" behind the original's sentence; the copy has none. Or the copy's own, cut out."""
    return _dropped(site, chance, "caveat", ("cannot_verify",), r"verif|confirm|corroborat|independent")


def denial_dropped(site: Site, chance: Random) -> Found | None:
    """A sentence in which somebody denies it, behind the original's; the copy has none. Or the copy's own, cut out."""
    return _dropped(site, chance, "denial", ("denies",), r"\bden(?:y|ie)|reject|refut|dismiss|\bfalse\b|disput")


def _dropped(site: Site, chance: Random, kind: str, acts: tuple[str, ...], words: str) -> Found | None:
    if has(words, site.around_there()) and any(one.act in acts for one, _ in site.spoken_there):
        if not any(one.act in acts for one, _ in site.spoken_here) or len(site.pairs) < 4:
            return None
        end = site.two.end
        return Found("taken out", (site.instead_there(Span(site.two.start, end), ""),))
    if has(words, site.around_there()) or not site.is_plain:
        return None
    row = chance.choice(rows(kind))
    return Found("put in", (site.behind_here(row["says"]),))


def act_strengthened(site: Site, chance: Random) -> Found | None:
    """The copy confirms, admits or reveals what was said; or says what was claimed."""
    return _strength(site, chance, STRONGER, WEAKER)


def act_weakened(site: Site, chance: Random) -> Found | None:
    """The copy claims or alleges what was said; or says what was confirmed."""
    return _strength(site, chance, WEAKER, STRONGER)


def _strength(
    site: Site, chance: Random, there: dict[str, tuple[str, ...]], here: dict[str, tuple[str, ...]]
) -> Found | None:
    if len(site.spoken_here) != 1 or len(site.spoken_there) != 1:
        return None
    ours, theirs = site.spoken_here[0][0], site.spoken_there[0][0]
    was, now = _cue(site, ours, True), _cue(site, theirs, False)
    if was not in PLAIN or now not in PLAIN or ours.cue is None or theirs.cue is None:
        return None
    if now in there and (was not in here or chance.random() < 0.6):
        return Found("copy", (site.instead_there(theirs.cue, chance.choice(there[now])),))
    if was in here:
        return Found("original", (site.instead_here(ours.cue, chance.choice(here[was])),))
    return None


def _cue(site: Site, statement: Statement, here: bool) -> str:
    text = (site.here if here else site.there).page.report.text
    return text[statement.cue.start : statement.cue.end].lower() if statement.cue else ""


def attribution_to_fact(site: Site, chance: Random) -> Found | None:
    """Who said it cut away from the copy's sentence; or a speaker put around a bare sentence of the original."""
    if not site.is_plain:
        return None
    if site.spoken_here and len(site.spoken_there) == 1:
        return _unattributed(site)
    if site.spoken_here or site.spoken_there or has(TELLING, site.ours) or has(TELLING, site.around_there()):
        return None
    first = site.ours.split(" ", 1)[0]
    if first not in OPENERS or not site.ours.endswith(".") or len(site.ours.split()) < 7:
        return None
    before, behind, who = chance.choice(WRAPPERS)
    rest = site.ours[:-1]
    said = kept_case("A", before.format(who)) + rest[0].lower() + rest[1:] if before else rest + behind.format(who)
    return Found("wrapped", (site.instead_here(site.one, said + "."),))


def _unattributed(site: Site) -> Found | None:
    statement, source = site.spoken_there[0]
    if statement.cue is None or statement.who is None or source.naming == "newsroom" or statement.act != "says":
        return None
    if any(one.naming == "newsroom" for _, one in site.spoken_here):
        return None
    low = min(statement.cue.start, statement.who.start) - site.two.start
    high = max(statement.cue.end, statement.who.end) - site.two.start
    words = site.theirs
    if low == 0 and (that := re.match(r"(?:,| that|) ", words[high:])) and len(words[high:].split()) > 5:
        rest = words[high + that.end() :]
        return Found("front cut", (site.instead_there(site.two, rest[0].upper() + rest[1:]),))
    comma = words.rfind(",", 0, low + 1)
    if words[high:] == "." and comma > 25 and len(words[comma:low].split()) <= 2:
        return Found("end cut", (site.instead_there(site.two, words[:comma] + "."),))
    return None


def speaker_dropped(site: Site, chance: Random) -> Found | None:
    """A named speaker became "an official" or "sources"."""
    found = _speaker(site)
    if found is None:
        return None
    who, verb = found
    vague = chance.choice(VAGUE)
    words = f"{vague}" if verb != "says" or vague.startswith(("a ", "an ", "one ")) else "an official"
    return Found("vague", (site.instead_there(who, _cased(site, who, words)),))


def speaker_changed(site: Site, chance: Random) -> Found | None:
    """A named speaker became another one, of the same report or from elsewhere."""
    found = _speaker(site)
    if found is None:
        return None
    who, _ = found
    near, was = site.around_there(), _at(site, who)
    others = [
        source.name
        for source in site.there.sources
        if source.naming == "named"
        and source.name not in near
        and not set(source.name.split()) & set(was.split())
        and not any(word in site.ours for word in source.name.split())
        and source.name[:1].isupper()
        and not any(set(source.name.split()) & set(one.name.split()) for _, one in site.spoken_here)
    ]
    if others and chance.random() < 0.5:
        return Found("of the same report", (site.instead_there(who, chance.choice(others)),))
    return Found("from elsewhere", (site.instead_there(who, _cased(site, who, chance.choice(INVENTED))),))


def _speaker(site: Site) -> tuple[Span, str] | None:
    """The one speaker of the sentence there, named in both, whose words stand free beside the verb of saying."""
    if len(site.spoken_there) != 1 or not site.spoken_here:
        return None
    statement, source = site.spoken_there[0]
    if (
        statement.who is None
        or statement.cue is None
        or source.naming not in NAMED
        or statement.act not in ("says", "denies")
    ):
        return None
    if not any(_is_named(one, source, site) and _is_said(site, other) for other, one in site.spoken_here):
        return None
    text, who, cue = site.there.page.report.text, statement.who, statement.cue
    near = text[who.end : cue.start] if who.end <= cue.start else text[cue.end : who.start]
    behind = text[max(who.end, cue.end) : max(who.end, cue.end) + 2]
    if near.strip() or (who.end > cue.end and behind[:1] not in (".", ",")):
        return None
    before = text[site.two.start : who.start].rstrip()
    if who.end <= cue.start and before and before[-1] not in ',”"':
        return None
    named = [word for word in re.findall(r"\w{3,}", " ".join((source.name, *source.also))) if word[0].isupper()]
    elsewhere = site.around_there().replace(_at(site, who), " ", 1)
    if not named or any(has(rf"\b{re.escape(word)}", elsewhere) for word in named):
        return None
    return who, text[cue.start : cue.end].lower()


def _is_said(site: Site, statement: Statement) -> bool:
    """Whether the sentence here names its speaker, not "he" or "she"."""
    who = statement.who
    return who is not None and site.here.page.report.text[who.start : who.end].lower() not in PRONOUNS


def _is_named(one: Source, other: Source, site: Site) -> bool:
    words = {word.lower() for word in re.findall(r"\w{3,}", " ".join((one.name, *one.also)))}
    return one.naming in NAMED and any(word.lower() in words for word in re.findall(r"\w{3,}", other.name))


def _cased(site: Site, who: Span, words: str) -> str:
    """Words with a capital where they begin the sentence."""
    return words[0].upper() + words[1:] if who.start == site.two.start else words


def _at(site: Site, span: Span) -> str:
    return site.there.page.report.text[span.start : span.end]
