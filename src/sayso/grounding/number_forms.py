"""How numbers are written: figures, words, scales, parts of a whole, ranges."""

from __future__ import annotations

import re

from sayso.grounding.number_rows import SCALE
from sayso.values.quantity import ONES, PARTS, TENS

MEASURED = r"(?=[ -](?:of\b|an?\b|[a-z]*(?:inch|mile|hour|year|month|foot|feet|cup|point)))"
FRACTION = rf"(?:\d{{1,3}}[ -])?[1-9]/(?:[2-9]|1[0-6])(?![\d/]){MEASURED}"
FIGURE = rf"(?:{FRACTION}|" + r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,15})(?:\.\d{1,9})?[½¼¾⅓⅔]?|\.\d{1,9}|[½¼¾⅓⅔])"
DIGITS = "|".join(word for word in ONES if 0 < ONES[word] < 10)
SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{DIGITS})\b)?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
WORDS = rf"\b(?:(?:{SMALL}\b|an?(?= (?:dozen|{SCALE})\b))(?:[ -](?:dozen|{SCALE})\b(?:(?: and)? {SMALL}\b)?)*)"
PART = rf"(?:(?:an?|(?:{DIGITS}))[ -])?(?:{'|'.join(PARTS)})s?\b"
OUT_OF = rf"(?P<out>in|out of)(?: every)? (?P<all>{SMALL}|\d{{1,3}})\b(?![.,]?\d|%|[-/])"
RATIO = rf"(?P<of>{SMALL}|\d{{1,3}}) {OUT_OF}"
NOUN_RATIO = rf"(?P<of>{SMALL}|\d{{1,3}}) (?P<noun>[a-z]+) {OUT_OF}"
CORE = re.compile(rf"(?<![\w.])(?<!\w[-/:])(?<!\d[,–])(?:\b{PART}|{FIGURE}|{WORDS})", re.IGNORECASE)
PARTED, RATED = re.compile(PART, re.IGNORECASE), re.compile(RATIO, re.IGNORECASE)
RATED_NOUN = re.compile(NOUN_RATIO, re.IGNORECASE)
TAIL = re.compile(
    rf"(?: |-)?(?P<scale>(?:{SCALE}|bn|bln|mn|mln|tn|trn)\b|(?<=\d)k\b)|(?<=\d)(?P<big>(?-i:[MB]))\b(?!-)"
    r"|(?<=\d) ?(?P<small>m)\b(?= (?:people|men|women|children|more|[a-z]{3,}s)\b(?! (?:wide|long|away|high|tall)\b))",
    re.IGNORECASE,
)
HALF = re.compile(r" and (?:a |one[ -])?(?P<half>half|quarter)\b|[ -]and[ -]a[ -](?P<glued>half|quarter)\b", re.I)
SECOND = re.compile(
    rf"(?P<joint> to | or | and |-to-|-| ?– ?| ?— ?)(?P<money>[A-Z]*[$€£¥₴₽₪₹])?(?P<number>{FIGURE}|{WORDS})",
    re.IGNORECASE,
)
MILLIONS = re.compile(r" ?m\b")
