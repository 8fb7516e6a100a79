"""Requests that nobody answers: done once, whatever happened to them."""

from collections import Counter

import pytest

from replay import facts
from replay import plan
from replay.client import Away
from replay.client import Refused
from replay.players import ASKED_AGAIN
from replay.players import Players
from replay.progress import Progress


class Ledger:
    """A ledger of its own, in which everybody has the login as id."""

    def __init__(self, plans) -> None:
        self.logins_done = Counter()
        self.answered = {}
        self.persons = {person.login: person.login for each in plans for person in each.people}

    def people(self):
        return self.persons

    def carried(self):
        return {}

    def answers(self):
        return dict(self.answered)

    def logins(self):
        return Counter(self.logins_done)

    def logins_of(self, person, day):
        return self.logins_done[person, day]


class Server:
    """Stands for a client: does what it is asked, but its first answers are lost."""

    def __init__(self, ledger, login, *, lost, done) -> None:
        self.ledger, self.login, self.lost, self.done = ledger, login, lost, done
        self.cookie = "a session"

    def log_in(self):
        if self.done or not self.lost:
            self.ledger.logins_done[self.login, facts.FIRST_DAY] += 1
        self.answer()

    def post(self, path, body):
        if self.cookie:
            raise Refused(401, "the session is over")
        return {"uid": "u"}

    def forget(self):
        self.cookie = ""

    def answer(self):
        if self.lost:
            self.lost -= 1
            raise Away("nobody answered")


@pytest.fixture
def plans():
    return plan.plan([row for row in facts.rows(0.02) if row.code == "A83"])


@pytest.fixture
def ledger(plans):
    return Ledger(plans)


@pytest.fixture
def players(plans, ledger, monkeypatch):
    found = Players(plans, ledger, (1,), "", Progress(1))
    monkeypatch.setattr(found.stopping, "wait", lambda seconds: False)
    return found


@pytest.mark.parametrize("done", [True, False], ids=["it was done", "it was not done"])
def test_a_login_that_was_not_answered_is_one_login(players, ledger, done):
    players.clients["a83.0001"] = Server(ledger, "a83.0001", lost=1, done=done)
    players._log_in("a83.0001", facts.FIRST_DAY)
    assert ledger.logins_done["a83.0001", facts.FIRST_DAY] == 1
    assert players.present["a83.0001"].is_set()
    assert sum(players.progress.repeats.values()) == 1


def test_nobody_waits_for_who_could_not_log_in(plans, players, ledger):
    login = next(story for story in plan.by_day(plans)[facts.FIRST_DAY] if story.steps[0].verb == "login")
    person = login.steps[0].person
    players.clients[person] = Server(ledger, person, lost=1000, done=False)
    players.play([login], 1, lambda at: None, lambda: None)
    assert len(players.progress.failures) == 1
    assert players.present[person].is_set()


def test_work_goes_on_when_a_session_is_over_without_another_login(players, ledger):
    players.clients["a83.0001"] = Server(ledger, "a83.0001", lost=0, done=True)
    assert players._post("a83.0001", "/@incoming", {}) == {"uid": "u"}
    assert not ledger.logins_done


def test_what_the_ledger_has_is_not_told_again_but_for_the_last_requests():
    plans = plan.plan(facts.rows(0.02))
    ledger, days = Ledger(plans), plan.by_day(plans)
    steps = [step for stories in days.values() for story in stories for step in story.steps]
    requests = [step.identifier for step in steps if step.verb != "login"]
    login = next(story for story in days[facts.FIRST_DAY] if story.steps[0].verb == "login")
    ledger.logins_done[login.steps[0].person, facts.FIRST_DAY] = 1
    ledger.answered = {identifier: {"uid": "u"} for identifier in requests[:200]}
    players = Players(plans, ledger, (1,), "", Progress(1))
    left = [story for stories in players.left(days).values() for story in stories]
    assert login not in left
    assert sum(map(players.steps_left, left)) == len(steps) - 1 - 200 + ASKED_AGAIN


def test_a_replay_that_is_done_asks_for_nothing(plans, ledger):
    days = plan.by_day(plans)
    for stories in days.values():
        for step in (step for story in stories for step in story.steps):
            if step.verb == "login":
                ledger.logins_done[step.person, stories[0].at.date()] += 1
            else:
                ledger.answered[step.identifier] = {"uid": "u"}
    assert not any(Players(plans, ledger, (1,), "", Progress(1)).left(days).values())
