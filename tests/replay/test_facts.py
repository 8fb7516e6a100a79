"""The tables of the circular and what is made of them."""

from collections import Counter

import pytest

from replay import facts
from replay import plan


PRINTED_CENTRAL = (915, 2078, 2302, 499, 15549)


def table(kind, share=1.0):
    return facts.of_kind(kind, facts.rows(share))


def test_the_provinces_add_up_to_what_is_printed():
    assert len(table("provincial_committee")) == 63
    assert facts.total(table("provincial_committee")) == (7295, 26033, 3322, 3318, 55171)


def test_the_central_bodies_are_one_person_and_one_login_more_than_is_printed():
    assert len(table("central_body")) == 12
    total = facts.total(table("central_body"))
    assert total == (916, 2079, 2302, 499, 15549)
    assert tuple(a - b for a, b in zip(total, PRINTED_CENTRAL, strict=True)) == (1, 1, 0, 0, 0)


def test_63_provinces_become_34_and_nothing_is_lost():
    merged = facts.merged(facts.rows())
    assert len(merged) == 34
    assert tuple(map(sum, zip(*(each[1] for each in merged), strict=True))) == facts.total(
        table("provincial_committee")
    )
    assert dict(merged)["Thành uỷ Thành phố Hồ Chí Minh"] == (917, 2639, 1183, 882, 17897)
    assert dict(merged)["Tỉnh uỷ Vĩnh Long"] == (118, 323, 83, 14, 185)


def test_a_share_keeps_what_can_be_done():
    for row in facts.rows(0.02):
        assert row.logins >= row.people
        assert row.people >= bool(any(row.figures))
        assert row.people >= (3 if row.outgoing else 0)


@pytest.mark.parametrize("share", [0.02, 0.1, 1.0])
def test_the_plan_does_what_the_tables_say(share):
    for each in plan.plan(facts.rows(share)):
        steps = [step for story in each.stories for step in story.steps]
        verbs = Counter(step.verb for step in steps)
        logged_in = {step.person for step in steps if step.verb == "login"}
        slips = sum(len(step.to) for step in steps if step.verb == "transfer")
        assert (len(logged_in), verbs["login"], verbs["register"], verbs["issue"], slips) == each.row.figures
        assert {step.person for step in steps} == logged_in, "who works has logged in"


def test_nobody_works_before_the_first_login():
    for each in plan.plan(facts.rows()):
        first = {}
        for story in sorted(each.stories, key=lambda story: story.at):
            for step in story.steps:
                if step.verb == "login":
                    first.setdefault(step.person, story.at)
                else:
                    assert first[step.person] <= story.at


def test_the_plan_is_the_same_at_every_run():
    one, other = (plan.plan(facts.rows(0.1)) for _run in range(2))
    assert one == other


def test_every_request_has_an_identifier_of_its_own():
    steps = (step for each in plan.plan(facts.rows()) for story in each.stories for step in story.steps)
    identifiers = Counter(step.identifier for step in steps if step.verb != "login")
    assert max(identifiers.values()) == 1


def test_all_stories_of_a_day_are_told_on_that_day():
    days = plan.by_day(plan.plan(facts.rows(0.1)))
    assert next(iter(days)) == facts.FIRST_DAY
    assert list(days)[-1] == facts.LAST_DAY
    for day, stories in days.items():
        assert {story.at.date() for story in stories} == {day}
