from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.agreement import forbidden_promises

FORBIDDEN = [
    ("甲方承诺项目用地出让价格为每亩12万元。", "price"),
    ("项目用地约100亩，土地单价按15.5万元/亩执行。", "price"),
    ("甲方按每亩９万元供地。", "price"),
    ("甲方以优惠价向乙方出让项目用地。", "price"),
    ("乙方享受零地价政策。", "price"),
    ("土地出让金超出每亩10万元的部分由甲方以产业扶持资金返还乙方。", "rebate"),
    ("乙方投产后前三年缴纳的增值税地方留存部分，甲方全额奖励给乙方。", "rebate"),
    ("乙方享受企业所得税两免三减半。", "rebate"),
    ("甲方免收城市基础设施配套费。", "rebate"),
    ("甲方按乙方财政贡献的50%给予奖励。", "rebate"),
    ("税收\n 返还比例为地方留存的80%。", "rebate"),
    ("甲方确保乙方竞得该宗地。", "auction"),
    ("甲方负责将该地块定向出让。", "auction"),
    ("甲方为乙方量身定制出让条件。", "auction"),
    ("甲方采取措施排除其他竞买人参与。", "auction"),
]

ALLOWED = [
    "乙方应通过招拍挂方式取得土地。",
    "土地出让价格以公开竞价的成交价为准。",
    "甲方不得承诺返还土地出让金或者税款。",
    "本协议不约定土地价格，不给予税收返还和财政奖励。",
    "固定资产投资强度不低于每亩300万元，亩均税收不低于20万元。",
    "项目总投资5亿元，用地约100亩。",
    "乙方竞得土地后应在60日内缴清全部土地价款。",
    "如乙方竞得该地块，应在3个月内开工。",
    "乙方缴纳的履约保证金在竣工后退还。",
    "甲方协助乙方依法申请增值税留抵退税。",
    "乙方依法纳税。",
    "甲方为乙方提供全程代办服务。",
    "甲方免收代办服务费。",
    "乙方按照国家有关规定享受行政事业性收费减免。",
    "甲方保证在乙方依法竞得土地后按期交付净地。",
    "甲方负责协助乙方办理竞得地块的不动产登记。",
    "乙方未按期缴清土地价款的，竞买保证金500万元不予退还。",
    "乙方依法纳税，履约保证金按约退还。",
    "甲方确保项目所需水、电、气、路接通至项目红线。",
]


@pytest.mark.parametrize(("text", "kind"), FORBIDDEN)
def test_a_forbidden_promise_is_found_with_its_ground(text, kind):
    findings = forbidden_promises(text)
    assert kind in {finding.kind for finding in findings}
    assert all(finding.phrase and finding.reason and finding.basis for finding in findings)


@pytest.mark.parametrize("text", ALLOWED)
def test_lawful_wording_is_left_alone(text):
    assert forbidden_promises(text) == ()


def test_a_negation_elsewhere_in_the_sentence_excuses_nothing():
    assert forbidden_promises("乙方不得转让土地，甲方将税收地方留存部分返还乙方。")


def test_every_promise_of_an_agreement_is_found_at_once():
    text = "甲方按每亩8万元供地；前五年税收返还60%；甲方保证乙方摘牌。"
    assert [finding.kind for finding in forbidden_promises(text)] == ["price", "rebate", "auction"]


def test_the_same_wording_is_reported_once():
    assert len(forbidden_promises("甲方确保乙方竞得该宗地。甲方确保乙方竞得该宗地。")) == 1


def test_before_the_regulation_there_is_no_edition():
    assert forbidden_promises("乙方享受零地价政策。", date(2024, 8, 1))
    with pytest.raises(LookupError):
        forbidden_promises("乙方享受零地价政策。", date(2024, 7, 31))
