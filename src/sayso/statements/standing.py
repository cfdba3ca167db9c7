"""What standing a speaker has: the side he speaks for, if the words say so, and whether he is a private person."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.knowledge import Knowledge
from sayso.models.parsing import Parse, Token, below, first_below, pieces
from sayso.record import Basis, Entity, Page, Place
from sayso.statements.rows import voices
from sayso.statements.shapes import Range, subtree
from sayso.values.party import party_named

PUBLIC = frozenset({"office", "body"})
"""Kinds of noun that speak for a side, or hold a public role."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Answers for one page, from its parse, its places and its entities by token."""

    page: Page
    parse: Parse
    knowledge: Knowledge
    place_at: dict[int, Place]
    entities: tuple[Entity, ...]
    entity_at: dict[int, int]

    def side(self, token: Token, who: Range, entity: Entity | None) -> tuple[str | None, Basis | None]:
        """The side spoken for, where the words say it: "Upland officials", "the president of Upland".

        A governor "of the X region" holds an office there; that is not a side.
        """
        kinds = {voices(self.knowledge).get(one.lemma) for one in (token, *self._beside(token))}
        if entity is not None:
            kinds |= self._kinds_of_words(f"{entity.role or ''} {entity.name if entity.kind != 'person' else ''}")
        if not kinds & PUBLIC and not (entity is not None and party_named(entity.name, self.knowledge)):
            return None, None
        holders = self._holders(token)
        row = party_named(
            " ".join([*(self.parse.tokens[i].text for i in holders), entity.name if entity else ""]), self.knowledge
        )
        if row is not None:
            return row, Basis(next(iter(pieces(self.page, self.parse, *who)), None), row)
        for holder in holders:
            place = self.place_at.get(holder)
            if place is not None and place.country is not None and place.level == "country":
                return place.country, Basis(place.span, None)
            body = self._body_at(holder)
            if body is not None and body.country is not None:
                return body.country, Basis(body.country_span, None)
        if entity is not None and entity.country is not None:
            return entity.country, Basis(entity.country_span, None)
        return None, None

    def _body_at(self, i: int) -> Entity | None:
        """The body whose name a token belongs to: in "secretary of the Ministry of Defense of Upland", the ministry."""
        entity = self.entities[self.entity_at[i]] if i in self.entity_at else None
        return entity if entity is not None and entity.kind == "organisation" else None

    def _holders(self, token: Token) -> list[int]:
        """Tokens right with the noun that can name its side: adjectives, possessives, "of X", also of an apposition."""
        found: list[int] = []
        for noun in (token, *self._beside(token)):
            for child in below(self.parse, noun.i, "amod", "compound", "nmod", "poss"):
                tokens = range(subtree(self.parse, child.i)[0], child.i + 1)
                if not any(self.parse.tokens[i].text == "-" for i in tokens):  # "the Upland-backed militia" is no side
                    found.extend(tokens)
            found.append(noun.i)
            for prep in below(self.parse, noun.i, "prep"):
                pobj = first_below(self.parse, prep.i, "pobj")
                if prep.text.lower() == "of" and pobj is not None:
                    found.append(pobj.i)
        return sorted(set(found))

    def _beside(self, token: Token) -> list[Token]:
        return below(self.parse, token.i, "compound", "appos")

    def is_private(self, index: int) -> bool:
        """A named person whom the text gives a private walk of life, or an age, and no public role anywhere."""
        entity = self.entities[index]
        kinds = self._kinds_of_words(entity.role or "")
        has_age = False
        for i, other in self.entity_at.items():
            if other == index:
                beside = [
                    *below(self.parse, i, "appos", "compound", "amod", "nummod"),
                    self.parse.tokens[self.parse.tokens[i].head],
                ]
                kinds |= {voices(self.knowledge).get(child.lemma) for child in beside if child.pos in ("NOUN", "PROPN")}
                has_age = has_age or any(child.pos == "NUM" for child in beside)
        return ("private" in kinds or has_age) and not kinds & PUBLIC

    def _kinds_of_words(self, words: str) -> set[str | None]:
        return {voices(self.knowledge).get(word.strip(",.'’").lower()) for word in words.split()}
