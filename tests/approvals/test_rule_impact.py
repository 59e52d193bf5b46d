"""What another law would change: the command, the worker's run, and who sees what of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
import time_machine
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from approvals import tasks
from approvals.errors import GuardFailed, NotYours
from approvals.models import Activity, Determination, Event, LandGrant, Project, RuleImpactRow, RuleImpactRun
from approvals.rules.editions import editions
from approvals.services.impact import advance_impact_run, request_impact_run, stalled_runs
from tests.cases import TODAY, foreign_case, home_case

RUN = "/rules/impact/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def home(world):
    case = home_case(world)
    _furniture(case.project)
    return case


@pytest.fixture
def foreign(world):
    case = foreign_case(world)
    _furniture(case.project)
    return case


def _furniture(project):
    facts = project.facts
    facts.nature, facts.in_industrial_building, facts.boilers_known = "new", True, True
    facts.save()
    Activity.objects.create(
        facts=facts,
        title="家具生产线",
        gb4754="2110",
        processes=["cutting", "coating"],
        solvent_coating_t="8",
        low_voc_nonsolvent_coating_t="0",
        other_coating_t="0",
    )


def edition(table="eia", **changes):
    """Tomorrow's edition of a table: what ships, with changes, as bytes."""
    data = dict(editions(table)[-1].data)
    data |= {"edition": "2027", "in_force_from": date(2027, 1, 1), "source": "《示例新名录》", **changes}
    return yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=_WithoutAliases).encode()


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def stricter():
    """A catalogue in which eight tonnes of solvent paint make a report book."""
    rows = [dict(row) for row in editions("eia")[-1].data["rows"]]
    row = rows[35]
    assert row["row"] == 36
    book, paint = row["rules"]["book"]["any"]
    row["rules"] = {**row["rules"], "book": {"any": [book, {**paint, "value": 8}]}}
    row["text"] = {**row["text"], "report_book": "年用溶剂型涂料（含稀释剂）8吨及以上的"}
    return edition(rows=rows)


def confirmed(project, by, outcome="report_table", **fields):
    facts = {
        "nature": "new",
        "in_industrial_building": True,
        "boilers": [],
        "activities": [
            {"gb4754": "2110", "processes": ["coating"], "solvent_coating_t": "9", "other_coating_t": "0"},
        ],
    }
    answer = {
        "outcome": outcome,
        "edition": "2021",
        "reasons": [{"quote": "其他", "basis": "名录第36项", "decisive": True}],
    }
    return Determination.objects.create(
        project=project,
        kind="eia",
        outcome=outcome,
        on=TODAY,
        edition="2021",
        sha256="0" * 64,
        facts=facts,
        answer=answer,
        confirmed_by=by,
        **fields,
    )


def finish(run, chunk=500):
    rounds = 1
    while advance_impact_run(run.pk, chunk=chunk):
        rounds += 1
    run.refresh_from_db()
    return rounds


