"""The demonstration: what a visitor finds, and that loading it is safe, repeatable and honest about being invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.accounts.models import Appointment, Enterprise, Membership, Organisation, Role, User
from approvals.demo.accounts import LISTED, PASSWORD, demo_accounts, one_per_role
from approvals.demo.areas import PARKS
from approvals.demo.industries import Line
from approvals.demo.loading import PROJECTS
from approvals.demo.outbox import PAPERS
from approvals.demo.plots import SOURCE
from approvals.models import (
    Application,
    Commitment,
    Delivery,
    Determination,
    EnergyLine,
    Evidence,
    LocalParameter,
    MatterList,
    Message,
    Objection,
    Plot,
    PlotIndicator,
    Project,
    ProjectFacts,
    RegionalAssessment,
)
from approvals.rules import uscc, vocabulary
from approvals.rules.clock import remaining
from approvals.selectors.audit import verify_chain
from approvals.selectors.calendar import working_calendar
from approvals.selectors.determinations import answer
from approvals.selectors.limits import review_due
from approvals.selectors.projects import projects_visible_to
from workflows.models import WorkItem

TODAY = date(2026, 11, 24)
SOON = 3  # working days, as the demonstration's own parameter says
ROWS = (Organisation, User, Appointment, Membership, Enterprise, Plot, Project, Application, Delivery, WorkItem)


def load(**options: object) -> str:
    out = StringIO()
    call_command("load_demo", **{"today": TODAY, "no_documents": True, "stdout": out} | options)
    return out.getvalue()


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once for all tests here, in a transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        with connection.cursor() as cursor:
            # What was promised to the end of the transaction is kept now, not at the end of every test.
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(demo, db) -> None:
    """Each test in a savepoint of its own."""


def counts() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}


# loading


def test_the_second_run_changes_nothing():
    before = counts()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert "projects loaded: 0" in load()
    assert counts() == before
    assert not [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "DELETE"))]
    assert len(queries) < 60


def test_refuses_outside_the_demo_set_up(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="never loaded in production"):
        load()
    with pytest.raises(CommandError, match="no demo accounts"):
        call_command("demo_accounts")
    assert demo_accounts() == []


def test_refuses_a_reference_day_without_a_catalogue():
    with pytest.raises(CommandError, match="2026-05-01"):
        load(today=date(2026, 4, 30))


def test_leaves_the_papers_to_the_worker_when_told_so():
    owed = set(Delivery.objects.filter(done_at=None).values_list("handler", flat=True))
    assert owed
    assert all(handler.startswith(PAPERS) for handler in owed)
    assert not Delivery.objects.exclude(last_error="").exists()


def test_open_tasks_follow_the_records():
    out = StringIO()
    call_command("align_processes", stdout=out)
    assert "0 misaligned" in out.getvalue()
    assert WorkItem.objects.filter(status__in=("NEW", "ASSIGNED")).count() > 50


def test_every_chain_of_events_verifies():
    assert [fault for project in Project.objects.all() for fault in verify_chain(project)] == []


# what is there


def test_about_thirty_projects_over_all_eight_industries():
    assert Project.objects.count() == len(PROJECTS) >= 30
    assert set(Project.objects.values_list("industry_group", flat=True)) == set(vocabulary.GROUPS)
    assert {spec.park for spec in PROJECTS} == {park.key for park in PARKS}


def test_every_stage_and_every_state_is_present():
    assert set(Project.objects.values_list("stage", flat=True)) == set(Project.Stage.values)
    # A lapse takes longer than the demonstration's past goes back.
    shown = set(Application.State.values) - {Application.State.LAPSED}
    assert set(Application.objects.values_list("state", flat=True)) == shown
    states = set(Commitment.objects.values_list("state", flat=True))
    assert states == set(Commitment.State.values)
    assert set(Objection.objects.values_list("resolution", flat=True)) == set(Objection.Resolution.values)


def test_something_is_overdue_and_something_due_soon():
    calendar = working_calendar()
    limits = [(a.promised_due_on or a.due_on) for a in Application.objects.filter(state="accepted")]
    limits += [due.due_on for a in Application.objects.filter(state="submitted") if (due := review_due(a))]
    left = [remaining(TODAY, day, calendar) for day in limits if day]
    assert sum(days < 0 for days in left) >= 3
    assert sum(0 <= days <= SOON for days in left) >= 4
    assert any(days > SOON for days in left)


def test_determinations_are_confirmed_superseded_and_still_open():
    assert Determination.objects.filter(superseded_on__isnull=False).exists()
    outcomes = set(Determination.objects.values_list("kind", "outcome"))
    assert {("eia", name) for name in ("not_subject", "report_table", "report_book")} <= outcomes
    assert {("energy", n) for n in ("exempt", "sub_provincial", "regional_commitment", "provincial")} <= outcomes
    open_ones = {answer(p, kind, on=TODAY).outcome for p in Project.objects.all() for kind in ("eia", "energy")}
    assert {"needs_human", "needs_input"} <= open_ones


def test_lists_of_matters_have_needed_spared_and_unknown_rows():
    statuses = {row["status"] for listed in MatterList.objects.all() for row in listed.rows}
    assert {"needed", "spared", "unknown", "not_applicable"} <= statuses


def test_a_two_high_project_and_a_bad_credit_take_the_ordinary_route():
    ordinary = Commitment.objects.filter(state=Commitment.State.ORDINARY)
    grounds = {name for row in ordinary for name in row.eligibility["figures"]["grounds"]}
    assert {"two_high", "bad_credit"} <= grounds


def test_unknown_facts_stay_unknown():
    assert ProjectFacts.objects.filter(energy_lines_known=False).exists()
    assert ProjectFacts.objects.filter(boilers_known=False).exists()
    assert ProjectFacts.objects.filter(in_spring_basin=None).exists()


def test_evidence_of_breaking_ground_has_a_photograph():
    rows = Evidence.objects.filter(kind=Evidence.Kind.BROKE_GROUND)
    assert rows.exists()
    assert all(row.attachments.filter(content_type="image/png").exists() for row in rows)


def test_a_plot_without_planning_conditions_and_an_expired_assessment_are_there():
    assert Plot.objects.filter(planning_conditions_number="").exists()
    assert RegionalAssessment.objects.filter(valid_until_on__lt=TODAY).exists()
    assert {"U07", "U09", "U10", "U13"} <= set(RegionalAssessment.objects.values_list("matter_code", flat=True))


def test_no_day_lies_ahead_and_none_is_out_of_order():
    for project in Project.objects.all():
        days = [event.facts["on"] for event in project.events.order_by("sequence") if "on" in event.facts]
        assert days == sorted(days), project
        assert days[-1] <= TODAY.isoformat(), project


def test_the_words_of_every_production_line_are_in_the_vocabulary():
    lines: list[Line] = [line for spec in PROJECTS for line in spec.activities]
    for line in lines:
        assert line["gb4754"] in vocabulary.INDUSTRIES
        assert set(line["processes"] or ()) <= set(vocabulary.PROCESSES), line["title"]
        assert set(line["quantities"]) <= set(vocabulary.FACTS), line["title"]
    assert EnergyLine.objects.exists()


# what is real and what is invented


def test_the_tree_has_eleven_cities_the_reform_zone_and_thirteen_parks():
    kinds = Organisation.objects.values_list("kind", flat=True)
    assert list(kinds).count("city") == 11
    assert list(kinds).count("park") == 13
    assert Organisation.objects.get(division_code="140171").name == "山西转型综合改革示范区"
    assert not Organisation.objects.filter(kind="park").exclude(division_code="").exists()


def test_every_enterprise_is_plainly_an_example_with_a_valid_code():
    for enterprise in Enterprise.objects.all():
        assert enterprise.name.startswith("示例")
        assert uscc.validate(enterprise.uscc) == enterprise.uscc
    assert all(name.startswith("示例") for name in Project.objects.values_list("name", flat=True))
    assert all(name[1] == "示" for name in User.objects.values_list("name", flat=True))


def test_no_code_can_be_anybodys():
    """The registrar 149900 does not exist."""
    assert {code[2:8] for code in Enterprise.objects.values_list("uscc", flat=True)} == {"149900"}
    codes = Project.objects.exclude(project_code="").values_list("project_code", flat=True)
    assert {code.split("-")[1] for code in codes} == {"149900"}


def test_local_numbers_say_that_they_are_not_official():
    for model in (LocalParameter, PlotIndicator):
        assert set(model.objects.values_list("source", flat=True)) == {SOURCE}


# people


def test_there_is_an_account_for_every_role_and_it_can_sign_in(rf):
    assert {row.role for row in LISTED} == {*Role.values, "enterprise"}
    for account in one_per_role():
        credentials = {"username": account["username"], "password": account["password"]}
        assert authenticate(rf.post("/login"), **credentials) is not None, account


def test_the_sign_in_page_begins_with_one_account_per_role_and_folds_the_others(client):
    page = client.get(reverse("login"))
    roles = [account["role"] for account in page.context["demo_accounts"]]
    assert len(roles) == len(set(roles)) == len({row.role for row in LISTED})
    shown = [account["username"] for name in ("demo_accounts", "more_demo_accounts") for account in page.context[name]]
    assert sorted(shown) == sorted(row.username for row in LISTED)
    assert page.content.decode().count("<details") == 1


def test_every_listed_account_exists_and_holds_what_it_says():
    for row in LISTED:
        user = User.objects.get(username=row.username)
        held = set(user.appointments.held_on(TODAY).values_list("role", flat=True))
        assert held == (set() if row.role == "enterprise" else {row.role})
    assert User.objects.get(username="administrator").is_staff
    assert not User.objects.filter(is_superuser=True).exists()


def test_every_listed_account_sees_projects():
    for row in LISTED:
        if row.role != "administrator":
            assert projects_visible_to(User.objects.get(username=row.username), on=TODAY).exists(), row


def test_some_people_of_an_enterprise_may_not_sign():
    assert Membership.objects.filter(user__username="enterprise", may_sign=True).exists()
    assert not Membership.objects.filter(user__username="enterprise2", may_sign=True).exists()


def test_people_have_messages():
    assert Message.objects.filter(recipient__username="enterprise").exists()
    assert Message.objects.filter(recipient__username="handler").exists()


def test_one_account_per_role_is_printed():
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len({row.role for row in LISTED})
    assert all(PASSWORD in line for line in lines)
    assert settings.DEMO
