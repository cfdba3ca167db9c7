"""With what it was done."""

from __future__ import annotations

from sayso.events.clause import Scene, is_a
from sayso.events.grammar import children, conjuncts, core, keys, noun_key, objects
from sayso.events.triggers import Trigger
from sayso.models.parsing import Token


def weapon_tokens(scene: Scene, trigger: Trigger) -> list[Token]:
    """The words for what it was done with."""
    parse = scene.parse
    found: list[Token] = []
    if trigger.verbal:
        found.extend(
            t
            for t in (*trigger.arguments.subjects, *trigger.arguments.objects)
            if _is_weapon(scene, core(parse, t)) and is_instrument(scene, t)
        )
        for piece in trigger.arguments.subjects:
            if is_a(scene, piece, "debris"):  # "fragments of a drone fell on"
                found.extend(o for o in objects(parse, piece.i, "of", "from") if _is_weapon(scene, core(parse, o)))
        for o in objects(parse, trigger.head, "with", "by", "because", "from", "in", "of"):
            found.extend(one for one in conjuncts(parse, o) if _is_weapon(scene, core(parse, one)))
        if trigger.kind.preposition:  # "used drones against the base"
            found.extend(
                one
                for o in children(parse, trigger.head, "dobj")
                for one in conjuncts(parse, o)
                if _is_weapon(scene, core(parse, one)) and is_instrument(scene, one)
            )
        for using in children(parse, trigger.head, "advcl"):
            if using.lemma == "use":
                found.extend(o for o in children(parse, using.i, "dobj") if _is_weapon(scene, core(parse, o)))
    else:
        found.extend(c for c in children(parse, trigger.head, "compound", "amod", "nmod") if _is_weapon(scene, c))
        for o in objects(parse, trigger.head, "with", "by", "of"):
            found.extend(one for one in conjuncts(parse, o) if _is_weapon(scene, core(parse, one)))
    return list(dict.fromkeys(core(parse, token) for token in found))


def _is_weapon(scene: Scene, token: Token) -> bool:
    return weapon_kind(scene, token) is not None


def weapon_kind(scene: Scene, token: Token) -> str | None:
    """The kind of attack a weapon makes, "" for a weapon that decides nothing, None for what is no weapon."""
    weapons = scene.words.weapons
    token = core(scene.parse, token)
    before = scene.parse.tokens[token.i - 1].text.lower() if token.i else ""
    for key in (f"{before} {noun_key(token)}", *keys(token)):
        if key in weapons:
            return weapons[key]
    return None


def is_instrument(scene: Scene, token: Token) -> bool:
    """Whether a word is what a deed is done with, or a deed itself, not one who takes part."""
    token = core(scene.parse, token)
    if is_a(scene, token, "event"):
        return True
    return is_a(scene, token, "munition") and not is_a(scene, token, "armed")