def run_command(tmp_path, capsys, raw=None, *options):
    if raw is not None:
        path = tmp_path / "new.yaml"
        path.write_bytes(raw)
        options = ("--file", str(path), *options)
    call_command("rule_impact", *options, "--json")
    captured = capsys.readouterr()
    return [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_the_command_names_open_cases_and_past_decisions_with_the_clause(home, world, tmp_path, capsys):
    past = confirmed(home.project, world.handler)
    other = Project.objects.exclude(pk=home.project.pk).count()
    found, err = run_command(tmp_path, capsys, stricter())
    assert [(one["kind"], one["basis"], one["from"], one["to"]) for one in found] == [
        ("eia", "past", "report_table", "report_book")
    ]
    assert (found[0]["determination"], found[0]["edition_from"], found[0]["edition_to"]) == (past.pk, "2021", "2027")
    assert "8吨及以上" in found[0]["clause_to"]
    assert found[0]["clause_from"] == "名录第36项：其他"
    assert f"{2 + other} asked, 1 differ" in err


def test_without_a_confirmed_answer_the_case_is_open(home, tmp_path, capsys):
    found, _ = run_command(tmp_path, capsys, stricter())
    assert ("eia", "open", "report_table", "report_book") in [
        (one["kind"], one["basis"], one["from"], one["to"]) for one in found
    ]


def test_the_same_law_changes_nothing(home, world, tmp_path, capsys):
    confirmed(home.project, world.handler)
    assert run_command(tmp_path, capsys, edition())[0] == []
    assert run_command(tmp_path, capsys, None, "--on", TODAY.isoformat())[0] == []


def test_the_law_of_another_day_can_be_asked(home, world, tmp_path, capsys):
    facts = home.project.facts
    facts.energy_lines_known = True
    facts.save()
    facts.energy_lines.create(carrier="electricity", quantity="600", unit="万kWh")
    with time_machine.travel(date(2026, 9, 1), tick=False):
        found, _ = run_command(tmp_path, capsys, edition("energy", edition="2027"))
    assert found == []


def test_stricter_national_indicators_are_held_against_the_plot_that_was_chosen(home, world, tmp_path, capsys):
    LandGrant.objects.create(project=home.project, plot=world.plot, chosen_on=TODAY, indicator_check={})
    facts = home.project.facts
    facts.building_footprint_m2 = 9000  # 45 % of 20,000 m²
    facts.save()
    indicators = [dict(row) for row in editions("standard_land")[-1].data["indicators"]]
    coefficient = next(row for row in indicators if row["indicator"] == "coef_min")
    coefficient["value"] = "0.50"
    [found] = run_command(tmp_path, capsys, edition("standard_land", indicators=indicators))[0]
    assert (found["kind"], found["basis"], found["from"], found["to"]) == (
        "standard_land",
        "open",
        "incomplete",
        "fail",
    )
    assert run_command(tmp_path, capsys, edition("standard_land"))[0] == []


def test_past_decisions_never_change(home, world, tmp_path, capsys):
    past = confirmed(home.project, world.handler)
    before = Determination.objects.values().get(pk=past.pk)
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    finish(run)
    run_command(tmp_path, capsys, stricter())
    assert Determination.objects.values().get(pk=past.pk) == before
    assert not Event.objects.filter(project=home.project, kind__startswith="determination").exists()


def test_what_people_settled_differs_only_where_the_rules_now_say_something_else(home, world, tmp_path, capsys):
    past = confirmed(home.project, world.handler, outcome="register")  # the rules said report_table
    Determination.objects.filter(pk=past.pk).update(answer={**past.answer, "outcome": "report_table"})
    assert run_command(tmp_path, capsys, edition())[0] == []
    [found] = run_command(tmp_path, capsys, stricter())[0]
    assert (found["from"], found["to"]) == ("register", "report_book")


def test_a_superseded_decision_is_marked_as_such(home, world):
    confirmed(home.project, world.handler, superseded_on=TODAY)
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    finish(run)
    assert set(run.rows.filter(kind="eia").values_list("basis", flat=True)) == {"superseded", "open"}


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_a_run_finds_the_same_in_chunks_of_any_size(home, foreign, world, chunk):
    confirmed(home.project, world.handler)
    run = request_impact_run(by=world.administrator, on=TODAY, raw=stricter())
    rounds = finish(run, chunk)
    assert (run.state, run.done, run.total, run.percent) == ("done", 3, 3, 100)
    assert rounds >= (3 if chunk == 1 else 2)
    kinds = sorted(run.rows.values_list("project_id", "kind", "basis", "after"))
    assert kinds == sorted(
        [(home.project.pk, "eia", "past", "report_book"), (foreign.project.pk, "eia", "open", "report_book")]
    )


def test_a_worker_takes_the_run_on_by_itself_and_a_second_one_does_nothing(home, world, deliver_all):
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    deliver_all()
    finish(run)
    assert advance_impact_run(run.pk) is False
    tasks.advance_impact(run.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert run.rows.filter(kind="eia").count() == 1
    assert Event.objects.filter(kind="rule_impact.requested", subject_id=run.pk).count() == 1


def test_a_run_that_nobody_advances_is_found_again(home, world):
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    assert stalled_runs() == []
    with time_machine.travel(date(2026, 9, 2), tick=False):
        assert stalled_runs() == [run.pk]


def test_a_run_that_cannot_go_on_says_so(home, world):
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    RuleImpactRun.objects.filter(pk=run.pk).update(content="name: [")
    with pytest.raises(ValueError, match="not YAML"):
        tasks.advance_impact(run.pk)
    run.refresh_from_db()
    assert (run.state, run.is_finished) == ("failed", True)
    assert "not YAML" in run.error


BAD = [
    (b"", "--on"),
    (b"a: [", "not YAML"),
    (b"just words", "every edition needs"),
    (b"- 1\n- 2\n", "every edition needs"),
    (b"\x00\xff\xfe", "not YAML"),
    (edition(name="nothing"), "none of"),
    (edition(in_force_from="soon"), "must be dates"),
    (edition(in_force_until=date(2026, 1, 1)), "before in_force_from"),
    (edition(rows=[]), "eia 2027"),
    (edition(rows=[{"row": 1}]), "eia 2027"),
    (b"a: &x [1]\nb: [*x, *x]\n", "aliases"),
    (b"name: eia\nname: energy\n", "given twice"),
]


@pytest.mark.parametrize(("raw", "says"), BAD[1:])
def test_a_file_that_is_no_edition_is_refused_by_command_and_page(home, world, tmp_path, capsys, raw, says):
    with pytest.raises(CommandError, match=r"new\.yaml") as fault:
        run_command(tmp_path, capsys, raw)
    assert fault.value.returncode == 2
    assert says in str(fault.value)
    with pytest.raises(GuardFailed) as refusal:
        request_impact_run(by=world.supervisor, on=TODAY, raw=raw)
    assert says in refusal.value.blockers[0].message
    assert not RuleImpactRun.objects.exists()


def test_a_day_without_law_and_a_file_that_is_not_there_are_refused(home, tmp_path):
    for options in (("--on", "1999-01-01"), ("--on", "soon"), ("--file", str(tmp_path)), ("--file", "none.yaml")):
        with pytest.raises(CommandError) as fault:
            call_command("rule_impact", *options)
        assert fault.value.returncode == 2


def test_only_administrators_and_supervisors_may_ask(home, world):
    for person in (world.handler, world.approver, world.owner, world.lead):
        with pytest.raises(NotYours):
            request_impact_run(by=person, on=TODAY, raw=stricter())


# the page -----------------------------------------------------------------------------------------------------------


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


@pytest.fixture
def finished(home, foreign, world):
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    finish(run)
    return run


def test_each_reader_sees_only_projects_that_he_may_see(client, finished, home, foreign, world):
    sign_in(client, home.people["supervisor"])
    text = client.get(RUN, {"run": finished.pk}).content.decode()
    assert home.project.name in text
    assert foreign.project.name not in text

    sign_in(client, foreign.people["supervisor"])
    text = client.get(RUN, {"run": finished.pk}).content.decode()
    assert foreign.project.name in text
    assert home.project.name not in text


def test_an_administrator_sees_how_many_and_no_names(client, finished, home, foreign, world):
    sign_in(client, world.administrator)
    answer = client.get(RUN, {"run": finished.pk})
    text = answer.content.decode()
    assert home.project.name not in text
    assert foreign.project.name not in text
    assert [row["count"] for row in answer.context["transitions"]] == [2]


def test_a_supervisors_summary_counts_only_his_own(client, finished, home):
    sign_in(client, home.people["supervisor"])
    answer = client.get(RUN, {"run": finished.pk})
    assert [row["count"] for row in answer.context["transitions"]] == [1]


def test_the_list_is_filtered_and_downloaded(client, finished, home):
    Project.objects.filter(pk=home.project.pk).update(name="=1+1项目")
    sign_in(client, home.people["supervisor"])
    assert len(client.get(RUN, {"run": finished.pk, "kind": "energy"}).context["rows"]) == 0
    assert len(client.get(RUN, {"run": finished.pk, "kind": "eia", "basis": "open", "q": "项目"}).context["rows"]) == 1
    answer = client.get(RUN, {"run": finished.pk, "format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    [head, row] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[0] == "项目编号"
    assert row[1] == "'=1+1项目"
    assert row[4:6] == ["report_table", "report_book"]


def test_the_page_of_a_run_asks_a_constant_number_of_queries(client, finished, home, django_assert_max_num_queries):
    sign_in(client, home.people["supervisor"])
    rows = finished.rows.filter(project=home.project)
    client.get(RUN, {"run": finished.pk})
    with django_assert_max_num_queries(14):
        client.get(RUN, {"run": finished.pk})
    first = rows.first()
    RuleImpactRow.objects.bulk_create(
        [RuleImpactRow(run=finished, project=first.project, kind="eia", basis="open", before="a", after="b")] * 25
    )
    with django_assert_max_num_queries(14):
        client.get(RUN, {"run": finished.pk})


def test_progress_is_shown_until_the_run_is_finished(client, home, world):
    run = request_impact_run(by=world.supervisor, on=TODAY, raw=stricter())
    sign_in(client, world.supervisor)
    text = client.get(RUN, {"run": run.pk}).content.decode()
    assert 'http-equiv="refresh"' in text
    assert "0 / 1" in text
    finish(run)
    text = client.get(RUN, {"run": run.pk}).content.decode()
    assert 'http-equiv="refresh"' not in text


def test_a_file_is_uploaded_and_leads_to_its_run(client, home, world):
    sign_in(client, world.administrator)
    upload = SimpleUploadedFile("eia-2027.yaml", stricter(), content_type="application/yaml")
    answer = client.post(RUN, {"file": upload})
    run = RuleImpactRun.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{RUN}?run={run.pk}")
    assert (run.table, run.edition, run.on, len(run.sha256)) == ("eia", "2027", date(2027, 1, 1), 64)


def test_what_cannot_be_asked_is_said_on_the_form(client, home, world):
    sign_in(client, world.supervisor)
    for posted, says in (
        ({}, "两者选一"),
        ({"day": "2026-09-01", "file": SimpleUploadedFile("a.yaml", b"a: 1")}, "两者选一"),
        ({"file": SimpleUploadedFile("a.yaml", b"a: 1")}, "every edition needs"),
        ({"file": SimpleUploadedFile("a.yaml", b"a" * 2_100_000)}, "2 MB"),
        ({"day": "1999-01-01"}, "“办理事项”在1999-01-01没有现行版本，请选2025-09-01或者以后的日期"),
    ):
        answer = client.post(RUN, posted)
        assert answer.status_code == 422
        assert says in answer.content.decode().replace("&#x27;", "'")
    assert not RuleImpactRun.objects.exists()


def test_a_run_that_does_not_exist_is_not_found(client, home, world):
    sign_in(client, world.supervisor)
    for number in ("999999", "x", "-1", "", "9" * 40, "١"):
        assert client.get(RUN, {"run": number}).status_code == 404
