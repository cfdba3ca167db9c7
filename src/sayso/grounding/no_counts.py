"""Why a number is no quantity: it names, dates or ages something, or is an article."""

from __future__ import annotations

import re

from sayso.grounding.clock_words import HOURS, SOFTLY, TELLS_A_LEVEL, is_hour, verb_over
from sayso.grounding.found import CLOCK, Found
from sayso.grounding.number_rows import Rows
from sayso.grounding.stretches import Stretch
from sayso.models.parsing import Token
from sayso.values.quantity import TENS

GLUED = re.compile(r"\w|[-/:.,–]\d|/|-[A-Za-z]|'s\b")
A_UNIT_OF = re.compile(r"/[a-z]")
OPEN_AGE_BEFORE, AGE_AFTER = re.compile(r"(?:\b[A-Z][\w'-]+\.?, |\()$"), re.compile(r"(?:,|\.|\)|;|$| [—–-])")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
MONTH_BEFORE, MONTH_AFTER = re.compile(rf"\b{MONTH} $"), re.compile(rf" {MONTH}(?!\w)")
YEAR, OLD_YEAR = re.compile(r"(?:19|20)\d\d"), re.compile(r"1[0-8]\d\d")
OF_A_YEAR = re.compile(
    r"\b(?:in|since|until|till|from|between|circa|before|after|around|by|early|late|year|and) $", re.I
)
ERA_BEFORE, ERA_AFTER = (
    re.compile(r"\bA\.?D\.? $|\bA\.?D\.? \d+ (?:and|to) $"),
    re.compile(r"(?: (?:and|to|or) \d+|[-–]\d+)? ?(?:B\.?C|A\.?D|CE|BCE)\b"),
)
WHO_IS = re.compile(
    r"\b(?:who|he|she|i|we|they)(?: (?:was|is|are|were|am)|'s|'re|'m)(?: (?:just|only|about|around|now|then))* $", re.I
)
CLAUSE_ENDS = re.compile(r"$|[.,;)]| (?:and|but|when|at the time|while|or)\b")
DIGITS_BEFORE, DIGITS_AFTER = (
    re.compile(r"\d[ -]$"),
    re.compile(r"(?<=\d\d)(?:[ -]\d{3}[ -]\d|-\d{4}(?!\d)| \d{4,}|\) ?\d{3})"),
)
COORDINATE = re.compile(
    r"(?P<marks>[°º][\d'′\"″.]*|['′\"″][\d'′\"″.]*| ?(?:deg|degrees)(?= [NSEWnsew]))? ?"
    r"(?:[NSE]|(?<=\d\d)W|(?<=[°º'′\"″ ])W|(?<=s )(?:north|south|east|west))\b(?!\.[A-Z]|-)"
)
WERE_UNDER = re.compile(
    r"\b(?:was|were|is|are|be|been)(?: (?:all|both|mostly|still|just|[a-z]+ly))? (?:under|over|below|above) $", re.I
)
TIMES = re.compile(r" times\b(?! of\b)", re.I)
LISTED, AGE_ENDS = re.compile(r", | and |, and | or "), re.compile(r"$|[,.;)]| (?:and|or) \d")
AGES = re.compile(r"\d{1,2}(?:, \d{1,2})* and \d{1,2}(?:,|\))")
ONE_BY_ONE = re.compile(r" of\b| after (?:another|the other)| by one\b")
HARMS_PEOPLE = frozenset({"kill", "wound", "injure", "hurt", "arrest", "detain", "die"})
STRONG = re.compile(r"-strong\b")
SOMEBODY = frozenset({"he", "she", "who", "i"})
OLDEST = 110
PHONE = re.compile(r"0\d+|\d{6,}")
CENTURIES = frozenset({"seventeen", "eighteen", "nineteen", "twenty"})
SCORED = re.compile(
    r"\b(?:won|win|lost|lose|beat|beaten|drew|drawn|defeated|trail\w*|voted|finished|ended|score of)\b[^,.;\d]*$", re.I
)
SCORE = re.compile(r" (?:win|victory|defeat|loss|draw|tie|lead|record|scoreline|vote|decision|down|up|aggregate)\b")
BLOCK = re.compile(r" block of\b")


