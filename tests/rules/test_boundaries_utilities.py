"""Cases derived by hand from the clauses for what factories build beside their lines: solar roofs, substations, stores.

B = 报告书, T = 报告表, R = 登记表, N = 不纳入, H = needs a person; worked out from the words of each clause.
"""

from __future__ import annotations

import pytest

from tests.rules.test_boundaries_eia import CLASS, classed

# 90 报告书：涉及环境敏感区的总装机容量5万千瓦及以上的陆上风力发电
# 报告表：陆地利用地热、太阳能热等发电；地面集中光伏电站（大于6000千瓦，且接入电压等级不小于10千伏）；其他风力发电
# 登记表：其他光伏发电；（不含居民家用光伏发电）
POWER = [
    ("4416", "pv_other", "20000", "35", None, "R"),  # a factory roof stays a register form, whatever its size
    ("4416", "pv_other", None, None, None, "R"),
    ("4416", "pv_ground", "6000", "10", None, "R"),
    ("4416", "pv_ground", "6000.001", "10", None, "T"),
    ("4416", "pv_ground", "6000.001", "9.99", None, "R"),
    ("4416", "pv_ground", "5999", None, None, "R"),
    ("4416", "pv_ground", "50000", None, None, "H"),
    ("4416", "pv_ground", None, "0.4", None, "R"),
    ("4416", "pv_ground", None, None, None, "H"),
    ("4416", "pv_household", None, None, None, "N"),
    ("4416", None, "1", "0.4", None, "H"),
    ("4416", "solar_thermal_power", None, None, None, "T"),
    ("4419", "geothermal_power", None, None, None, "T"),
    ("4419", "other_product", None, None, None, "H"),  # 等: nobody lists what else is meant
    ("4415", "onshore_wind", "50000", None, True, "B"),
    ("4415", "onshore_wind", "49999.9", None, True, "T"),
    ("4415", "onshore_wind", "50000", None, False, "T"),
    ("4415", "onshore_wind", "50000", None, None, "H"),
    ("4415", "onshore_wind", None, None, True, "H"),
    ("4415", "onshore_wind", "49999.9", None, None, "T"),
]
# 161 报告书：500千伏及以上的；涉及环境敏感区的330千伏及以上的；报告表：其他（100千伏以下除外）
SUBSTATIONS = [
    ("10", None, "N"),
    ("35", True, "N"),
    ("66", True, "N"),
    ("99.99", None, "N"),
    ("100", None, "T"),
    ("110", True, "T"),
    ("329.9", True, "T"),
    ("330", True, "B"),
    ("330", False, "T"),
    ("330", None, "H"),
    ("499.9", False, "T"),
    ("500", False, "B"),
    ("500", None, "B"),
    (None, True, "H"),
]


@pytest.mark.parametrize(("code", "product", "kilowatts", "kilovolts", "sensitive", "expected"), POWER)
def test_row_90_wind_and_solar(code, product, kilowatts, kilovolts, sensitive, expected):
    facts = {"power_capacity_kw": kilowatts, "connection_kv": kilovolts, "in_row_sensitive_area": sensitive}
    assert classed(code, product=product, **facts) == CLASS[expected]


@pytest.mark.parametrize(("kilovolts", "sensitive", "expected"), SUBSTATIONS)
def test_row_161_substations_and_lines(kilovolts, sensitive, expected):
    got = classed(kind="power_transmission", transmission_kv=kilovolts, in_row_sensitive_area=sensitive)
    assert got == CLASS[expected]


@pytest.mark.parametrize("code", ["4630", "4690"])
def test_row_96_water_treatment_is_always_a_report_form(code):
    assert classed(code) == "report_table"


@pytest.mark.parametrize("code", ["5920", "5930", "5951", "5960", "5990"])
def test_storing_ordinary_goods_is_left_out_by_the_catalogue(code):
    """Section 53 (division 59) names 594, dangerous goods, and nothing else: art. 5."""
    assert classed(code) == "not_subject"


def test_storing_dangerous_goods_is_not():
    assert classed("5941", product="chemical_store", oil_depot_m3="0") == "report_table"
    assert classed("5910") == "needs_human"  # loading and carrying is no store: nobody says what it is
