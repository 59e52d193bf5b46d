"""``manage.py determine``: what it recognises, what it prints, when it fails and how it says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from approvals.rules.casefiles import CASES

ROOT = Path(__file__).parents[2]
PAINT = {"gb4754": 2110, "facts": {"processes": ["cutting", "coating"], "solvent_coating_t": "9.99"}}
POWER = {"carrier": "electricity", "qty": "800", "unit": "万kWh"}
PLOT = {"limits": {"invest_mu": 150}, "project": {"area_mu": 60, "fixed_asset_wan": 9000}}
META = {"facts_default": "未写的数值事实=0/False，仅为测试简写"}


@pytest.fixture
def determine(tmp_path, capsys):
    """Write ``content`` as YAML (text is written as it is) and run the command: exit status, records, stderr."""

    def run(content, *options, name="cases.yaml"):
        path = tmp_path / name
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        status, message = 0, ""
        try:
            call_command("determine", str(path), *options)
        except CommandError as fault:
            status, message = fault.returncode, str(fault)
        out, err = capsys.readouterr()
        return status, [json.loads(line) for line in out.splitlines()], err + message

    return run


def eia(*activities, meta=META, **more):
    return {"meta": meta, "cases": [{"id": "A", "activities": list(activities), **more}]}


def energy(*lines, **more):
    return {"cases": [{"id": "E", "project": {"nature": "new"}, "inputs": list(lines), **more}]}


def land(**more):
    return {"cases": [{"id": "S", **PLOT, **more}]}


@pytest.mark.parametrize("name", ["eia_cases", "energy_cases", "standard_land_cases"])
def test_the_published_cases_agree(name, capsys):
    call_command("determine", str(CASES / f"{name}.yaml"), "--check")
    out, err = capsys.readouterr()
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))["cases"]
    assert [json.loads(line)["id"] for line in out.splitlines()] == [case["id"] for case in cases]
    assert "differ" not in err


def test_a_skipped_case_is_reported_and_not_compared(determine):
    status, records, err = determine(eia(PAINT, skip_eval=True, expected="report_book"), "--check")
    assert (status, records) == (0, [{"id": "A", "outcome": None, "skipped": True}])
    assert "A: skipped" in err


def test_a_record_says_what_was_decided_why_and_under_which_edition(determine):
    _, [record], _ = determine(eia(PAINT))
    assert record["outcome"] == "report_table"
    assert record["reasons"][0]["quote"].startswith("报告表：其他")
    assert (record["missing"], record["edition"], len(record["sha256"])) == ([], "2021", 64)


def test_energy_figures_carry_the_names_of_the_file(determine):
    _, [record], _ = determine(energy(POWER))
    assert (record["outcome"], record["tce"], record["tce_exact"]) == ("exempt", 983.2, "983.2")
    assert (record["coal_t"], record["kwh"]) == (0, 8_000_000)
    _, [record], _ = determine(energy({"carrier": "natural_gas", "qty": 80, "unit": "万m3"}))
    assert (record["tce"], record["tce_low"], record["tce_high"]) == (None, 880, 1064)
    assert record["needs"] == ["natural_gas.lhv"]


def test_land_figures_carry_the_names_of_the_file(determine):
    _, [record], _ = determine(land())
    assert record["computed"]["invest_wan_per_mu"] == 150
    assert (record["indicators"], record["overall"], record["outcome"]) == ({"invest_mu": "pass"}, "pass", "pass")


def test_project_facts_are_judged_for_eia_energy_and_matters(determine):
    facts = {
        "nature": "new",
        "in_industrial_building": "yes",
        "boilers": [{"fuel": "natural_gas", "capacity_t_per_h": "2"}],
        "activities": [{"gb4754": "2110", "processes": ["cutting", "assembly"]}],
        "energy_lines": [{"carrier": "electricity", "quantity": "100", "unit": "万kWh"}],
        "uses_forest_land": False,
    }
    single = {"id": "P", "facts": facts, "expected": {"eia": "report_table", "energy": "exempt"}}
    for content in (single, [single], {"cases": [single]}):
        status, [record], err = determine(content, "--check")
        assert (status, record["outcome"]) == (0, {"eia": "report_table", "energy": "exempt"}), err
        assert {"needed", "spared", "unknown", "not_applicable"} >= {need["status"] for need in record["matters"]}
        assert set(record["edition"]) == set(record["sha256"]) == {"eia", "energy", "matters"}


def test_a_case_that_differs_is_named_with_field_expected_and_got(determine):
    status, _, err = determine(eia(PAINT, expected="report_book"), "--check")
    assert status == 1
    assert "A: outcome: expected report_book, got report_table" in err
    assert determine(eia(PAINT, expected="report_book"))[0] == 0  # without --check nothing is compared

    wrong = {"computed": {"invest_wan_per_mu": 151}, "indicators": {"invest_mu": "fail"}, "overall": "fail"}
    status, _, err = determine(land(expected=wrong), "--check")
    assert status == 1
    for field in ("computed.invest_wan_per_mu: expected 151, got 150", "indicators.invest_mu", "overall"):
        assert field in err


def test_the_edition_is_that_of_the_day(determine):
    assert determine(energy(POWER), "--on", "2026-11-24")[1][0]["outcome"] == "exempt"
    assert determine(energy(POWER), "--on", "2025-08-31")[1][0]["outcome"] == "sub_provincial"
    assert determine(energy(POWER, law_version="ORDER_2_2023"))[1][0]["edition"] == "2023"
    assert determine(energy(POWER, decision_date="2018-01-01"))[1][0]["edition"] == "2016"


@pytest.mark.parametrize(("content", "day"), [(eia(PAINT), "2020-12-31"), (energy(POWER), "2016-12-31")])
def test_a_day_without_an_edition_is_a_clear_error(determine, content, day):
    status, records, err = determine(content, "--on", day)
    assert (status, records) == (2, [])
    assert err.startswith("--on: no edition")
    assert day in err
    assert "\n" not in err


def test_what_the_file_leaves_out_is_what_its_meta_says(determine):
    clean = {"gb4754": "3072", "facts": {"product": "sanitary_ceramic"}}
    assert determine(eia(clean))[1][0]["outcome"] == "not_subject"
    for meta in ({}, {"facts_default": "未写的数值事实=unknown"}):
        _, [record], _ = determine(eia(clean, meta=meta))
        assert record["outcome"] == "needs_human"
        assert "activities.0.output_pieces" in [question["fact"] for question in record["missing"]]


def test_an_empty_value_is_unknown_whatever_the_meta_says(determine):
    open_fact = {"gb4754": "3072", "facts": {"product": "sanitary_ceramic", "output_pieces": None}}
    assert determine(eia(open_fact))[1][0]["outcome"] == "needs_human"
    open_place = {**PAINT, "in_industrial_building": None}
    assert determine(eia(open_place))[1][0]["outcome"] == "needs_human"


def test_a_boiler_of_a_factory_is_judged_as_a_boiler(determine):
    boiler = {"row": "91", "gb4754": "1523", "facts": {"gas_boiler_t_per_h": "1.01"}}
    assert determine(eia(boiler))[1][0]["outcome"] == "report_table"


def test_lifecycle_cases_are_not_cases_here(determine):
    content = energy(POWER) | {"lifecycle_cases": [{"id": "L1", "given": {}, "expected": "X"}]}
    assert [record["id"] for record in determine(content)[1]] == ["E"]


def test_litres_own_power_and_sold_energy(determine):
    diesel = {"carrier": "diesel", "qty": "100000", "unit": "L", "density_kg_per_L": "0.84"}
    assert determine(energy(diesel))[1][0]["tce_exact"] == "122.3964"
    sold = {"carrier": "heat", "qty": -1000, "unit": "GJ"}
    own = {"carrier": "own_pv", "qty": 10, "unit": "万kWh"}
    assert determine(energy(POWER, sold))[1][0]["tce_exact"] == "949.08"
    assert determine(energy(POWER, own))[1][0]["tce_exact"] == "995.49"
    gas = {"carrier": "natural_gas", "qty": 1, "unit": "万m3", "coef": "1.2", "coef_source": "measured"}
    assert determine(energy(own, gas))[1][0]["tce_exact"] == "24.29"  # the sun is not made from gas
    chp = {**own, "carrier": "electricity", "use": "chp_output"}
    assert determine(energy(chp, gas))[1][0]["tce_exact"] == "12"


def test_steam_with_its_enthalpy_is_certain(determine):
    steam = {"carrier": "steam_lp", "qty": 9000, "unit": "t", "coef": "0.0946"}
    assert determine(energy(steam | {"coef_source": "enthalpy"}))[1][0]["tce_exact"] == "851.4"
    open_steam = determine(energy(steam | {"coef_source": "default_range"}))[1][0]
    assert (open_steam["tce_low"], open_steam["tce_high"]) == (826.2, 1157.4)


BAD = [
    ("a: [", "not YAML", ""),
    ("%%% : :\n\t- x", "not YAML", ""),
    ("", "unknown shape", ""),
    ("just words", "unknown shape", ""),
    ({"cases": [{"id": "X", "nothing": 1}]}, "unknown shape", "cases"),
    ({"cases": [{"id": "X", "activities": []}, {"id": "Y", "inputs": []}]}, "different kinds", "cases"),
    ({"cases": [{"activities": [PAINT]}]}, "case #1", "id"),
    ("cases:\n- {id: A, id: B, activities: []}\n", "given twice", "id"),
    (eia({**PAINT, "row": 174}), "case A", "activities.0.row"),
    (eia({**PAINT, "row": "x"}), "case A", "activities.0.row"),
    (eia({**PAINT, "gb4754": "furniture"}), "case A", "activities.0.gb4754"),
    (eia({**PAINT, "kind": "palace"}), "case A", "activities.0.kind"),
    (eia({**PAINT, "facts": {"solvent_coatng_t": 1}}), "did you mean 'solvent_coating_t'", "activities.0.facts"),
    (eia({**PAINT, "facts": {"solvent_coating_t": "much"}}), "'much' is not a number", "solvent_coating_t"),
    (eia({**PAINT, "facts": {"solvent_coating_t": -1}}), "negative", "solvent_coating_t"),
    (eia({**PAINT, "facts": {"solvent_coating_t": True}}), "not a number", "solvent_coating_t"),
    (eia({**PAINT, "facts": {"solvent_coating_t": ".inf"}}), "not a number", "solvent_coating_t"),
    (eia({**PAINT, "facts": {"heating_only_electric": "perhaps"}}), "neither yes nor no", "heating_only_electric"),
    (eia({**PAINT, "facts": {"processes": [1]}}), "not a word", "processes"),
    (eia({**PAINT, "facts": [1]}), "must be a mapping", "activities.0.facts"),
    (eia(PAINT, nature="rebuilt"), "unknown nature", "nature"),
    ({"cases": [{"id": "A", "activities": 3}]}, "must be a list", "activities"),
    (energy({**POWER, "carrier": "moonlight"}), "unknown carrier 'moonlight'", "inputs.0.carrier"),
    (energy({**POWER, "unit": "bottles"}), "unknown unit 'bottles'", "inputs.0.unit"),
    (energy({**POWER, "unit": "t"}), "not measured in 't'", "inputs.0.unit"),
    (energy({**POWER, "qty": "lots"}), "'lots' is not a number", "inputs.0.qty"),
    (energy({**POWER, "quantty": 1}), "did you mean 'quantity'", "inputs.0"),
    (energy(POWER, project={"state_secrt": True}), "did you mean 'state_secret'", "project.state_secrt"),
    (energy(POWER, project={"nature": "rebuilt"}), "unknown nature", "project.nature"),
    (energy(POWER, project={"two_high": 3}), "neither yes nor no", "project.two_high"),
    (energy(POWER, baseline_tec=1), "did you mean 'baseline_tce'", "baseline_tec"),
    (energy(POWER, baseline_tce="x"), "not a number", "baseline_tce"),
    (energy(POWER, linked_filings_tce=["x"]), "not a number", "linked_filings_tce"),
    (energy(POWER, decision_date="yesterday"), "not a date", "decision_date"),
    (energy(POWER, decision_date="2010-01-01"), "no edition", "date"),
    (energy(POWER, law_version="ORDER_9"), "unknown version", "law_version"),
    (energy(POWER, also_under={"ORDER_9": "exempt"}), "unknown version", "also_under"),
    (energy(POWER, also_under={"ORDER_6_2010": "exempt"}), "no edition", "also_under"),
    (land(limits={"beauty_min": 1}), "unknown indicator", "limits.beauty_min"),
    (land(limits={"invest": 357.14}), "needs a unit", "limits.invest"),
    (land(limits={"density": 0.4}), "needs a direction", "limits.density"),
    (land(limits={"far_min": "high"}), "not a number", "limits.far_min"),
    (land(project={"area_mu": "wide"}), "not a number", "project.area_mu"),
    (land(project={"area_muu": 1}), "did you mean 'area_mu'", "project.area_muu"),
    (land(project={"area_mu": 15, "area_ha": 15}), "contradict", "project"),
    ([{"id": "P", "facts": {"total_investment": 1}}], "did you mean 'total_investment_wan'", "facts"),
    ([{"id": "P", "facts": {"activities": [{"processs": []}]}}], "did you mean 'processes'", "facts.activities.0"),
    ([{"id": "P", "facts": {"boilers": [{"fuel": "wood"}]}}], "unknown word 'wood'", "facts.boilers.0.fuel"),
    ([{"id": "P", "facts": {"energy_lines": [{"carrier": "x"}]}}], "unknown carrier", "energy_lines.0.carrier"),
    ([{"id": "P", "facts": {"energy_lines": [{"unit": "x"}]}}], "unknown unit", "facts.energy_lines.0.unit"),
    ([{"id": "P", "facts": {"activities": [{"row": "500"}]}}], "unknown row", "facts.activities.0.row"),
    ([{"facts": {}}], "case #1", "id"),
    (eia(PAINT, expected="exempted"), "unknown outcome 'exempted'", "case A: expected.outcome"),
    (eia(PAINT, expected={"outcome": "report"}), "unknown outcome 'report'", "case A: expected.outcome"),
    (energy(POWER, expected={"review_class": "city"}), "unknown outcome 'city'", "case E: expected.review_class"),
    (land(expected={"overall": "passed"}), "unknown outcome 'passed'", "expected.overall"),
    (land(expected=["pass"]), "must be a word or a mapping", "expected"),
]


@pytest.mark.parametrize(("content", "says", "field"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_bad_input_is_one_line_naming_file_case_and_field(determine, content, says, field):
    status, records, err = determine(content, "--check")
    assert (status, records) == (2, [])
    for part in ("cases.yaml: ", says, field):
        assert part in err
    assert "\n" not in err


def test_one_bad_case_spoils_no_other(determine):
    cases = [{"id": "A", "activities": [PAINT]}, {"id": "B", "activities": "?"}, {"id": "C", "activities": [PAINT]}]
    status, records, err = determine({"cases": cases})
    assert (status, [record["id"] for record in records]) == (2, ["A", "C"])
    assert "case B: activities" in err


def test_an_id_is_given_once(determine):
    status, records, err = determine({"cases": [{"id": 7, "activities": [PAINT]}, {"id": "7", "activities": [PAINT]}]})
    assert (status, len(records)) == (2, 1)
    assert "case 7: id: is used by an earlier case too" in err


def test_a_file_that_is_not_there_and_a_day_that_is_none(determine, tmp_path):
    with pytest.raises(CommandError, match="No such file") as fault:
        call_command("determine", str(tmp_path / "none.yaml"))
    assert fault.value.returncode == 2
    with pytest.raises(CommandError, match="directory"):
        call_command("determine", str(tmp_path))
    for day in ("2026-13-01", "tomorrow", "20261124"):
        status, _, err = determine(eia(PAINT), "--on", day)
        assert (status, err) == (2, f"--on: {day!r} is not a date (YYYY-MM-DD)")


def test_no_database_is_needed():
    """A database that cannot be reached does not matter; neither does the exit status get lost on the way out."""
    env = {**os.environ, "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "manage.py", "determine", str(CASES / "eia_cases.yaml"), "--on"]
    good = subprocess.run([*command, "2026-01-01"], cwd=ROOT, env=env, capture_output=True, check=False)
    assert (good.returncode, good.stderr) == (0, b"")
    bad = subprocess.run([*command, "1999-01-01"], cwd=ROOT, env=env, capture_output=True, check=False)
    assert bad.returncode == 2
    assert b"Traceback" not in bad.stderr
