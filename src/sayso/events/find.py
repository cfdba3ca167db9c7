"""The verb of this stage: a page with its grounds and statements, to its events."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import replace

from sayso.events import roles
from sayso.events.answering import with_answers
from sayso.events.background import is_background
from sayso.events.carried import with_carried_places
from sayso.events.clause import Scene, is_a
from sayso.events.grammar import (
    NOUNS,
    VERBS,
    ancestors,
    children,
    clear_span,
    conjuncts,
    core,
    is_known,
    noun_key,
    objects,
)
from sayso.events.kinds import Kind, kinds, refusals, words
from sayso.events.narrowed import spared, with_spared
from sayso.events.outcomes import outcome_of, with_next_outcomes, with_outcomes
from sayso.events.refused import find_deeds
from sayso.events.roles import Cast, Ground
from sayso.events.same import Bearings, Draft, facts, joined, overall, with_denials, with_pointing_denials
from sayso.events.telling import Tellers, Telling, tellers, telling
from sayso.events.triggers import Trigger
from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token
from sayso.record import (
    Count,
    Event,
    EventPlace,
    Grounds,
    Moment,
    Page,
    Party,
    Source,
    Span,
    Spoken,
    Statement,
    Told,
)

OLD_DAYS = 45
"""A deed dated this long before publication is background."""


def find_events(page: Page, parse: Parse, grounds: Grounds, spoken: Spoken, knowledge: Knowledge) -> tuple[Event, ...]:
    """The events that a page tells, in the order of their triggers, each with its tellers and their statuses.

    Repeat mentions are joined by the rule of docs/one-event.md. A page without a parse has none.
    """
    if not parse.tokens:
        return ()
    cuts = tuple(cut.span for cut in page.cuts)
    ground = roles.ground(parse, grounds, spoken.sources, cuts)
    scene = scene_of(parse, ground, grounds, knowledge)
    stage = _Stage(page, scene, ground, tellers(page, spoken), spoken, grounds)
    drafts = stage.drafts(find_deeds(scene, refusals(knowledge)))
    found = with_denials(joined(with_next_outcomes(with_outcomes(drafts)), facts(grounds)), spoken.statements)
    found = with_pointing_denials(found, stage.pointing_denials())
    sides = {source.id: source.party for source in spoken.sources if source.party is not None}
    found = with_answers(found, scene, stage.who, sides)
    found = with_spared(found, scene, stage.who, ground.by_id)
    found = with_carried_places(found, facts(grounds), parse)
    counted = {quantity.id: quantity for quantity in grounds.quantities}
    found = [
        replace(draft, event=replace(draft.event, counts=roles.without_restated(draft.event.counts, counted)))
        for draft in found
    ]
    return tuple(replace(draft.event, id=f"ev{number}") for number, draft in enumerate(found, 1))


def scene_of(parse: Parse, ground: Ground, grounds: Grounds, knowledge: Knowledge) -> Scene:
    """What every question of this stage looks at."""
    index = roles.Index(parse)
    people = {
        i
        for entity in grounds.entities
        if entity.kind == "person"
        for span in entity.mentions
        for i in index.tokens(span)
    }
    places = frozenset(ground.places)
    return Scene(parse, kinds(knowledge), words(knowledge), knowledge, places, frozenset(people), spared(parse))


class _Stage:
    """All that making a draft of a trigger looks at."""

    def __init__(
        self,
        page: Page,
        scene: Scene,
        ground: Ground,
        who: Tellers,
        spoken: Spoken,
        grounds: Grounds,
    ) -> None:
        self.page, self.scene, self.ground, self.who = page, scene, ground, who
        self.sources = {source.id: source for source in spoken.sources}
        self.published = grounds.published or page.published
        self.cuts = ground.cuts
        self.next_told: dict[int, int] = {}  # by the head of a trigger: where the next one begins

    def drafts(self, triggers: list[Trigger]) -> list[Draft]:
        """A draft event for every trigger, in order; two where "and other cities" adds one without a name."""
        owned = frozenset(trigger.head for trigger in triggers)
        by_head = {trigger.head: number for number, trigger in enumerate(triggers)}
        self.next_told = {one.head: two.first for one, two in itertools.pairwise(triggers)}
        found: list[Draft] = []
        place_of: dict[int, int] = {}
        for trigger in triggers:
            draft = self._draft(trigger, owned)
            if draft is None:
                continue
            outcome = outcome_of(self.scene, trigger, triggers, by_head)
            place_of[trigger.head] = len(found)
            found.append(replace(draft, outcome_of=outcome))
            found[-1] = self._placed_by_its_clause(
                trigger, found[-1], [found[place_of[h]] for h in place_of if h == _verb_of(trigger)]
            )
            unnamed = self._and_others(trigger, draft)
            if unnamed:
                found.append(unnamed)
        return [replace(d, outcome_of=place_of.get(d.outcome_of) if d.outcome_of is not None else None) for d in found]

    def pointing_denials(self) -> dict[str, int]:
        """The denials of "this information" or "these reports", each with the number of its sentence."""
        found: dict[str, int] = {}
        for number, statements in self.who.statements.items():
            first, last = self.scene.parse.sentences[number]
            for statement in statements:
                if statement.act != "denies" or statement.covers or len(statement.words) != 1:
                    continue
                words = statement.words[0]
                said = [t for t in self.scene.parse.tokens[first:last] if words.start <= t.start and t.end <= words.end]
                is_pointing = len(said) == 2 and said[0].text.lower() in ("this", "these", "that", "those")
                if is_pointing and noun_key(said[1]) in POINTED_AT:
                    found[statement.id] = number
        return found

    def _placed_by_its_clause(self, trigger: Trigger, draft: Draft, main: list[Draft]) -> Draft:
        """A bare "after the liberation" is where the deed of its clause is; what footage shows is where it was shot."""
        if draft.event.places:
            return draft
        if main and not trigger.verbal and trigger.slot in ("after", "in", "during", "amid", "following", "before"):
            return replace(draft, event=replace(draft.event, places=main[0].event.places))
        told = self.who.by_id.get(draft.event.told[0].statement or "")
        if told is None or told.act != "observes":
            return draft
        first, _ = self.scene.parse.sentences[draft.sentence]
        shot = [self.ground.places[i] for i in range(first, trigger.head) if i in self.ground.places]
        here = [place for place in shot if place.use == "location" and place.level in ("site", "town", "district")]
        return replace(draft, event=replace(draft.event, places=(EventPlace(here[0].id, "at"),))) if here else draft

    def _draft(self, trigger: Trigger, owned: frozenset[int]) -> Draft | None:
        span = clear_span(self.scene.parse, trigger.first, trigger.last, self.cuts) or clear_span(
            self.scene.parse, trigger.head, trigger.head + 1, self.cuts
        )
        if span is None:
            return None
        if self._is_a_label(trigger, span):
            return None
        heard = telling(self.scene, self.who, trigger, span, _is_inside(span, self.who.unread))
        people = roles.cast(self.scene, self.ground, trigger)
        weapons = roles.weapon_tokens(self.scene, trigger)
        kind = self._kind(trigger, weapons)
        when = roles.moment(self.scene, self.ground, trigger, owned)
        spoken_by = None if people.are_speakers else heard.told.statement
        agents = self._parties(people.agents, people.inferred, spoken_by, with_group=False)
        if people.are_speakers and heard.told.statement:
            agents = tuple(replace(agent, told=(heard.told.statement,)) for agent in agents)
        first = self._own_threat(kind, people, self._own_denial(trigger, people, heard.told, agents), agents)
        told = (first, *heard.gainsaid, *(Told(other, first.status) for other in heard.echoed))
        event = Event(
            id="",
            kind=kind.name,
            plover=kind.plover,
            acled=kind.acled,
            trigger=span,
            told=told,
            status=overall(told),
            background=is_background(self.scene, trigger, self.next_told.get(trigger.head, trigger.head + 10_000))
            or self._is_old(when),
            agents=agents,
            targets=self._parties(
                (*people.targets, *self._parts(people)), False, heard.told.statement, with_group=True
            ),
            weapons=self._weapons(weapons),
            places=self._places(trigger, people, owned),
            when=when.id if when else None,
            counts=self._counts(trigger, people, (heard.told.statement,) if heard.told.statement else ()),
            doubts=heard.doubts,
            found_by=f"event_kinds.toml:{trigger.kind.name}",
        )
        is_definite = self._is_definite(trigger, people, heard.told.status == "denied")
        is_definite = is_definite or (heard.statement is not None and heard.statement.act == "confirms")
        is_specific = heard.statement is not None and heard.statement.reach == "specific"
        is_vague_denial = heard.told.status == "denied" and not (event.places or is_definite or is_specific)
        general = is_vague_denial or (heard.statement is not None and heard.statement.reach == "general")
        return Draft(
            event,
            kind,
            is_definite,
            self.scene.parse.tokens[trigger.head].sentence,
            self._follows(trigger, people),
            any(t.text.lower() in ("it", "them") for t in people.targets),
            any(c.text.lower() == "the" for c in children(self.scene.parse, trigger.head, "det")),
            self._only_points(trigger, heard, is_definite),
            heard.statement.covers if heard.statement else (),
            "general" if general else heard.statement.reach if heard.statement is not None else None,
            self._bearings(trigger, people, heard, agents),
        )

    def _weapons(self, tokens: list[Token]) -> tuple[Span, ...]:
        """With what it was done; a word that only names the deed again ("shelling") says nothing of it."""
        things = [t for t in tokens if t.text.lower().endswith("fire") or not is_a(self.scene, t, "event")]
        return tuple(w for t in things if (w := clear_span(self.scene.parse, t.i, t.i + 1, self.cuts)))

    def _only_points(self, trigger: Trigger, heard: Telling, is_definite: bool) -> bool:
        """Whether a noun takes a deed for granted: "the raid". "Said it carried out a raid" tells it."""
        if trigger.verbal or heard.statement is None:
            return not trigger.verbal
        tells_number = trigger.kind.casualty and heard.statement.act == "says"  # "put the death toll at 31"
        if tells_number or self._is_what_is_told(trigger, heard):
            return False
        return is_definite and heard.statement.act not in ("accuses", "confirms", "labels")

    def _is_what_is_told(self, trigger: Trigger, heard: Telling) -> bool:
        """Whether words say of a known deed who did it or what it was: "the strike was a joint operation"."""
        parse, verb = self.scene.parse, trigger.verb
        if verb is None or verb.tag not in PAST or any(children(parse, verb.i, "neg")):
            return False
        if heard.told.status != "happened" or verb.dep in ("relcl", "acl", "advcl"):
            return False
        if trigger.slot == "nsubj":
            return verb.lemma == "be" and any(c.pos == "NOUN" for c in children(parse, verb.i, "attr"))
        return trigger.slot == "dobj" and verb.lemma in CARRYING_OUT

    def _bearings(self, trigger: Trigger, people: Cast, heard: Telling, agents: tuple[Party, ...]) -> Bearings:
        parse = self.scene.parse
        token = parse.tokens[trigger.head]
        nouns = [core(parse, target) for target in people.targets]
        nouns = [noun for noun in nouns if noun.pos == "NOUN"]
        speaker = self._speaker(heard.told.statement)
        own = speaker.party if speaker is not None else None
        is_there = any(children(parse, trigger.verb.i, "expl")) if trigger.verb is not None else False
        return Bearings(
            section=self._section(token.start),
            word=token.lemma if trigger.verbal else noun_key(token),
            is_verb=trigger.verbal,
            targets=frozenset(noun_key(noun) for noun in nouns),
            known_targets=frozenset(noun_key(noun) for noun in nouns if is_known(parse, noun)),
            is_confirmed=heard.statement is not None and heard.statement.act == "confirms",
            is_heard=trigger.kind.name == "explosion" and trigger.verb is not None and trigger.verb.lemma in HEARING,
            is_denied_to_be=heard.told.status == "denied" and is_there,
            is_restated=_is_restated(self.scene, trigger),
            own_side=own if own is not None and own in {agent.party for agent in agents} else None,
            is_another=_is_another(parse, [token, *trigger.arguments.subjects]),
            is_ranked=not trigger.verbal and _is_ranked(parse, token),
            is_long=_is_long(parse, token),
            spared=self._spared(token.sentence),
            determiners=frozenset(c.text.lower() for t in people.targets for c in children(parse, t.i, "det")),
        )

    def _spared(self, sentence: int) -> frozenset[str]:
        """The nouns of what a sentence takes out of its deed: "but not at any market"."""
        first, last = self.scene.parse.sentences[sentence]
        tokens = (self.scene.parse.tokens[i] for i in range(first, last) if i in self.scene.spared)
        return frozenset(noun_key(token) for token in tokens if token.pos in NOUNS)

    def _section(self, start: int) -> str:
        """The section with a heading that a stretch stands in, "" for what stands in none."""
        at = bisect_right(self.page.sections, start, key=lambda section: section.span.start) - 1
        return self.page.sections[at].id if at >= 0 and self.page.sections[at].heading is not None else ""

    def _own_denial(self, trigger: Trigger, people: Cast, told: Told, agents: tuple[Party, ...]) -> Told:
        """Who says of a deed that they did not do it denies it."""
        will_not = trigger.verbal and any(c.tag == "MD" for c in children(self.scene.parse, trigger.head, "aux"))
        speaker = self._speaker(told.statement)
        if told.status != "did_not_happen" or speaker is None or will_not:
            return told
        is_own = any(agent.source == speaker.id for agent in agents)
        is_own = is_own or any(self._is_their_group(token) for token in people.agents)
        return replace(told, status="denied") if is_own else told

    def _own_threat(self, kind: Kind, people: Cast, told: Told, agents: tuple[Party, ...]) -> Told:
        """Who says that his own side will attack threatens to."""
        speaker = self._speaker(told.statement)
        if told.status != "planned" or kind.plover not in ("ASSAULT", "COERCE") or speaker is None:
            return told
        is_own = any(
            agent.source == speaker.id or (agent.party is not None and agent.party == speaker.party) for agent in agents
        )
        is_own = is_own or any(self._is_their_group(token) for token in people.agents)
        return replace(told, status="threatened") if is_own else told

    def _is_their_group(self, token: Token) -> bool:
        """Whether a speaker's words name a side as his: "the group", "our fighters"."""
        parse = self.scene.parse
        own = any(c.text.lower() in ("our", "his", "its", "their", "her") for c in children(parse, token.i, "poss"))
        if own:
            return is_a(self.scene, token, "armed")
        alone = not any(children(parse, token.i, "amod", "compound", "prep", "relcl"))
        return (
            alone
            and is_known(parse, token)
            and noun_key(token) in ("group", "movement", "organisation", "organization")
        )

    def _follows(self, trigger: Trigger, people: Cast) -> bool:
        """Whether the doer is a "they" or "it" that the sentence begins with."""
        parse = self.scene.parse
        first, _ = parse.sentences[parse.tokens[trigger.head].sentence]
        return trigger.verbal and any(a.i <= first + 1 and a.text.lower() in ("they", "it") for a in people.agents)

    def _is_a_label(self, trigger: Trigger, span: Span) -> bool:
        """Whether a trigger is only what somebody calls a deed that is told beside it."""
        number = self.scene.parse.tokens[trigger.head].sentence
        return any(
            statement.act == "labels"
            and any(w.start <= span.start and span.end <= w.end for w in statement.words)
            and not self._is_what_is_labelled(trigger, statement)
            for statement in self.who.statements.get(number, ())
        )

    def _is_what_is_labelled(self, trigger: Trigger, statement: Statement) -> bool:
        """Whether a label's words name the deed itself: "described the raid as brave"."""
        verb, cue = trigger.verb, statement.cue
        if trigger.verbal or verb is None or cue is None or trigger.slot not in ("dobj", "nsubj"):
            return False
        head = self.scene.parse.tokens[trigger.head]
        return cue.start <= verb.start < cue.end and is_known(self.scene.parse, head)

    def _kind(self, trigger: Trigger, weapons: list[Token]) -> Kind:
        """The kind the weapon makes of it: an attack with drones is a drone strike."""
        decided = trigger.kind.weapon_decides or (
            trigger.kind.name == "casualties" and trigger.kind.subject_is == "target"
        )
        if not decided:
            return trigger.kind
        for token in weapons:
            name = roles.weapon_kind(self.scene, token)
            if name and name in self.scene.kinds.by_name:
                return self.scene.kinds.by_name[name]
        return trigger.kind

    def _parties(
        self, tokens: tuple[Token, ...], inferred: bool, statement: str | None, *, with_group: bool
    ) -> tuple[Party, ...]:
        found = []
        for token in tokens:
            for one in roles.parties(self.scene, self.ground, token, inferred, with_group):
                if self._is_the_speaker(one, statement):
                    continue
                told = self._resolved(one, token, statement) if token.pos == "PRON" else one
                found.append(replace(told, told=(statement,) if statement else ()))
        return tuple(found)

    def _is_the_speaker(self, one: Party, statement: str | None) -> bool:
        """Whether a participant is the speaker, whom a long sentence has hung on its last list."""
        who = self.who.by_id[statement].who if statement in self.who.by_id else None
        return who is not None and who.start < one.span.end and one.span.start < who.end

    def _resolved(self, one: Party, token: Token, statement: str | None) -> Party:
        """A pronoun in somebody's words: "we" is the speaker's side, "it" after an institution's cue is that."""
        speaker = self._speaker(statement)
        if speaker is None or one.source:
            return one
        word = token.text.lower()
        fitting = (
            (word in ("we", "us", "i", "me"))
            or (word == "it" and speaker.naming == "institution")
            or (word == "they" and speaker.plural)
            or (word in ("he", "she") and speaker.naming in ("named", "described"))
        )
        if not fitting or not self._is_subject(token):
            return one
        return replace(
            one, source=speaker.id, party=one.party or speaker.party, inferred=word not in ("we", "us", "i", "me")
        )

    def _is_subject(self, token: Token) -> bool:
        return token.dep in ("nsubj", "nsubjpass")

    def _speaker(self, statement: str | None) -> Source | None:
        told = self.who.by_id.get(statement) if statement else None
        return self.sources.get(told.source) if told else None

    def _places(self, trigger: Trigger, people: Cast, owned: frozenset[int]) -> tuple[EventPlace, ...]:
        found = roles.places(self.scene, self.ground, trigger, owned)
        if found or trigger.kind.family in roles.DEALINGS - {"talks", "agreement"}:
            return found
        parse = self.scene.parse
        head = parse.tokens[trigger.head]
        below = [*people.targets, *objects(parse, trigger.head), *children(parse, trigger.head, "dobj")]
        below = [token for token in below if token.i not in owned]
        if trigger.verb is not None and trigger.verb.i != trigger.head and roles.shares_its_clause(trigger):
            below += objects(parse, trigger.verb.i)
        named = self._of_antecedent(below, head) or self._taken_land(trigger, people)
        if named:
            return (EventPlace(named, trigger.kind.place if trigger.verbal else "at"),)
        stands_for = roles.definite_place(self.scene, self.ground, trigger, owned)
        return (stands_for,) if stands_for is not None else ()

    def _taken_land(self, trigger: Trigger, people: Cast) -> str | None:
        """The country that was invaded or occupied, which the text tells as a side: "Iraq's invasion of Kuwait"."""
        if trigger.kind.family not in ("invasion", "territory", "siege"):
            return None
        named = (self.ground.places.get(target.i) for target in people.targets)
        return next((place.id for place in named if place is not None and place.use in ("location", "actor")), None)

    def _of_antecedent(self, below: list[Token], head: Token) -> str | None:
        """The place a participle's noun is or stands beside: "Goma, a hub seized by rebels"; "homes in Sake burned"."""
        parse = self.scene.parse
        beside = self._beside_noun(head) if below else None
        if beside:
            return beside
        for token in below:
            _first, last = parse.subtree_ends[token.i]
            for i in range(token.i, min(last, head.i if head.i > token.i else last)):
                place = self.ground.places.get(i)
                if place and place.use == "location" and parse.tokens[i].dep != "poss" and self._is_within(i, token):
                    return place.id
        return None

    def _is_within(self, i: int, noun: Token) -> bool:
        """Whether a word stands in a noun's own phrase, with no clause between: not "noon, when they left for Goma"."""
        for above in (self.scene.parse.tokens[i], *ancestors(self.scene.parse, i)):
            if above.i == noun.i:
                return True
            if above.pos in VERBS:
                return False
        return False

    def _beside_noun(self, head: Token) -> str | None:
        """The place just before a common noun that a participle or a relative clause hangs on."""
        parse = self.scene.parse
        while head.dep == "xcomp":  # "a town which they tried to take"
            head = parse.tokens[head.head]
        noun = parse.tokens[head.head]
        if head.dep not in ("acl", "relcl") or noun.pos != "NOUN" or not is_a(self.scene, noun, "place"):
            return None
        for i in range(parse.subtree_ends[noun.i][0] - 1, max(-1, noun.i - 12), -1):
            place = self.ground.places.get(i)
            if place and parse.tokens[i].sentence == noun.sentence:
                return place.id if place.use == "location" else None
        return None

    def _counts(self, trigger: Trigger, people: Cast, told: tuple[str, ...]) -> tuple[Count, ...]:
        parse = self.scene.parse
        tokens = list(people.targets)
        if trigger.verbal:
            tokens += [
                t
                for t in (*trigger.arguments.subjects, *trigger.arguments.objects)
                if t not in tokens and t not in people.agents
            ]
        else:
            tokens += list(objects(parse, trigger.head, "of"))
            if trigger.kind.casualty:  # "nine deaths", "put the toll at nine"
                tokens.append(parse.tokens[trigger.head])
                tokens += objects(parse, trigger.verb.i, "at", "to") if trigger.verb is not None else []
        if trigger.kind.count == "graves":
            tokens += self._graves(trigger)
        tokens += [token for token in roles.parts(parse, self.ground, tokens) if token not in tokens]
        found = list(roles.counts(self.scene, self.ground, trigger, tokens, told))
        if not trigger.verbal:  # "a $40 million loan", "an arms package worth …": its own money
            own = roles.counts(self.scene, self.ground, trigger, [parse.tokens[trigger.head]], told)
            found += [count for count in own if count.of == "money"]
        return tuple({c.quantity: c for c in reversed(found)}.values())[::-1]

    def _parts(self, people: Cast) -> tuple[Token, ...]:
        """Whom those it was done to are said to include."""
        found = roles.parts(self.scene.parse, self.ground, people.targets)
        return tuple(token for token in found if token not in people.targets and token not in people.agents)

    def _graves(self, trigger: Trigger) -> list[Token]:
        """The graves told of beside the find: "with the largest pit holding 40 bodies", or in the sentence after it."""
        parse = self.scene.parse
        number = parse.tokens[trigger.head].sentence
        found = self._buried_in(number)
        has_number = any(i in self.ground.quantities for t in found for i in range(*parse.subtree_ends[t.i]))
        is_told_next = number + 1 < len(parse.sentences) and not self._tells_a_deed(number + 1, trigger)
        return found if has_number or not is_told_next else found + self._buried_in(number + 1)

    def _buried_in(self, sentence: int) -> list[Token]:
        first, last = self.scene.parse.sentences[sentence]
        tokens = self.scene.parse.tokens[first:last]
        return [t for t in tokens if is_a(self.scene, t, "grave") or is_a(self.scene, t, "body")]

    def _tells_a_deed(self, sentence: int, trigger: Trigger) -> bool:
        """Whether the next deed of the text is told in this sentence, not after it."""
        first, last = self.scene.parse.sentences[sentence]
        return first <= self.next_told.get(trigger.head, last) < last

    def _and_others(self, trigger: Trigger, draft: Draft) -> Draft | None:
        """The unnamed rest of "Goma and other towns in the province": an event inside the region, without a place."""
        parse = self.scene.parse
        for place in draft.event.places:
            for i, named in self.ground.places.items():
                if named.id != place.place:
                    continue
                for other in conjuncts(parse, parse.tokens[i])[1:]:
                    if noun_key(other) in OTHERS and any(
                        c.text.lower() in ("other", "several", "nearby", "surrounding")
                        for c in children(parse, other.i, "amod")
                    ):
                        region = self._region_of(named.id, other)
                        event = replace(
                            draft.event,
                            places=region,
                            counts=(),
                            targets=self._parties((other,), False, None, with_group=True),
                            doubts=(*draft.event.doubts, "place_not_named"),
                        )
                        return replace(draft, event=event, definite=False)
        return None

    def _region_of(self, place: str, other: Token) -> tuple[EventPlace, ...]:
        for i in range(*self.scene.parse.subtree_ends[other.i]):
            inside = self.ground.places.get(i)
            if inside and inside.use == "location":
                return (EventPlace(inside.id, "at"),)
        for holder in self.ground.by_id[place].inside:
            if holder in self.ground.by_id and self.ground.by_id[holder].level in ("region", "district"):
                return (EventPlace(holder, "at"),)
        return ()

    def _is_definite(self, trigger: Trigger, people: Cast, is_denied: bool) -> bool:
        """Whether the words point at a deed told before: "the raid", or a denied "firing on the town"."""
        parse = self.scene.parse
        pointed = any(c.text.lower() == "the" for t in people.targets for c in children(parse, t.i, "det"))
        if is_denied and pointed:
            return True
        if _is_restated(self.scene, trigger):
            return True
        if trigger.verbal:
            return pointed and trigger.verb is not None and trigger.verb.tag in ("VBG", "VB")
        return any(
            c.text.lower() in ("the", "this", "that", "these") for c in children(parse, trigger.head, "det")
        ) or any(children(parse, trigger.head, "poss"))

    def _is_old(self, when: Moment | None) -> bool:
        if when is None or not when.latest or not self.published or not self.published.earliest:
            return False
        from datetime import date

        try:
            ended, out = date.fromisoformat(when.latest[:10]), date.fromisoformat(self.published.earliest[:10])
        except ValueError:
            return False
        return (out - ended).days > OLD_DAYS


