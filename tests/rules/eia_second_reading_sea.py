"""The second reading of the rows at sea and of radioactive materials. See ``eia_second_reading``."""

from __future__ import annotations

from tests.rules.eia_second_reading import HUMAN, IN, OUT, B, Case, R, T, p


def _farm(product: str, area: object, sensitive: dict[str, bool]) -> dict[str, object]:
    return p(product, sea_area_mu=area, **sensitive)


CASES: dict[int, list[Case]] = {
    # 书: 用海1000亩及以上的（不含底播、藻类养殖）；围海养殖; 表: 1000亩以下300亩及以上的网箱、海洋牧场、苔茷；
    # 1000亩以下100亩及以上的基地、工厂化、高位池；1500亩及以上的底播、藻类；涉及敏感区的; 登: 其他
    4: [
        ("new", p("enclosed_sea_farming"), B),
        ("new", _farm("cage_raft_farming", 1000, OUT), B),
        ("new", _farm("cage_raft_farming", 999, OUT), T),
        ("new", _farm("cage_raft_farming", 300, OUT), T),
        ("new", _farm("cage_raft_farming", 299, OUT), R),
        ("new", _farm("cage_raft_farming", 299, IN), T),
        ("new", _farm("shore_base_farming", 1000, OUT), B),
        ("new", _farm("shore_base_farming", 100, OUT), T),
        ("new", _farm("shore_base_farming", 99, OUT), R),
        ("new", _farm("bottom_algae_farming", 5000, OUT), T),
        ("new", _farm("bottom_algae_farming", 1499, OUT), R),
        ("new", _farm("other_mariculture", 1000, OUT), B),
        ("new", _farm("other_mariculture", 999, OUT), R),
        ("new", _farm("cage_raft_farming", None, OUT), HUMAN),
        ("new", _farm("other_mariculture", 10, {}), HUMAN),
    ],
    # 书: 20兆瓦及以上的潮汐、波浪等；5万千瓦及以上的海上风电；涉及敏感区的; 表: 其他
    151: [
        ("new", p("ocean_energy_20mw", **OUT), B),
        ("new", p("offshore_wind_50mw", **OUT), B),
        ("new", p("ocean_energy_other", **OUT), T),
        ("new", p("ocean_energy_other", **IN), B),
        ("new", p("ocean_energy_other"), HUMAN),
    ],
    # 书: 海底隧道；挖沟埋设20公里及以上的…；1公里及以上的有毒有害…；涉及敏感区的海底管道、电（光）缆
    # 表: 其他; 登: 无毒无害管道、电（光）缆原地弃置工程
    152: [
        ("new", p("sea_tunnel", **OUT), B),
        ("new", p("sea_line_20km", **OUT), B),
        ("new", p("sea_toxic_line_1km", **OUT), B),
        ("new", p("sea_line_other", **IN), B),
        ("new", p("sea_line_other", **OUT), T),
        ("new", p("sea_line_abandoned", **OUT), R),
        ("new", p("sea_line_abandoned", **IN), HUMAN),  # a line in such an area, and one left in place
        ("new", p("sea_line_other"), HUMAN),
    ],
    # 书: 污水日排放量200立方米及以上的; 表: 200立方米以下的
    155: [("new", p("sea_leisure_200"), B), ("new", p("sea_leisure_small"), T), ("new", {}, HUMAN)],
    # 书: 5万立方米及以上的; 表: 5万立方米以下5000立方米及以上的；涉及敏感区的; 登: 其他
    156: [
        ("new", p("reef_50000", **OUT), B),
        ("new", p("reef_5000", **OUT), T),
        ("new", p("reef_small", **IN), T),
        ("new", p("reef_small", **OUT), R),
        ("new", p("reef_small"), HUMAN),
    ],
    # 书: 物资储藏设施；油气、化学品等仓储、储运；50万吨及以上的粉煤灰储藏、空间利用; 表: 其他
    157: [("new", p("sea_storage"), B), ("new", p("sea_storage_other"), T), ("new", {}, HUMAN)],
    # 书: 低放废液；日排10万立方米及以上的城镇污水；日排0.5万立方米及以上的工业废水; 表: 其他
    159: [
        ("new", p("sea_low_level_waste"), B),
        ("new", p("sea_sewage_100000"), B),
        ("new", p("sea_industrial_5000"), B),
        ("new", p("sea_outfall_other"), T),
        ("new", {}, HUMAN),
    ],
    # 书: 10万立方米及以上的水下开挖；0.2万立方米及以上的炸礁、爆破; 表: 其他
    160: [
        ("new", p("sea_digging_100000"), B),
        ("new", p("sea_blasting_2000"), B),
        ("new", p("sea_works_other"), T),
        ("new", {}, HUMAN),
    ],
    # 书: 新建、扩建、退役；处置设施的关闭; 表: 独立的放射性废物贮存设施
    168: [
        ("new", p("radwaste_facility"), B),
        ("expansion", p("radwaste_facility"), B),
        ("", p("radwaste_retirement"), B),
        ("new", p("radwaste_storage_alone"), T),
        ("reconstruction", p("radwaste_facility"), HUMAN),  # the clause names no rebuilding
        ("new", {}, HUMAN),
    ],
    # 书: 新建、扩建、退役; 表: 其他（含工业试验）
    169: [
        ("new", p("uranium_works"), B),
        ("expansion", p("uranium_works"), B),
        ("reconstruction", p("uranium_retirement"), B),
        ("new", p("uranium_trial"), T),
        ("reconstruction", p("uranium_works"), T),
        ("rebuild", p("uranium_works"), HUMAN),
        ("new", {}, HUMAN),
    ],
}
