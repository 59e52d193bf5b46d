"""Provisions that papers cite whatever the matter, with their sources. What changes with a date is in ``rules``."""

from __future__ import annotations

from approvals.accounts.models import Organisation
from documents.facts.common import Remedy

LICENSING_29 = "《行政许可法》第二十九条"  # an agent may apply
LICENSING_31 = "《行政许可法》第三十一条"  # the applicant answers for the truth of the materials
LICENSING_32 = "《行政许可法》第三十二条"  # acceptance, supplement, refusal to accept: in writing and dated
LICENSING_38 = "《行政许可法》第三十八条"  # decisions in writing; a refusal with reasons and remedies
LICENSING_78_79 = "《行政许可法》第七十八条、第七十九条"  # false materials, permits obtained by fraud
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


def remedies(department: Organisation) -> list[Remedy]:
    """Review by the government at the department's own level, or the court.

    Source: 《行政复议法》（2023年修订） art. 20 (60 days), 24 (the government of the same level reviews its
    departments); 《行政诉讼法》 art. 46 (six months).
    """
    area = next((place for place in department.upwards() if place.kind in _GOVERNED), None)
    return [
        {
            "way": "行政复议",
            "to": f"{area.name}人民政府" if area else "本级人民政府",
            "within": "自知道本决定之日起六十日内",
            "basis": "《行政复议法》第二十条、第二十四条",
        },
        {
            "way": "行政诉讼",
            "to": "有管辖权的人民法院",
            "within": "自知道本决定之日起六个月内",
            "basis": "《行政诉讼法》第四十六条",
        },
    ]


def remedies_in_words(department: Organisation) -> str:
    """For a paper without a section of its own: both ways in one sentence."""
    review, court = remedies(department)
    return (
        f"如不服本决定，可以{review['within']}向{review['to']}申请行政复议（{review['basis']}），"
        f"或者{court['within']}向{court['to']}提起行政诉讼（{court['basis']}）"
    )
