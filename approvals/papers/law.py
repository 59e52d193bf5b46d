"""Provisions that papers cite whatever the matter, with their sources. What changes with a date is in ``rules``."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Organisation
from approvals.rules.remedies import COURT, GOVERNMENT, remedies_on
from documents.facts.common import Remedy

LICENSING_29 = "《行政许可法》第二十九条"  # an agent may apply
LICENSING_31 = "《行政许可法》第三十一条"  # the applicant answers for the truth of the materials
LICENSING_32 = "《行政许可法》第三十二条"  # acceptance, supplement, refusal to accept: in writing and dated
LICENSING_38 = "《行政许可法》第三十八条"  # decisions in writing; a refusal with reasons and remedies
LICENSING_44 = "《行政许可法》第四十四条"  # a decision is delivered within ten working days
LICENSING_78_79 = "《行政许可法》第七十八条、第七十九条"  # false materials, permits obtained by fraud
LICENSING_45 = "《行政许可法》第四十五条"  # special procedures: not counted, and the applicant is told how long
BUILDING_7_9 = "《建筑法》第七条至第九条"
ENERGY_CONSERVATION_15 = "《节约能源法》第十五条"

CONSEQUENCES = (
    "承诺不实或者未按承诺履行的，终止办理、责令限期整改、撤销决定，依法给予处罚，并记入信用记录（国办发〔2020〕42号）。",
    "隐瞒有关情况或者提供虚假材料申请行政许可的，不予受理或者不予许可，给予警告；事项直接关系公共安全、人身健康、"
    "生命财产安全的，一年内不得再次申请（《行政许可法》第七十八条）。",
    "以欺骗等不正当手段取得行政许可的，依法给予处罚；事项直接关系公共安全、人身健康、生命财产安全的，"
    "三年内不得再次申请（《行政许可法》第七十九条）。",
)

_GOVERNED = (Organisation.Kind.COUNTY, Organisation.Kind.CITY, Organisation.Kind.PROVINCE)


def remedies(department: Organisation, on: date) -> list[Remedy]:
    """Review by the government at the department's own level, or the court; articles from ``rules.remedies``."""
    area = next((place for place in department.upwards() if place.kind in _GOVERNED), None)
    bodies = {GOVERNMENT: f"{area.name}人民政府" if area else "本级人民政府", COURT: "有管辖权的人民法院"}
    return [
        {"way": way.name, "to": bodies[way.to], "within": way.within, "basis": way.basis} for way in remedies_on(on)
    ]


def remedies_in_words(department: Organisation, on: date) -> str:
    """For a paper without a section of its own: every way in one sentence."""
    verbs = {"行政复议": "申请行政复议", "行政诉讼": "提起行政诉讼"}
    ways = [f"{way['within']}向{way['to']}{verbs[way['way']]}{_cited(way)}" for way in remedies(department, on)]
    return f"如不服本决定，可以{'，或者'.join(ways)}"


def _cited(way: Remedy) -> str:
    return f"（{way['basis']}）" if way["basis"] else ""
