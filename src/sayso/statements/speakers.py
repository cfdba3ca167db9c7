"""Who is it: from the words before a cue to a Source, with the evidence kept as mentions.

A guess never crosses sides: a pronoun or a bare title goes back to the last speaker it fits, and where
two fit, the statement says so in its doubts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below, pieces
from sayso.record import Basis, Entity, Grounds, Page, Place, Source, Span, Tie
from sayso.statements.channels import issuer
from sayso.statements.reach import DOER, SIDE
from sayso.statements.rows import newsroom_nouns, outlet_names, voices
from sayso.statements.shapes import Range, noun_phrase, subtree
from sayso.statements.standing import Standing
from sayso.values.kept import kept
from sayso.values.party import party_named

SINGULAR_PEOPLE = frozenset({"he", "she", "him", "her", "himself", "herself"})
PLURAL_PEOPLE = frozenset({"they", "them", "themselves"})
THINGS = frozenset({"it", "itself"})
OWN_VOICE = frozenset({"i", "we", "me", "us"})
SOME = frozenset(
    {
        "one",
        "another",
        "some",
        "many",
        "others",
        "several",
        "few",
        "most",
        "all",
        "both",
        "two",
        "three",
        "someone",
        "somebody",
    }
)
WOMEN = frozenset(
    {
        "spokeswoman",
        "queen",
        "woman",
        "mother",
        "girl",
        "chairwoman",
        "sister",
        "wife",
        "daughter",
        "widow",
        "grandmother",
        "ms",
        "mrs",
        "policewoman",
    }
)
MEN = frozenset(
    {
        "spokesman",
        "king",
        "man",
        "father",
        "boy",
        "chairman",
        "brother",
        "husband",
        "son",
        "grandfather",
        "mr",
        "policeman",
        "pope",
        "fisherman",
    }
)
REMEMBERED = 200
"""How many speakers and subjects back a pronoun or a short form may reach."""
OWNED = re.compile(r"(?:[Tt]he )?(?P<whole>[A-Z][\w.-]+(?: [A-Z][\w.-]+)?['’]s (?P<body>.+))")
CALLED = frozenset({"call", "know", "name", "dub", "style"})
AGE = re.compile(r",\s(?:an?\s(?:[a-z-]+\s){0,2}\d+-year-old\b|aged\s\d+\b|\d{1,2},)")
NAME_IN_CAPITALS = 2
"""Words in capitals, at least, that can be somebody's name without an article."""
LONGEST_NAME = 7
SHORT_OF = 12
"""How many speakers and subjects back "the mayor's account" may point."""
SPEAKING = frozenset({"office", "body", "outfit"})


@dataclass(slots=True)
class _Draft:
    """A source while it is being put together."""

    name: str
    naming: str
    plural: bool = False
    members: tuple[int, ...] = ()
    role: str | None = None
    party: str | None = None
    basis: Basis | None = None
    private: bool = False
    mentions: set[Span] = field(default_factory=set)
    also: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    gender: str = ""
    nouns: frozenset[str] = frozenset()  # nouns it can be called by: "mayor", "ministry"


@dataclass(frozen=True, slots=True)
class Found:
    """The speaker of one cue: the source's index, the stretch that names it, and what is doubtful."""

    source: int
    who: Range | None
    doubts: tuple[str, ...] = ()
    through: int | None = None  # head of a document the source speaks through