def refusal(stretch: Stretch, match: re.Match[str], find: Found, rows: Rows) -> str | None:
    """Why a number names, dates or ages something and counts nothing; None where it counts."""
    text, end = stretch.text, find.end
    age = rows.age_after.match(text, find.core[1]) or (find.unit and rows.age_after.match(text, find.core[1]))
    if age:
        find.aged, find.unit, find.end = age["unit"].lower(), None, age.end()
        return "age"
    if rows.not_after.match(text, match.end()):
        return "calibre" if find.unit else "code"
    if _is_coordinate(text, match):
        return "code"
    hyphened = re.match(r"-[A-Za-z]", text[end : end + 2])
    if hyphened and (rows.bound_after.match(text, end) or STRONG.match(text, end)):
        return None
    if DIGITS_BEFORE.search(text[max(0, find.start - 2) : find.start]) or DIGITS_AFTER.match(text, match.end()):
        return "code"
    measured = find.unit is not None and not rows.is_time(find.unit)  # "a 2-metre-deep trench", "a $5-a-share bid"
    rate = (hyphened and measured) or (find.unit is not None and A_UNIT_OF.match(text, end))
    if (GLUED.match(text, end) and not rate) or CLOCK.match(text, end):
        return "glued" if hyphened else "code"
    if YEAR.fullmatch(match[0]) and find.joint in ("-", "–", "—") and find.unit is None:
        return "year"
    if find.joint == "-" and find.unit is None and _is_score(stretch, find):
        return "code"
    before = text[max(0, find.start - 24) : find.start]
    told = rows.age_before.search(before) and not _counts_a_noun(stretch, find)
    if told:
        find.aged = "year"
        return "age"
    if find.unit is not None:
        return "time" if rows.is_time(find.unit) else None
    if _is_age_of_people(stretch, find, rows):
        find.aged = "year"
        return "age"
    if TIMES.match(text, find.end):
        return "multiple"
    if find.values and is_hour(stretch, find):
        return "clock"
    return _named(stretch, match, find, rows, before)


