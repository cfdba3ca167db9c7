"""A person who reviews, for measuring: clicks through pages at a person's pace, decides through the desk's own forms.

Between two clicks they think: one to four seconds, every length as likely. What they click is drawn by `WEIGHTS`. A
decision is a form that is asked for, read for as long as any page, sent with the reason, and the page it leads to. One
decision in ten is about one of few statements that everybody rules of, so that people contradict each other.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from bench.browsing import Asked, Browser, Form, form_to

THINKING = (1.0, 4.0)
"""Seconds between two clicks: at least, at most."""
WEIGHTS: Mapping[str, int] = {
    "accept": 12,
    "reject": 6,
    "correct": 4,
    "undo": 2,
    "queue": 14,
    "queues": 1,
    "inbox": 6,
    "incidents": 6,
    "incidents_filtered": 2,
    "incident": 10,
    "incident_middle": 2,
    "reports": 2,
    "report": 12,
    "search_words": 4,
    "search_fields": 3,
    "trace": 3,
    "beside": 2,
    "map": 3,
    "timeline": 2,
    "people": 2,
    "person": 2,
    "places": 2,
    "place": 1,
    "sources": 2,
    "source": 1,
    "audit": 1,
    "decisions": 2,
    "export": 1,
}
"""How often each is clicked, of all of these together. What the desk does not have is left out, and told."""
RULINGS = ("accept", "reject", "correct")
ACTIONS = (*RULINGS, "undo", "queue")
"""What is no page: several clicks, of which the last changes something."""
CONTESTED = 0.1
"""How much of what is ruled is ruled of the few statements that everybody rules of."""
QUEUES = ("unseen", "unseen", "unseen", "doubts", "figures", "party")
"""The queues that people answer questions of, the first twice as often as the three others together."""
ANSWERS = ("accept",) * 6 + ("reject",) * 3 + ("skip",)
LOOKED = re.compile(r"[?&]did=look-(\d+)")
DECIDED = re.compile(r"[?&]done=(dec-[0-9a-f]+)")
NAMED = re.compile(r"dec-[0-9a-f]{12}")
ACTS = ("says", "warns", "announces")


@dataclass(frozen=True, slots=True)
class Given:
    """What people have before them: addresses of every kind of page, and statements to rule of."""

    addresses: Mapping[str, Sequence[str]]
    statements: Sequence[tuple[str, str]]  # their ids, and their acts; one person's alone
    contested: Sequence[str]  # everybody's
    actions: Sequence[str] = ACTIONS


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A decision that the desk said it had written down."""

    id: str
    who: str
    ruling: str
    about: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer to a question of a queue that the desk said it had written down."""

    look: int
    who: str
    ruling: str
    about: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A ruling that the desk refused since somebody ruled otherwise, and the decisions that it named for it."""

    about: tuple[str, ...]
    ruling: str
    named: tuple[str, ...]
    began: float
    ended: float  # seconds since the epoch