class Cast:
    """The sources of one page, found in text order."""

    def __init__(self, page: Page, parse: Parse, grounds: Grounds, knowledge: Knowledge) -> None:
        self._page, self._parse, self._knowledge = page, parse, knowledge
        self._cuts = [cut.span for cut in page.cuts]
        self._drafts: list[_Draft] = []
        self._by_key: dict[str, int] = {}
        self._starts = [token.start for token in parse.tokens]
        self._quoted = [(one.span.start, one.span.end) for one in page.quotations if one.depth == 0]
        self._entities = grounds.entities
        self._entity_at = self._tokens_of(
            (span, index) for index, entity in enumerate(grounds.entities) for span in entity.mentions
        )
        self._place_at = {
            token: grounds.places[index]
            for token, index in self._tokens_of((p.span, i) for i, p in enumerate(grounds.places)).items()
        }
        self._seen: list[tuple[int, int]] = []  # (token, source) of speakers and subjects, in text order
        self._spoke: list[tuple[int, int]] = []  # the same, of the last who spoke
        self._standing = Standing(page, parse, knowledge, self._place_at, self._entities, self._entity_at)
        self._side_of: dict[int, set[str]] = {}
        self._party_of: dict[str, str | None] = {}
        self._pending = self._subjects()

    def _tokens_of(self, spans: Iterable[tuple[Span, int]]) -> dict[int, int]:
        found: dict[int, int] = {}
        for span, index in spans:
            at = bisect_left(self._starts, span.start)
            while at < len(self._starts) and self._starts[at] < span.end:
                found.setdefault(at, index)
                at += 1
        return found

    def _subjects(self) -> list[int]:
        """People, bodies and countries that are the subject of a verb, in text order: a later pronoun may mean them."""
        return [
            token.i
            for token in self._parse.tokens
            if token.dep in ("nsubj", "nsubjpass")
            and (
                token.i in self._entity_at
                or token.i in self._place_at
                or voices(self._knowledge).get(token.lemma) in SPEAKING
            )
        ]

    # Finding

    def find(self, who: int | None, before: int, *, own_voice: int | None = None) -> Found:
        """The source that token `who` heads; `own_voice` is the source whose quotation this is said in."""
        self._catch_up(before)
        if who is None:
            return Found(self.unknown(), None)
        token = self._parse.tokens[who]
        word = token.text.lower()
        is_pronoun = token.pos == "PRON" or (word in SOME and token.pos != "PROPN")
        found = self._pronoun(token, word, own_voice) if is_pronoun else self._noun(token)
        self._seen.append((who, found.source))
        self._spoke = [*self._spoke[-8:], (who, found.source)]
        return found

    def _catch_up(self, before: int) -> None:
        while self._pending and self._pending[0] < before:
            token = self._parse.tokens[self._pending.pop(0)]
            if not self._inside_quotation(token):
                self._seen.append((token.i, self._noun(token).source))

    def _inside_quotation(self, token: Token) -> bool:
        at = bisect_left(self._quoted, (token.start + 1, 0)) - 1
        return at >= 0 and token.start < self._quoted[at][1]

    def unknown(self) -> int:
        """The source nobody names."""
        return self._source("?", _Draft("unknown", "unknown"))

    def newsroom(self) -> int:
        """The outlet itself: the agency or publisher the page names, else just "the newsroom"."""
        named = self._page.publisher or next(iter(self._page.agencies), None)
        return self._newsroom(named.name if named is not None else "the newsroom")

    def author(self) -> int:
        """Whoever the report is by: its outlet where it names one, else its writer."""
        return self.newsroom() if self._page.publisher or self._page.agencies else self._own_voice()

    def _own_voice(self) -> int:
        """Whoever the report is by, where it says "we" or "I" outside quotation marks."""
        named = next((one for one in (self._page.publisher, *self._page.writers) if one is not None), None)
        return self._newsroom(named.name if named is not None else "the author")

    def _newsroom(self, name: str) -> int:
        mentions = {
            named.span
            for named in (self._page.publisher, *self._page.agencies)
            if named and named.span and named.name == name
        }
        return self._source(f"newsroom:{name.casefold()}", _Draft(name, "newsroom", mentions=mentions))

    def _source(self, key: str, draft: _Draft) -> int:
        if key not in self._by_key:
            self._drafts.append(draft)
            self._by_key[key] = len(self._drafts) - 1
        known = self._drafts[self._by_key[key]]
        known.mentions |= draft.mentions
        if known.party is None:
            known.party, known.basis = draft.party, draft.basis
        known.role = known.role or draft.role
        known.nouns |= draft.nouns
        known.gender = known.gender or draft.gender
        return self._by_key[key]

    # Pronouns and short forms

    def _pronoun(self, token: Token, word: str, own_voice: int | None) -> Found:
        who = noun_phrase(self._parse, token.i)
        if word in OWN_VOICE and own_voice is None and self._inside_quotation(token):
            return Found(self.unknown(), who, ("no_antecedent",))
        if word in OWN_VOICE:
            return self._with_mention(self._own_voice() if own_voice is None else own_voice, who, ())
        if word in SINGULAR_PEOPLE | PLURAL_PEOPLE and self._inside_quotation(token):
            return self._lost(token, who)  # whom a quoted speaker means, only he knows
        if word in SINGULAR_PEOPLE:
            gender = "she" if word in ("she", "her", "herself") else "he"
            return self._back(
                token, who, lambda draft: _is_person(draft) and draft.gender in ("", gender), gender=gender
            )
        if word in PLURAL_PEOPLE:
            return self._back(
                token, who, lambda draft: draft.plural or draft.naming in ("compound", "group", "institution")
            )
        if word in THINGS:
            return self._back(token, who, lambda draft: draft.naming in ("institution", "newsroom", "document"))
        if word in SOME:
            return self._unnamed(token, who)
        return Found(self.unknown(), who)

    def _back(self, token: Token, who: Range, fits: Callable[[_Draft], bool], *, gender: str = "") -> Found:
        recent = [(at, source) for at, source in self._seen[-REMEMBERED:] if at < token.i]
        candidates = [source for _, source in recent if fits(self._drafts[source])]
        if not candidates:
            return self._lost(token, who)
        source = self._best(token, candidates, recent)
        if gender:
            self._drafts[source].gender = gender
        near = {other for at, other in recent if self._is_near(at, token) and other in candidates}
        return self._with_mention(source, who, ("two_speakers_fit",) if len(near) > 1 else ())

    def _lost(self, token: Token, who: Range) -> Found:
        """A pronoun that goes back to nobody known: a source of its own, its name the pronoun."""
        draft = _Draft(self._words(who), "unknown", mentions=self._spans(who))
        return Found(self._source(f"pronoun:{token.i}", draft), who, ("no_antecedent",))

    def _best(self, token: Token, candidates: list[int], recent: list[tuple[int, int]]) -> int:
        """The subject of this very sentence, else who spoke in it or in the one before, else the last one that fits."""
        here = [s for at, s in recent if s in candidates and self._is_main_subject(at, token)]
        spoke = [
            s for at, s in self._spoke if s in candidates and 0 <= token.sentence - self._parse.tokens[at].sentence <= 1
        ]
        return next((found[-1] for found in (here, spoke) if found), candidates[-1])

    def _is_main_subject(self, at: int, token: Token) -> bool:
        """Whether a subject seen stands in the pronoun's sentence under the main verb."""
        seen = self._parse.tokens[at]
        return seen.sentence == token.sentence and self._parse.tokens[seen.head].dep == "ROOT"

    def _is_near(self, at: int, token: Token) -> bool:
        return token.sentence - self._parse.tokens[at].sentence <= 1

    def _with_mention(self, source: int, who: Range, doubts: tuple[str, ...]) -> Found:
        self._drafts[source].mentions |= self._spans(who)
        return Found(source, who, doubts)

    # Nouns

    def _noun(self, token: Token) -> Found:
        who = noun_phrase(self._parse, token.i)
        members = self._members(token)
        if len(members) > 1:
            return self._compound(members, who)
        kind = voices(self._knowledge).get(token.lemma)
        outlet = self._outlet(token, who)
        if outlet is not None:
            return outlet
        owner = issuer(self._parse, token) if kind == "document" and token.i not in self._entity_at else None
        if owner is not None:
            found = self._pronoun(owner, owner.text.lower(), None) if owner.pos == "PRON" else self._noun(owner)
            return Found(found.source, who, found.doubts)
        named = self._named(token, who)
        if named is not None:
            return Found(named, who, self._namesakes(named))
        return self._unnamed(token, who)

    def _namesakes(self, source: int) -> tuple[str, ...]:
        """The doubt about a bare surname that two people of the text have."""
        name, naming = self._drafts[source].name, self._drafts[source].naming
        if naming != "named" or " " in name:
            return ()
        full = [one for one in self._entities if one.kind == "person" and " " in one.name]
        alike = [one for one in full if one.name.split()[-1].casefold() == name.casefold()]
        return ("two_speakers_fit",) if len(alike) > 1 else ()

    def _members(self, token: Token) -> list[Token]:
        """The nouns of "X and Y", unless one name holds them all."""
        found = [token]
        for child in below(self._parse, token.i, "conj"):
            if child.pos in ("NOUN", "PROPN", "PRON") and self._entity_at.get(child.i, -1) != self._entity_at.get(
                token.i, -2
            ):
                found.extend(self._members(child))
        return found

    def _compound(self, members: list[Token], who: Range) -> Found:
        sources = tuple(self._single(member) for member in members)
        key = "compound:" + ",".join(map(str, sources))
        parties = {self._drafts[source].party for source in sources}
        draft = _Draft(
            self._words(who),
            "compound",
            plural=True,
            members=sources,
            mentions=self._spans(who),
        )
        if len(parties) == 1:
            draft.party, draft.basis = self._drafts[sources[0]].party, self._drafts[sources[0]].basis
        return Found(self._source(key, draft), who)

    def _single(self, token: Token) -> int:
        phrase = (noun_phrase(self._parse, token.i)[0], token.i + 1)
        if token.pos == "PRON":
            return self._pronoun(token, token.text.lower(), None).source
        named = self._named(token, phrase)
        return named if named is not None else self._unnamed(token, phrase).source

    def _outlet(self, token: Token, who: Range) -> Found | None:
        """The outlet's own people or pictures: "a Northwire reporter", "Northwire" itself."""
        own = {
            named.name.casefold(): named.name
            for named in (self._page.publisher, *self._page.agencies)
            if named is not None
        }
        if token.i not in self._entity_at and token.text.casefold() in own:
            return Found(self._newsroom(own[token.text.casefold()]), who)
        entity = self._entities[self._entity_at[token.i]] if token.i in self._entity_at else None
        if entity is not None and entity.name.casefold() in own:
            return self._with_mention(self._newsroom(own[entity.name.casefold()]), who, ())
        if token.lemma in newsroom_nouns(self._knowledge):
            for child in below(self._parse, token.i, "compound", "poss", "nmod", "amod"):
                name = self._outlet_name(child)
                if name is not None:
                    return self._with_mention(self._newsroom(name), who, ())
        return None

    def _outlet_name(self, token: Token) -> str | None:
        own = {
            named.name.casefold(): named.name
            for named in (self._page.publisher, *self._page.agencies)
            if named is not None
        }
        text = token.text.casefold()
        if token.i in self._entity_at:
            text = self._entities[self._entity_at[token.i]].name.casefold()
        return own.get(text) or outlet_names(self._knowledge).get(text)

    def _named(self, token: Token, who: Range) -> int | None:
        """The source of a phrase that holds a name: a person's, a body's, a country's."""
        is_title = token.dep == "appos" and voices(self._knowledge).get(token.lemma) == "office"
        above = [self._parse.tokens[token.head]] if is_title else []  # "it was Ann Lee, the governor, who said"
        for head in (token, *below(self._parse, token.i, "appos"), *self._proper_compounds(token), *above):
            if head.i in self._entity_at:
                entity = self._entities[self._entity_at[head.i]]
                if entity.kind == "person" or (head.i == token.i and entity.kind != "nationality"):
                    return self._entity(self._entity_at[head.i], token, who)
        if token.pos == "PROPN" and len(token.text) > 2 and token.i not in self._place_at:
            known = self._surname(token.text)
            if known is not None:
                return self._entity(known, token, who)
        place = self._place_at.get(token.i)
        if place is not None and self._has_an_age(token):
            draft = _Draft(token.text, "named", private=True, mentions={Span(token.start, token.end)})
            return self._source(f"aged:{token.text}", draft)
        if place is not None:
            return self._government(place, token, who)
        return self._person_behind_comma(token, who)

    def _person_behind_comma(self, token: Token, who: Range) -> int | None:
        """As in "The governor of the coast, Ann Lee": the name behind the comma, whatever the parse ties it to."""
        for i in range(token.i + 1, who[1] - 1):
            if self._parse.tokens[i].text == "," and (i + 1) in self._entity_at:
                index = self._entity_at[i + 1]
                if self._entities[index].kind == "person":
                    return self._entity(index, token, who)
        return None

    def _surname(self, word: str) -> int | None:
        """The one person whose last name stands here, in capitals or not, if there is just one."""
        found = [
            index
            for index, entity in enumerate(self._entities)
            if entity.kind == "person" and entity.name.split()[-1].casefold() == word.casefold()
        ]
        return found[0] if len(found) == 1 else None

    def _proper_compounds(self, token: Token) -> list[Token]:
        return [
            child
            for child in below(self._parse, token.i, "compound", "nmod")
            if child.pos == "PROPN" and token.pos == "PROPN"
        ]

    def _entity(self, index: int, token: Token, who: Range) -> int:
        entity = self._entities[index]
        naming = "named" if entity.kind == "person" else "institution"
        party, basis = self._standing.side(token, who, entity)
        role = entity.role
        draft = _Draft(
            self._whole_name(entity, who),
            naming,
            role=role,
            party=party,
            basis=basis,
            private=naming == "named" and f"entity:{index}" not in self._by_key and self._standing.is_private(index),
            mentions=set(entity.mentions),
            also=entity.also,
            ties=entity.ties,
            gender=_gender(" ".join([role or "", self._words(who)])),
            nouns=self._short_names(entity) | self._offices(token, entity),
        )
        return self._source(f"entity:{index}", draft)

    def _has_an_age(self, token: Token) -> bool:
        """Whether what follows a name gives an age, as no body has one: "Vera, a 54-year-old accountant"."""
        return AGE.match(self._page.report.text, token.end) is not None

    def _whole_name(self, entity: Entity, who: Range) -> str:
        """The name; one that lacks its owner ("Upland's Ministry of Defense") or breaks off as the sentence has it."""
        words = self._words(who)
        if not entity.name.endswith(" of"):
            owned = OWNED.match(words) if entity.kind == "organisation" else None
            return owned["whole"] if owned is not None and owned["body"] == entity.name else entity.name
        return words[4:] if words.lower().startswith("the ") else words

    def _short_names(self, entity: Entity) -> frozenset[str]:
        """What it can be called later: an official by his office ("the chief"), a body by the words of its name."""
        if entity.kind != "person":
            return _nouns(entity.name)
        words = _nouns(entity.role or "")
        return frozenset(word for word in words if voices(self._knowledge).get(word) not in ("body", "outfit"))

    def _offices(self, token: Token, entity: Entity) -> frozenset[str]:
        """The posts told beside a person's name: "Ann Lee, the governor of the coast, left"."""
        if entity.kind != "person":
            return frozenset()
        beside = below(self._parse, token.i, "appos", "compound")
        return frozenset(one.lemma for one in beside if voices(self._knowledge).get(one.lemma) == "office")

    def _government(self, place: Place, token: Token, who: Range) -> int:
        span = Span(token.start, token.end)
        party = place.country if place.level == "country" or place.use == "actor" else None
        draft = _Draft(
            place.name,
            "institution",
            party=party,
            basis=Basis(span, None) if party else None,
            mentions={place.span},
        )
        row = party_named(self._words(who), self._knowledge)
        if party is None and row is not None:
            draft.party, draft.basis = row, Basis(span, row)
        return self._source(f"place:{place.name.casefold()}", draft)

    def _unnamed(self, token: Token, who: Range) -> Found:
        """A phrase without a name: a body, officials, one man, a document, footage, or the last one so called."""
        kind = voices(self._knowledge).get(token.lemma)
        plural = token.tag in ("NNS", "NNPS") or token.text.lower() in (
            "police",
            "authorities",
            "troops",
            "some",
            "many",
            "others",
            "several",
            "both",
            "all",
            "two",
            "three",
        )
        if self._is_definite(token) and kind in ("office", "body", "outfit", "private", "document"):
            back = self._short_form(token, who)
            if back is not None:
                return back
        own_name = self._own_name(token) if kind in ("body", "outfit") else None
        shown = (who[0], token.i + 1) if kind == "footage" else who  # not all that "video from the town" is told of
        if own_name is not None:
            who = who[0], own_name[1]
        party, basis = self._standing.side(token, who, None)
        if party is None and kind in ("office", "body"):
            party, basis = self._owners_side(token)
        draft = _Draft(
            self._words(own_name or shown),
            _naming(kind, plural),
            plural=plural,
            party=party,
            basis=basis,
            mentions=self._spans(who),
        )
        if draft.naming == "described" and (name := self._name_in_capitals(who)) is not None:
            draft.name, draft.naming = self._words(name), "named"
        draft.gender, draft.nouns = _gender(draft.name), frozenset({token.lemma})
        draft.private = kind == "private" or (kind is None and draft.naming == "described")
        key = (
            f"unnamed:{token.i}"
            if draft.naming in ("group", "described", "document", "footage")
            else f"body:{_bare(draft.name)}"
        )
        return Found(self._source(key, draft), who)

    def _name_in_capitals(self, who: Range) -> Range | None:
        """The name in "Mechanic Vera Holm", where nothing else heard one: words in capitals that are no nouns of ours.

        A trade before it is left out. Better a trade taken for a first name than a name shown for a description.
        """
        words = self._parse.tokens[who[0] : who[1]]
        nouns = [
            word.text.lower() in voices(self._knowledge) or word.lemma in voices(self._knowledge) for word in words
        ]
        if len(words) < NAME_IN_CAPITALS or nouns[-1] or not all(word.text.istitle() for word in words):
            return None
        first = next(n for n, is_noun in enumerate(nouns) if not is_noun)
        return who[0] + first, who[1]

    def _own_name(self, token: Token) -> Range | None:
        """The name in "a group calling itself the Grey Wolves", "a militia known as the Grey Wolves"."""
        verb = next((one for one in below(self._parse, token.i, "acl") if one.lemma in CALLED), None)
        if verb is None:
            return None
        named = [t for t in self._parse.tokens[slice(*subtree(self._parse, verb.i))] if t.pos == "PROPN"]
        return noun_phrase(self._parse, named[0].i) if len(named) == 1 else _run(named)

    def _owners_side(self, token: Token) -> tuple[str | None, Basis | None]:
        """The side of "its ministry": that of the one side told of in this sentence or the one before it."""
        owner = first_below(self._parse, token.i, "poss")
        if owner is None or owner.text.lower() not in ("its", "their", "his", "her") or self._inside_quotation(owner):
            return None, None
        near = [self._drafts[source] for at, source in self._seen[-REMEMBERED:] if self._is_before(at, owner)]
        sides = {draft.party for draft in near if draft.naming != "newsroom"}
        if len(sides) != 1 or None in sides:
            return None, None
        return near[-1].party, Basis(Span(owner.start, owner.end), None)

    def _is_before(self, at: int, token: Token) -> bool:
        return at < token.i and self._is_near(at, token)

    def _is_definite(self, token: Token) -> bool:
        opener = first_below(self._parse, token.i, "det", "poss")
        return (
            opener is not None
            and opener.text.lower() in ("the", "this", "that", "these", "those")
            and not below(self._parse, token.i, "amod", "compound", "nmod", "nummod", "appos", "acl", "relcl", "prep")
        )

    def _short_form(self, token: Token, who: Range) -> Found | None:
        """As in "The governor", "the ministry": the last speaker or subject that can be called so."""
        recent = [source for at, source in self._seen[-REMEMBERED:] if at < token.i]
        fitting = [source for source in recent if token.lemma in self._drafts[source].nouns]
        if not fitting:
            return None
        near = set(fitting[-3:])
        return self._with_mention(fitting[-1], who, ("two_speakers_fit",) if len(near) > 1 else ())

    # Words

    def _words(self, tokens: Range) -> str:
        whole = Span(self._parse.tokens[tokens[0]].start, self._parse.tokens[tokens[1] - 1].end)
        return " ".join(kept(self._page.report.text, whole, self._cuts).text.split())

    def _spans(self, tokens: Range) -> set[Span]:
        return set(pieces(self._page, self._parse, *tokens))

    def is_newsroom(self, source: int) -> bool:
        """Whether a source is an outlet's own voice."""
        return self._drafts[source].naming == "newsroom"

    def is_private(self, source: int) -> bool:
        """Whether a source is a person without a public role."""
        return self._drafts[source].private

    def party_of(self, source: int) -> str | None:
        """The side a source speaks for, where known."""
        return self._drafts[source].party

    def pointed(self, said: tuple[Range, ...]) -> tuple[frozenset[str], frozenset[int], frozenset[str]]:
        """The sides, sources and places a stretch names: "the Upland reports", "the mayor's account"."""
        tokens = [i for words in said for i in range(*words)]
        entities = {self._by_key[key] for i in tokens if (key := f"entity:{self._entity_at.get(i)}") in self._by_key}
        nouns = {self._parse.tokens[i].lemma for i in tokens if self._parse.tokens[i].dep in ("poss", "pobj", "amod")}
        before = [source for at, source in self._seen if tokens and at < tokens[0]]
        short = [source for source in reversed(before[-SHORT_OF:]) if nouns & self._drafts[source].nouns]
        return self._sides(tokens), frozenset({*entities, *short[:1]}), self._towns(tokens)

    def _sides(self, tokens: Iterable[int]) -> frozenset[str]:
        """The countries, parties and bodies that words name, and again those of them that do something there."""
        found: set[str] = set()
        for i in tokens:
            if i not in self._side_of:
                named = self._side_at(i)
                doing = {DOER + side for side in named} if named and self._is_doer(i) else set()
                self._side_of[i] = {SIDE + side for side in named} | doing
            found |= self._side_of[i]
        return frozenset(found)

    def _side_at(self, i: int) -> set[str]:
        if not self._may_name(i):
            return set()
        place, index, token = self._place_at.get(i), self._entity_at.get(i), self._parse.tokens[i]
        is_side = place is not None and (place.level == "country" or place.use == "actor")
        found = {place.country} if place is not None and is_side else set()
        is_person = index is not None and self._entities[index].kind == "person"
        if token.text[:1].isupper() and token.pos != "DET" and not is_person:
            found.add(self._party(token.text))
        if index is not None and self._entities[index].kind not in ("person", "outlet", "nationality"):
            found |= {f"entity:{index}", self._entities[index].country}
        return {side for side in found if side is not None}

    def _party(self, word: str) -> str | None:
        if word not in self._party_of:
            self._party_of[word] = party_named(word, self._knowledge)
        return self._party_of[word]

    def _is_doer(self, i: int) -> bool:
        """Whether a name stands in the subject of a verb, or after "by": "Upland guns hit", "hit by Upland guns"."""
        token = self._parse.tokens[i]
        for _ in range(3):
            above = self._parse.tokens[token.head]
            if token.dep in ("nsubj", "agent") or (token.dep == "pobj" and above.dep == "agent"):
                return True
            if token.dep not in ("amod", "compound", "nmod", "poss", "conj"):
                return False
            token = above
        return token.dep == "nsubj"

    def _towns(self, tokens: Iterable[int]) -> frozenset[str]:
        """The names of towns and regions a stretch holds, each place under one name."""
        found = {place for i in tokens if (place := self._place_at.get(i)) is not None and place.level != "country"}
        return frozenset(str(place.geonames or place.name.casefold()) for place in found)

    def places_in(self, said: tuple[Range, ...]) -> frozenset[str]:
        """The towns and regions that words name, and the sides."""
        tokens = [i for words in said for i in range(*words) if self._may_name(i)]
        return self._towns(tokens) | self._sides(tokens) if tokens else frozenset()

    def _may_name(self, i: int) -> bool:
        return i in self._place_at or i in self._entity_at or self._parse.tokens[i].text[:1].isupper()

    def countries_of(self, found: Found) -> frozenset[str]:
        """The sides a speaker is of by the words that name him, office included: for reach, never for a party."""
        draft = self._drafts[found.source]
        who = range(*found.who) if found.who is not None else ()
        near = {
            place.country for i in who if (place := self._place_at.get(i)) is not None and place.country is not None
        }
        own = {SIDE + side for side in (*near, draft.party) if side is not None}
        if draft.naming == "institution":
            own |= {SIDE + key for key, source in self._by_key.items() if source == found.source and key[0] == "e"}
        return frozenset([*own, *(side for side in self._sides(who) if side.startswith(SIDE))])

    def sources(self, speaking: Iterable[int]) -> tuple[dict[int, str], tuple[Source, ...]]:
        """The sources that speak (and the members of those that are several), in the order met, with their ids."""
        used = set(speaking)
        used |= {member for source in used for member in self._drafts[source].members}
        ids = {source: f"src{number}" for number, source in enumerate(sorted(used), start=1)}
        return ids, tuple(self._made(source, ids) for source in sorted(used))

    def _made(self, source: int, ids: dict[int, str]) -> Source:
        draft = self._drafts[source]
        return Source(
            id=ids[source],
            name=draft.name,
            naming=draft.naming,
            plural=draft.plural,
            members=tuple(ids[member] for member in draft.members),
            role=draft.role,
            party=draft.party,
            party_basis=draft.basis,
            private=draft.private,
            mentions=tuple(sorted(draft.mentions)),
            also=draft.also,
            ties=draft.ties,
        )