def _is_coordinate(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a latitude or a longitude: "53.13 N", "12°30'N"."""
    side = COORDINATE.match(text, match.end())
    return side is not None and ("." in match[0] or side["marks"] != "")


def _is_age_of_people(stretch: Stretch, find: Found, rows: Rows) -> bool:
    """Whether "under 16" tells how old the people are that a sentence is about, and not how many there are."""
    text = stretch.text
    if not 0 < (find.low or 0) < OLDEST or not WERE_UNDER.search(text[max(0, find.start - 40) : find.start]):
        return False
    if not CLAUSE_ENDS.match(text, find.end):
        return False
    at = stretch.token_from(find.start)
    tokens = stretch.tokens
    copula = next((token for token in reversed(tokens[:at]) if token.lemma == "be"), None)
    if copula is None:
        return False
    subjects = [token for token in tokens[:at] if token.dep.startswith("nsubj") and token.head == copula.i]
    return any(token.tag == "CD" or {token.lemma, token.text.lower()} & rows.aged for token in subjects)


def _is_where(stretch: Stretch, index: int, follows: Token | None) -> bool:
    """Whether a noun before a number only says where: "in the brigade 40 died", not "flight 40 crashed"."""
    if index < 2 or follows is None or follows.pos not in ("VERB", "AUX"):
        return False
    last = stretch.tokens[index - 1]
    return stretch.tokens[index - 2].tag == "DT" and last.pos == "NOUN" and last.text.islower()


def _is_beside_a_noun(stretch: Stretch, find: Found, tag: str) -> bool:
    """Whether a number in commas tells the age of the one before it: "a soldier, 19, and", "the boy, just 12,"."""
    at = stretch.token_from(find.core[0])
    while at > 0 and stretch.tokens[at - 1].lemma in SOFTLY | {"only", "now", "then", "aged"}:
        at -= 1
    if at < 2 or stretch.tokens[at - 1].text != ",":
        return False
    noun = stretch.tokens[at - 2]
    if noun.dep == "pobj" and stretch.tokens[noun.head - stretch.tokens[0].i].lemma in ("in", "at", "on", "near"):
        return False  # "in the blast, 12, and in the fire, 9"
    return noun.tag == tag and noun.text.islower() and noun.lemma not in TELLS_A_LEVEL and noun.ent == ""


def _is_told_of_somebody(stretch: Stretch, find: Found) -> bool:
    """Whether "at 15" tells how old somebody was: "she fled at 15"."""
    at = stretch.token_from(find.core[0])
    if at == 0 or stretch.tokens[at - 1].lemma != "at":
        return False
    verb = verb_over(stretch, stretch.tokens[at])
    if verb is None or verb.lemma in TELLS_A_LEVEL:
        return False
    subjects = [token for token in stretch.tokens[:at] if token.dep == "nsubj"]
    return bool(subjects) and (subjects[-1].lemma in SOMEBODY or subjects[-1].ent == "PERSON")


def _is_score(stretch: Stretch, find: Found) -> bool:
    """Whether two numbers tell how a game or a vote ended: "lost 1-3", "a 2-3 defeat"."""
    if SCORE.match(stretch.text, find.end):
        return True
    told = SCORED.search(stretch.text[max(0, find.start - 30) : find.start])
    return told is not None and not _counts_a_noun(stretch, find)  # "lost 10-15 men"


def _named(stretch: Stretch, match: re.Match[str], find: Found, rows: Rows, before: str) -> str | None:
    """Whether a bare number is a name, a year, a date or an age."""
    text, end = stretch.text, find.end
    figures = match[0][0].isdigit()
    index = stretch.token_at(match.start())
    if index is None or index >= len(stretch.tokens):
        return None
    after = stretch.token_from(find.core[1])
    follows = stretch.tokens[after] if after < len(stretch.tokens) else None
    counts = follows is not None and follows.pos in ("NOUN", "ADJ", "VERB") and follows.text != ","
    if BLOCK.match(text, end) or (PHONE.fullmatch(match[0]) and not counts):
        return "name"
    designator = None if "," in match[0] else rows.not_before.search(before)
    if designator and _is_where(stretch, index, follows):
        designator = None
    numbered = designator is not None and designator[0].strip().lower() in ("number", "no.", "no")
    if designator and (
        numbered or not (counts and follows is not None and follows.pos != "VERB" and designator[0][:1].islower())
    ):
        return "name"
    alone = end == match.end()
    if figures and alone and (MONTH_BEFORE.search(before) or MONTH_AFTER.match(text, end)):
        return "date"
    young = figures and alone and 0 < (find.low or 0) < 110
    find.listed = young and AGES.match(text, find.core[0]) is not None and _is_beside_a_noun(stretch, find, "NNS")
    alone_age = AGE_AFTER.match(text, end) and (
        OPEN_AGE_BEFORE.search(before) or _is_beside_a_noun(stretch, find, "NN")
    )
    if find.listed or (young and alone_age):
        find.aged = "year"
        return "age"
    if young and (find.low or 0) > HOURS and CLAUSE_ENDS.match(text, end) and _is_told_of_somebody(stretch, find):
        find.aged = "year"
        return "age"
    if index and stretch.tokens[index - 1].text.lower() in CENTURIES:
        return "year"
    if match[0].lower() in CENTURIES and follows is not None and follows.text.lower().split("-")[0] in TENS:
        return "year"  # "nineteen ninety-one"
    if young and WHO_IS.search(before) and CLAUSE_ENDS.match(text, end):
        find.aged = "year"
        return "age"
    if figures and ERA_AFTER.match(text, end):
        return "year"
    if figures and alone and _is_year(match[0], before, counts_many(stretch, after)):
        return "year"
    last = stretch.tokens[index - 1] if index else None
    named = last is not None and _is_proper(last) and before.endswith((" ", "-"))
    if not figures and match[0][0].isupper() and _is_in_a_name(stretch, index):
        return "name"
    if named and not figures and match[0][0].isupper():
        return "name"  # "the Kick Six", "Channel Four"
    if figures and named and alone and _is_inside_a_count(stretch, index):
        return "name"  # "14 Leopard 2 tanks"
    in_a_land = last is not None and last.ent in ("GPE", "NORP", "LOC")
    if figures and named and not counts and in_a_land and counts_many(stretch, after):
        return None  # "(will send) Germany 14 Leopard tanks"
    if figures and named and counts and alone and follows is not None and follows.pos != "VERB":
        return "name" if _names_one(stretch, after) else None
    if figures and named and not counts:
        if last is not None and last.ent == "PERSON" and young and (find.low or 0) > 5:
            find.aged = "year"
            return "age"
        return "name"
    if (
        figures
        and alone
        and "," not in match[0]
        and (find.low or 0) >= 100
        and follows is not None
        and follows.text[:1].isupper()
    ):
        return "name" if _names_one(stretch, after) else None
    return None


def _is_year(figures: str, before: str, many: bool) -> bool:
    if ERA_BEFORE.search(before):
        return True
    if many:
        return False
    return bool(YEAR.fullmatch(figures) or (OLD_YEAR.fullmatch(figures) and OF_A_YEAR.search(before)))


def _is_inside_a_count(stretch: Stretch, index: int) -> bool:
    """Whether only a name stands between another number and this one."""
    at = index - 1
    while at > 0 and stretch.tokens[at].pos == "PROPN":
        at -= 1
    return at < index - 1 and stretch.tokens[at].pos == "NUM" and stretch.tokens[at].ent not in ("DATE", "TIME")


def _counts_a_noun(stretch: Stretch, find: Found) -> bool:
    """Whether a noun group stands right behind: "12 died at 3 checkpoints"."""
    at = stretch.token_from(find.core[1])
    if find.unit is not None or at >= len(stretch.tokens):
        return False
    return stretch.tokens[at].pos in ("NOUN", "ADJ") and stretch.tokens[at].ent not in ("DATE", "TIME")


def counts_many(stretch: Stretch, at: int) -> bool:
    """Whether a noun group in the plural follows: "2000 young men", not "2008 presidential election"."""
    tokens = stretch.tokens
    if at >= len(tokens) or tokens[at].pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    while at + 1 < len(tokens) and tokens[at + 1].pos in ("NOUN", "ADJ", "PROPN", "NUM"):
        at += 1
    return tokens[at].tag in ("NNS", "NNPS")


def _is_in_a_name(stretch: Stretch, index: int) -> bool:
    """Whether a large number word behind "the" and before a name is its part: "the Three Gorges"."""
    if index == 0 or index + 1 >= len(stretch.tokens) or not stretch.tokens[index + 1].text[:1].isupper():
        return False
    return stretch.tokens[index - 1].text in ("the", "The") or stretch.tokens[index - 1].text.islower()


def _is_proper(token: Token) -> bool:
    """Whether a word is a name: so tagged, or with a capital inside ("iPhone")."""
    capital = token.text[:1].isupper() and token.pos == "NOUN"
    return token.pos == "PROPN" or capital or (token.pos != "PUNCT" and token.text[1:] != token.text[1:].lower())


def _names_one(stretch: Stretch, at: int) -> bool:
    """Whether a noun group ends in the singular: "737 Max", not "300 Kalashnikovs" nor "45 H1N1 isolates"."""
    tokens = stretch.tokens
    while at + 1 < len(tokens) and (tokens[at + 1].pos in ("PROPN", "NOUN", "ADJ") or tokens[at + 1].tag == "VBZ"):
        at += 1
    many = tokens[at].text.endswith("s") and not tokens[at].text.endswith("ss")
    return tokens[at].tag in ("NNP", "NN") and not many


def counts_one(stretch: Stretch, find: Found, rows: Rows) -> bool:
    """Whether "one" is a count: it stands before a noun, or a bound, in a sentence about harm or capture."""
    index = stretch.token_at(find.core[0])
    if index is None or index + 1 >= len(stretch.tokens):
        return False
    if index and stretch.tokens[index - 1].lemma in ("no", "not"):
        return False
    if find.low is None or find.high is None or _is_one_of_them(stretch, index, rows):
        return True
    token, after = stretch.tokens[index], stretch.tokens[index + 1]
    if _is_harmed(stretch, find, index, rows):
        return True
    taken_from = after.text == "of" and token.dep != "pobj"
    if after.pos not in ("NOUN", "ADJ", "PROPN", "VERB") and not taken_from:
        return False
    if token.dep not in ("nummod", "nsubjpass", "dobj", "nsubj"):
        return False
    near = stretch.tokens[max(0, index - 6) : index + 7]
    return any(word.lemma in rows.ones for word in near)


def _is_harmed(stretch: Stretch, find: Found, index: int, rows: Rows) -> bool:
    """Whether a bare "one" is who was hurt: "wounding one", "three were hurt and one died"; not "the one who died"."""
    tokens = stretch.tokens
    token, after = tokens[index], tokens[index + 1]
    verb = tokens[token.head - tokens[0].i]
    if verb.pos != "VERB" or verb.lemma not in rows.ones or (index and tokens[index - 1].pos in ("DET", "ADJ")):
        return False
    others = any(other.tag == "CD" and other is not token for other in tokens)
    if not others and verb.lemma not in HARMS_PEOPLE:
        return False  # "he had a gun and they destroyed one"
    if token.dep in ("dobj", "obj"):
        ends = after.pos in ("PUNCT", "CCONJ", "ADP", "ADV") and not ONE_BY_ONE.match(stretch.text, find.core[1])
        return after.text == "more" or ends
    told = after.tag == "VBD" or (after.pos == "ADV" and verb.tag in ("VBD", "VBN"))
    return token.dep in ("nsubj", "nsubjpass") and told


def _is_one_of_them(stretch: Stretch, index: int, rows: Rows) -> bool:
    """Whether "one of them" is a part of those who are counted or harmed before: "two guards, one of them badly"."""
    tokens = stretch.tokens
    if index == 0 or tokens[index - 1].text not in (",", "(", "-", "–", "—"):
        return False
    if [token.text for token in tokens[index + 1 : index + 2]] != ["of"] or index + 2 >= len(tokens):
        return False
    if tokens[index + 2].text.lower() in ("whom", "which"):
        return any(token.lemma in rows.ones for token in tokens[index : index + 8])
    return tokens[index + 2].text.lower() == "them" and any(
        token.tag == "CD" or token.lemma in rows.ones for token in tokens[:index]
    )


def is_in_a_list_of_ages(text: str, before: Found, find: Found, rows: Rows) -> bool:
    """Whether a bare number goes on where ages were told: "aged 9, 11 and 14", "two sons, 8 and 11, were taken"."""
    if find.unit is not None or find.refused is not None or not LISTED.fullmatch(text, before.end, find.start):
        return False
    told = rows.age_before.search(text[max(0, before.start - 24) : before.start]) or before.listed
    return bool(told and (find.joint or AGE_ENDS.match(text, find.end)))
