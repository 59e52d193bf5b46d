"""Signing and standard land: 签约信息表, 标准地控制指标核对表."""

from typing import Literal, NotRequired, TypedDict

from documents.facts.common import Common, Pair


class SigningRecord(Common):
    """签约信息表. No price and no rebate: an agreement may not promise them.

    ``party_b`` signs; ``project_company`` builds ("" until it is set up). Money in 万元, land in 亩.
    """

    agreement_title: str
    agreement_kind_label: str
    signed_on: str
    party_a: str
    party_b: str
    project_company: str
    industry: str
    content: str
    investment_wan: str
    fixed_investment_wan: str
    land_area_mu: str
    land_location: str
    construction_from_on: str
    production_by_on: str
    fair_competition_review: str
    figures: NotRequired[list[Pair]]


class IndicatorRow(TypedDict):
    """``result``: ``advice`` is a recommended limit that is missed, ``not_applicable`` has no limit at all.

    ``result_label`` is printed instead of our word if given. ``gap`` in words, "" where there is none.
    ``source``: where the required value stands. ``binding`` False prints 参考指标.
    """

    label: str
    required: str
    actual: str
    unit: str
    result: Literal["met", "not_met", "advice", "unknown", "not_applicable"]
    result_label: NotRequired[str]
    gap: str
    source: str
    binding: bool


class IndicatorSheet(Common):
    """标准地控制指标核对表. ``stage_label`` such as 签约承诺, 竣工核验; ``conclusion`` one sentence."""

    plot_number: str
    plot_area_m2: str
    stage_label: str
    rows: list[IndicatorRow]
    conclusion: str
    warnings: NotRequired[list[str]]