def _run(named: list[Token]) -> Range | None:
    """The stretch of some words that stand side by side or with small words between them."""
    return (named[0].i, named[-1].i + 1) if named and named[-1].i - named[0].i < LONGEST_NAME else None


def _is_person(draft: _Draft) -> bool:
    """Whether "he" can mean it: a person, or a side called by one ("the enemy showed himself")."""
    return draft.naming in ("named", "described", "group") and not draft.plural


def _naming(kind: str | None, plural: bool) -> str:
    match kind:
        case "office" | "private" | "newsroom":
            return "group" if plural else "described"
        case "body" | "outfit":
            return "institution"
        case "document" | "footage":
            return kind
        case "people":
            return "group"
        case _:
            return "group" if plural else "described"


def _gender(words: str) -> str:
    found = set(words.lower().split())
    if found & WOMEN:
        return "she"
    return "he" if found & MEN else ""


def _nouns(words: str) -> frozenset[str]:
    """The nouns a source can be called by later: every word of its role, the words of a body's name."""
    return frozenset(word.strip(",.").lower() for word in words.split() if word[:1].isalpha())


def _bare(name: str) -> str:
    """A body's name without its article, folded."""
    words = name.casefold().split()
    return " ".join(words[1:] if words and words[0] in ("the", "a", "an") else words)