POINTED_AT = frozenset({"information", "report", "claim", "account", "news", "allegation", "accusation", "charge"})
CARRYING_OUT = frozenset({"carry", "conduct", "launch", "stage", "mount", "commit", "perpetrate"})
PAST = frozenset({"VBD", "VBN"})
HEARING = frozenset({"hear", "count", "feel"})


def _is_another(parse: Parse, tokens: list[Token]) -> bool:
    """Whether words count on from a deed told before: "a second shell", "another strike"."""
    return any(c.text.lower() in COUNTING_ON for t in tokens for c in children(parse, t.i, "amod", "det"))


def _is_ranked(parse: Parse, token: Token) -> bool:
    """Whether a noun only ranks the deed told before: "the deadliest such attack", "the fourth such raid"."""
    told = list(children(parse, token.i, "amod"))
    return any(c.text.lower() == "such" for c in told) and any(c.tag == "JJS" or c.ent == "ORDINAL" for c in told)


def _is_long(parse: Parse, token: Token) -> bool:
    """Whether a deed is told of a long while: "thousands have died since it sent in its army"."""
    prepositions = children(parse, token.i, "prep", "mark")
    clauses = (c for clause in children(parse, token.i, "advcl") for c in children(parse, clause.i, "mark"))
    return any(c.lemma == "since" for c in (*prepositions, *clauses))


COUNTING_ON = frozenset({"second", "third", "fourth", "another", "further", "subsequent"})


def _is_restated(scene: Scene, trigger: Trigger) -> bool:
    """Whether a killing is only named to say who the dead were: "the men they killed were farmers"."""
    parse = scene.parse
    verb = parse.tokens[trigger.head]
    noun = parse.tokens[verb.head]
    if not (trigger.verbal and trigger.kind.count and verb.dep in ("relcl", "acl") and is_known(parse, noun)):
        return False
    above = parse.tokens[noun.head]
    return noun.dep == "nsubj" and above.lemma == "be" and not any(children(parse, noun.i, "nummod"))


def _verb_of(trigger: Trigger) -> int | None:
    return trigger.verb.i if trigger.verb is not None else None


OTHERS = frozenset(
    {"city", "town", "village", "area", "settlement", "place", "district", "part", "community", "location", "position"}
)


def _is_inside(span: Span, stretches: tuple[Span, ...]) -> bool:
    return any(stretch.start <= span.start and span.end <= stretch.end for stretch in stretches)
