"""The second reading of the rows of public works: water, rail, air, ports and ore. See ``eia_second_reading``."""

from __future__ import annotations

from tests.rules.eia_second_reading import BOOK_IF_SENSITIVE, HUMAN, IN, OUT, B, Case, N, R, T, p


def _large_or_sensitive(large: str, small: str) -> list[Case]:
    """书: 达到吨级（功率、长度）的；涉及环境敏感区的; 表: 其他."""
    return [
        ("new", p(large, **OUT), B),
        ("new", p(small, **OUT), T),
        ("new", p(small, **IN), B),
        ("new", p(small), HUMAN),
        ("expansion", OUT, HUMAN),
    ]


def lake(volume: object, sensitive: dict[str, bool], percent: object = 0) -> dict[str, object]:
    return p("artificial_lake", lake_volume_m3=volume, river_intake_percent=percent, **sensitive)


CASES: dict[int, list[Case]] = {
    # 书: 石油开采新区块开发；页岩油开采；涉及环境敏感区的; 表: 其他
    7: [
        ("new", p("oil_new_block", **OUT), B),
        ("new", p("shale_oil", **OUT), B),
        ("new", p("oil_other", **OUT), T),
        ("new", p("oil_other", **IN), B),
        ("new", p("oil_other"), HUMAN),
        ("new", OUT, HUMAN),
    ],
    # 书: 井盐; 表: 湖盐、海盐
    13: [("new", p("well_salt"), B), ("new", p("lake_sea_salt"), T), ("new", {}, HUMAN)],
    # 书: 特大型、大型主题公园；人工湖、人工湿地500万立方米及以上；涉及敏感区的5万至500万；年补水量占1/4及以上的
    # 表: 其他公园；不涉及敏感区的5万至500万；涉及敏感区的5万以下; 登: 不涉及敏感区的5万以下
    # 不含城市公园、植物园、村庄公园
    114: [
        ("new", p("theme_park_large"), B),
        ("new", p("park_other"), T),
        ("new", p("city_park"), N),
        ("new", lake(5_000_000, OUT), B),
        ("new", lake(4_999_999, OUT), T),
        ("new", lake(50_000, OUT), T),
        ("new", lake(49_999, OUT), R),
        ("new", lake(4_999_999, IN), B),
        ("new", lake(50_000, IN), B),
        ("new", lake(49_999, IN), T),
        ("new", lake(49_999, OUT, 25), B),
        ("new", lake(49_999, OUT, "24.9"), R),
        ("new", lake(49_999, OUT, None), HUMAN),
        ("new", lake(None, OUT), HUMAN),
        ("new", lake(60_000, {}), HUMAN),
    ],
    # 书: 跨流域调水；大中型河流引水；小型河流年总引水量占1/4及以上；
    # 涉及敏感区的（不含涉及饮用水水源保护区的水库配套引水工程）; 表: 其他
    126: [
        ("new", p("inter_basin_transfer", **OUT), B),
        ("new", p("large_river_intake", **OUT), B),
        ("new", p("small_river_intake", river_intake_percent=25, **OUT), B),
        ("new", p("small_river_intake", river_intake_percent="24.99", **OUT), T),
        ("new", p("small_river_intake", river_intake_percent=1, **IN), B),
        ("new", p("small_river_intake", **OUT), HUMAN),
        ("new", p("reservoir_intake", **OUT), T),
        ("new", p("reservoir_intake", **IN), HUMAN),  # which area it is decides
        ("new", p("other_water_diversion", **OUT), T),
        ("new", p("other_water_diversion", **IN), B),
    ],
    # 书: 200公里及以上的电气化改造（线路和站场不发生调整的除外）; 表: 其他
    133: [
        ("reconstruction", p("rail_electrification_200km"), B),
        ("reconstruction", p("rail_rebuild_other"), T),
        ("reconstruction", {}, HUMAN),
    ],
    # 书: 涉及敏感区的新建枢纽; 表: 其他（不新增占地的既有枢纽中部分线路改建除外）
    134: [
        ("new", p("rail_hub", **IN), B),
        ("new", p("rail_hub", **OUT), T),
        ("expansion", p("rail_hub", **IN), T),
        ("rebuild", p("rail_hub", **IN), HUMAN),
        ("rebuild", p("rail_hub", **OUT), T),
        ("reconstruction", p("rail_hub_within", **IN), N),
        ("new", p("rail_hub"), HUMAN),
    ],
    # 书: 全部; 不新增占地的停车场改建除外
    135: [("new", p("urban_rail"), B), ("reconstruction", p("urban_rail_parking"), N), ("new", {}, HUMAN)],
    # 书: 新建；迁建；增加航空业务量的飞行区扩建; 表: 其他
    136: [
        ("new", {}, B),
        ("relocation", {}, B),
        ("expansion", p("airfield_more_traffic"), B),
        ("expansion", p("airport_other"), T),
        ("expansion", {}, HUMAN),
        ("rebuild", p("airport_other"), HUMAN),
    ],
    # 表: 供油工程；涉及敏感区的; 登: 其他
    137: [
        ("new", p("airport_fuel_supply", **OUT), T),
        ("new", p("navigation_maintenance", **IN), T),
        ("new", p("navigation_maintenance", **OUT), R),
        ("new", p("navigation_maintenance"), HUMAN),
    ],
    # 书: 新建；岸线、水工构筑物、吞吐量、储运量增加的扩建；装卸货种变化的扩建; 表: 其他
    138: [
        ("new", {}, B),
        ("expansion", p("oil_berth_more"), B),
        ("expansion", p("oil_berth_other"), T),
        ("tech_transform", p("oil_berth_other"), T),
        ("expansion", {}, HUMAN),
        ("relocation", p("oil_berth_other"), HUMAN),
    ],
    139: _large_or_sensitive("bulk_berth_large", "bulk_berth_small"),
    140: [
        *_large_or_sensitive("container_berth_large", "container_berth_small"),
        ("new", p("container_berth_hazardous", **OUT), B),
    ],
    141: BOOK_IF_SENSITIVE,
    142: BOOK_IF_SENSITIVE,
    # 书: 新建、扩建航道工程；涉及敏感区的防波堤、船闸、通航建筑物; 表: 其他
    143: [
        ("new", p("waterway", **OUT), B),
        ("expansion", p("waterway", **OUT), B),
        ("tech_transform", p("waterway", **IN), T),
        ("rebuild", p("waterway", **OUT), HUMAN),
        ("new", p("breakwater_lock", **IN), B),
        ("new", p("breakwater_lock", **OUT), T),
        ("new", p("breakwater_lock"), HUMAN),
        ("new", p("waterway_auxiliary", **IN), T),
    ],
    144: [("new", {}, B)],
    145: BOOK_IF_SENSITIVE,
    153: _large_or_sensitive("sea_bridge_long", "sea_bridge_other"),
    # 书: 围填海工程；长度0.5公里及以上的海上堤坝工程; 表: 其他
    154: [
        ("new", p("sea_reclamation"), B),
        ("new", p("sea_dyke_long"), B),
        ("new", p("sea_dyke_short"), T),
        ("new", {}, HUMAN),
    ],
    162: _large_or_sensitive("radio_strong", "radio_other"),
    # 书: 涉及敏感区的100千瓦及以上的; 表: 其他
    163: [
        ("new", p("tv_tower_strong", **IN), B),
        ("new", p("tv_tower_strong", **OUT), T),
        ("new", p("tv_tower_other", **IN), T),
        ("new", p("tv_tower_strong"), HUMAN),
        ("new", IN, HUMAN),
    ],
    170: [("new", {}, T)],
    # 书: 采选、冶炼; 表: 其他（含放射性污染治理）
    171: [("new", p("associated_mining"), B), ("new", p("associated_other"), T), ("new", {}, HUMAN)],
}
