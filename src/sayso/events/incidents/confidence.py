"""How sure a text is of whom it accuses: what the record says of the accusation, as named numbers.

In which acts the organisation is spoken of and by whom, what it says itself, what each teller of its deeds commits to,
and which of the accusing words stand by it or elsewhere in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sayso.events.incidents.features import Told, governor
from sayso.models.parsing import Token
from sayso.models.truecase import offices
from sayso.record import Source, Span

VALUES = (
    "REPORTED AS FACT",
    "CLAIMED OR ADMITTED",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "POSSIBLE",
)
ACCUSING = frozenset({
    "claim", "responsibility", "credit", "admit", "deny", "accuse", "blame", "attribute", "allege", "alleged",
    "allegedly", "suspect", "suspected", "suspicion", "presumed", "presumably", "apparently", "believe",
    "belief", "possible", "possibly", "probably", "involve", "involvement", "investigate", "charge", "link",
    "implicate", "threaten", "threat", "report", "say", "perpetrate", "responsible", "call", "telephone",
    "communique", "member", "may", "might", "could", "if", "order", "thank",
})  # fmt: skip
AUTHORITIES = frozenset({
    "army", "military", "police", "government", "ministry", "official", "officials", "authority", "authorities",
    "forces", "court", "intelligence", "investigators", "embassy", "prosecutor", "defense", "defence",
    "presidential", "troops",
})  # fmt: skip
MOST = 3.0


def mentions_of(text: str, names: Iterable[str]) -> list[Span]:
    """Where plain names stand in a text, whatever marks and articles are between their words."""
    patterns = (r"\b" + r"\W+(?:(?:the|a|an)\s+)?".join(map(re.escape, name.split())) + r"\b" for name in names)
    found = {found.span() for pattern in patterns for found in re.finditer(pattern, text, re.IGNORECASE)}
    return [Span(*place) for place in sorted(found)]


def confidence_features(told: Told, mentions: Sequence[Span], kind: str) -> dict[str, float]:
    """What is known of the accusation of those who are named at these mentions, in an incident of this type."""
    found: Counter[str] = Counter({f"kind:{kind}": 1})
    by_id = {source.id: source for source in told.spoken.sources}
    own = {source.id for source in told.spoken.sources if _meet(source.mentions, mentions)}
    _from_statements(told, mentions, by_id, own, found)
    _from_events(told, mentions, by_id, own, found)
    _from_words(told, mentions, found)
    found["mentions"] = min(len(mentions), 5)
    return {name: min(float(count), MOST) for name, count in found.items()}


def _meet(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.start < other.end and other.start < one.end for one in spans for other in others)


def _is_authority(source: Source | None) -> bool:
    if source is None:
        return False
    words = set(f"{source.name} {source.role or ''}".lower().replace(",", " ").split())
    return bool(words & AUTHORITIES or words & offices())


def _from_statements(
    told: Told, mentions: Sequence[Span], by_id: dict[str, Source], own: set[str], found: Counter[str]
) -> None:
    for statement in told.spoken.statements:
        if statement.source in own:
            found[f"speaks:{statement.act}"] += 1
        if not _meet(statement.words, mentions):
            continue
        authority = _is_authority(by_id.get(statement.source))
        by = "own" if statement.source in own else "authority" if authority else "other"
        found["in:authority"] += authority
        found[f"in:{statement.act}"] += 1
        found[f"in:{statement.act}:{by}"] += 1


def _from_events(
    told: Told, mentions: Sequence[Span], by_id: dict[str, Source], own: set[str], found: Counter[str]
) -> None:
    source_of = {statement.id: statement.source for statement in told.spoken.statements}
    for event in told.events:
        if not _meet([party.span for party in event.agents], mentions):
            continue
        found["agent"] += 1
        found[f"agent:{event.status}"] += 1
        found["agent:background"] += event.background
        for teller in event.told:
            if teller.statement is None:
                found[f"newsroom:{teller.status}"] += 1
                continue
            source = source_of.get(teller.statement, "")
            found[f"teller:{teller.status}"] += 1
            found["teller:authority"] += _is_authority(by_id.get(source))
            found["teller:own"] += source in own


def _from_words(told: Told, mentions: Sequence[Span], found: Counter[str]) -> None:
    heads = [token for span in mentions if (token := told.token_in(span)) is not None]
    sentences = {token.sentence for token in heads}
    for token in heads:
        dep, preposition, above = governor(told.parse, token.i)
        found[f"dep:{dep}"] += 1
        found[f"preposition:{preposition}"] += 1
        if above is not None and above.lemma in ACCUSING:
            found[f"under:{above.lemma}"] += 1
        found["is authority"] = max(found["is authority"], _names_authority(token))
    for token in told.parse.tokens:
        beside = token.sentence in sentences
        if token.lemma in ACCUSING:
            found[f"{'beside' if beside else 'elsewhere'}:{token.lemma}"] = 1
        elif beside and _names_authority(token):
            found["beside:authority"] = 1


def _names_authority(token: Token) -> bool:
    return token.text.lower() in AUTHORITIES or token.lemma in offices()