@dataclass
class Reviewer:
    """One person at the desk, from `run` until the time is over."""

    who: str
    browser: Browser
    given: Given
    chance: Random
    number: int = 0
    password: str = ""
    thinking: tuple[float, float] = THINKING
    kept: list[Acknowledged] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    """Answers that are no error and were not to be expected: a form that was not there, a ruling that was not taken."""
    count: int = 0
    waited: int = 0
    """How often they were asked to sign in a little later, since many did."""
    question: Asked | None = None
    """The page of the question that they have before them."""

    def run(self, until: float, over: threading.Event) -> None:
        """Click until the clock (monotonic) says so."""
        time.sleep(self.chance.uniform(0, 2 * self.thinking[1]))
        while self.password and not self.signed_in() and time.monotonic() < until:
            self._think()
        names = [name for name in WEIGHTS if name in self.given.actions or self.given.addresses.get(name)]
        weights = [WEIGHTS[name] for name in names]
        while time.monotonic() < until and not over.is_set():
            (name,) = self.chance.choices(names, weights)
            self._do(name)
            self._think()
        self.browser.closed()

    def signed_in(self) -> bool:
        """Whether they were let in; who comes when many sign in at once is asked to come back."""
        form = form_to(self.browser.get("sign_in", "/sign-in").page, "/sign-in")
        if form is None:
            self.odd.append("there is no form to sign in with")
            return True
        typed = form.filled(name=name_of(self.who), password=self.password)
        answer = self.browser.post("signing_in", form.action, typed)
        if answer.status == http.client.SERVICE_UNAVAILABLE:
            self.browser.asked.pop()
            self.waited += 1
            return False
        self._expect(answer, http.client.SEE_OTHER)
        return True

    def _think(self) -> None:
        time.sleep(self.chance.uniform(*self.thinking))

    def _do(self, name: str) -> None:
        if name in RULINGS:
            self._rule(name)
        elif name == "undo":
            self._undo()
        elif name == "queue":
            self._answer()
        else:
            answer = self.browser.get(name, self.chance.choice(self.given.addresses[name]))
            self._expect(answer, http.client.OK)

    def _expect(self, answer: Asked, *statuses: int) -> bool:
        if answer.status in statuses or answer.is_error:
            return answer.status in statuses
        told = next((one.problem for one in self.browser.asked[::-1] if one.address == answer.address), "")
        self.odd.append(f"{answer.status} {answer.kind} {answer.address}: {told}")
        return False

    def _rule(self, ruling: str) -> None:
        self.count += 1
        why = f"{self.who} ({self.number}) looked, the {self.count}. time"
        is_contested = ruling != "correct" and self.chance.random() < CONTESTED
        own = self.given.statements[self.count % len(self.given.statements)]
        about, act = (self.chance.choice(self.given.contested), "") if is_contested else own
        shown = self.browser.get("rule_form", f"/rule?{urlencode(self._asked(ruling, about))}")
        form = form_to(shown.page, "/decisions") if self._expect(shown, http.client.OK) else None
        if form is None:
            return
        self._think()
        if ruling == "correct":
            form = _with_act(form, self.chance.choice([one for one in ACTS if one != act]))
        self._send(ruling, form.filled(why=why), why)

    @staticmethod
    def _asked(ruling: str, about: str) -> list[tuple[str, str]]:
        back = f"/reports/{about.partition('#')[0].removeprefix('sha256:')}"
        asked = [("ruling", ruling), ("about", about), ("back", back)]
        return [*asked, ("field", "act")] if ruling == "correct" else asked

    def _send(self, ruling: str, typed: list[tuple[str, str]], why: str) -> None:
        began = time.time()
        about = tuple(dict.fromkeys(value for name, value in typed if name == "about"))
        answer = self.browser.post("ruling", "/decisions", typed)
        if answer.status == http.client.CONFLICT:
            named = tuple(sorted(set(NAMED.findall(answer.page))))
            self.refused.append(Refused(about, ruling, named, began, time.time()))
            return
        decided = DECIDED.search(answer.leads_to)
        if not self._expect(answer, http.client.SEE_OTHER) or decided is None:
            return
        self.kept.append(Acknowledged(decided[1], self.who, ruling, about, why))
        self._expect(self.browser.followed("after_ruling", answer), http.client.OK)

    def _answer(self) -> None:
        """Answer the question that they have before them, or the next of a queue; the answer leads on to another."""
        queue = self.chance.choice(QUEUES)
        shown = self.question or self.browser.get("queue", f"/queue/{queue}")
        shown = self.browser.followed("question", shown)
        self.question = None
        form = form_to(shown.page, "/queue/") if self._expect(shown, http.client.OK) else None
        if form is None or not dict(form.typed).get("about"):
            return  # nothing is asked in this queue; what was done last may still be undone there
        self._think()
        self.count += 1
        about, do = dict(form.typed).get("about", ""), self.chance.choice(ANSWERS)
        began, why = time.time(), f"{self.who} ({self.number}) looked, the {self.count}. time"
        answer = self.browser.post("answer", form.action, form.filled(do=do, why=why))
        if answer.status == http.client.CONFLICT:
            named = tuple(sorted(set(NAMED.findall(answer.page))))
            self.refused.append(Refused((about,), do, named, began, time.time()))
        elif self._expect(answer, http.client.SEE_OTHER):
            if (told := LOOKED.search(answer.leads_to)) is not None:
                self.looked.append(Looked(int(told[1]), self.who, do, about))
            elif do != "skip":
                self.odd.append(f"{do} at {answer.address} led to {answer.leads_to}")
            self.question = self.browser.followed("question", answer)

    def _undo(self) -> None:
        """Take back what was ruled last, from the page that tells of it."""
        mine = [one for one in self.kept if one.id not in self.undone]
        if not mine:
            return
        shown = self.browser.get("decisions_own", f"/decisions?{urlencode({'done': mine[-1].id})}")
        form = form_to(shown.page, f"/decisions/{mine[-1].id}/undo") if self._expect(shown, http.client.OK) else None
        if form is None:
            if not shown.is_error:
                self.odd.append(f"no form to undo {mine[-1].id} at {shown.address}")
            return
        self._think()
        answer = self.browser.post("undoing", form.action, form.typed)
        if self._expect(answer, http.client.SEE_OTHER):
            self.undone.append(mine[-1].id)
            self._expect(self.browser.followed("after_undoing", answer), http.client.OK)


def _with_act(form: Form, act: str) -> Form:
    """The same form, with another act chosen where one can be chosen."""
    chosen = list(form.typed)
    for place, values in form.choices.items():
        if act in values:
            chosen[place] = (chosen[place][0], act)
    return Form(form.action, form.method, chosen)


def name_of(who: str) -> str:
    """The name that somebody signs in with.

    >>> name_of("Reviewer 7")
    'reviewer7'
    """
    return who.casefold().replace(" ", "")


def at_work(reviewers: Sequence[Reviewer], seconds: float) -> float:
    """Let all of them work at once, each in a thread; the seconds that it took."""
    began = time.monotonic()
    over = threading.Event()
    threads = [
        threading.Thread(target=one.run, args=(began + seconds, over), name=one.who, daemon=True) for one in reviewers
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        over.set()
    return time.monotonic() - began
