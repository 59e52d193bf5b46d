"""A second reading of rows of the catalogue: what each clause says of projects on either side of its limits.

Read from the official text alone, row by row, before the structured rules were looked at. One line: the nature of the
works, the facts, the level. ``?`` is needs_human: a fact that the clause turns on is missing, or the clause is silent.
"""

from __future__ import annotations

from typing import Any

B, T, R, N, HUMAN = "report_book", "report_table", "register", "not_subject", "needs_human"
IN, OUT = {"in_row_sensitive_area": True}, {"in_row_sensitive_area": False}
Case = tuple[str, dict[str, Any], str]


def p(product: str, **facts: Any) -> dict[str, Any]:
    return {"product": product, **facts}


def farm(output: Any, stock: Any, sensitive: Any, *, large: Any = True) -> dict[str, Any]:
    return {
        "livestock_large_scale": large,
        "livestock_output_pigs": output,
        "livestock_stock_pigs": stock,
        "in_row_sensitive_area": sensitive,
    }


def mines() -> list[Case]:
    """全部（不含单独的矿石破碎、集运；不含矿区修复治理工程）; 表: 单独的矿石破碎、集运；矿区修复治理工程."""
    return [
        ("new", p("mining_and_dressing"), B),
        ("new", p("ore_crushing_haulage"), T),
        ("new", p("mine_restoration"), T),
    ]


# 书: 涉及环境敏感区的; 表: 其他
BOOK_IF_SENSITIVE: list[Case] = [("new", IN, B), ("new", OUT, T), ("new", {}, HUMAN), ("expansion", OUT, T)]

CASES: dict[int, list[Case]] = {
    # 表: 涉及环境敏感区的; 登: 其他
    1: [("new", IN, T), ("new", OUT, R), ("new", {}, HUMAN)],
    # 表: 原料林基地; 登: 其他
    2: [("new", p("raw_material_forest"), T), ("new", p("other_product"), R), ("new", {}, HUMAN)],
    # 书: 年出栏生猪5000头…及以上的规模化; 存栏生猪2500头及以上无出栏量的规模化; 涉及敏感区的规模化
    # 登: 其他（规模化以下的除外）
    3: [
        ("new", farm(5000, 0, False), B),
        ("new", farm(4999, 0, False), R),
        ("new", farm(0, 2500, False), B),
        ("new", farm(0, 2499, False), R),
        ("new", farm(600, 0, True), B),
        ("new", farm(600, 0, None), HUMAN),
        ("new", farm(100, 0, True, large=False), N),
        ("new", farm(4999, 0, False, large=None), HUMAN),
        ("new", farm(None, 0, False), HUMAN),
    ],
    # 表: 网箱、围网投饵养殖；涉及环境敏感区的; 登: 其他
    5: [
        ("new", p("cage_fish_farming", **OUT), T),
        ("new", p("other_product", **OUT), R),
        ("new", p("other_product", **IN), T),
        ("new", p("other_product"), HUMAN),
    ],
    # 书: 煤炭开采; 表: 煤炭洗选、配煤；煤炭储存、集运；风井场地、瓦斯抽放站；矿区修复治理工程
    6: [
        ("new", p("coal_mining"), B),
        ("new", p("coal_washing"), T),
        ("new", p("coal_storage"), T),
        ("new", p("ventilation_shaft"), T),
        ("new", p("mine_restoration"), T),
        ("new", p("other_product"), HUMAN),
        ("new", {}, HUMAN),
    ],
    # 书: 新区块开发；年生产能力1亿立方米及以上的煤层气开采；涉及环境敏感区的; 表: 其他
    8: [
        ("new", p("gas_new_block", **OUT), B),
        ("new", p("coalbed_methane", output_m3=100_000_000, **OUT), B),
        ("new", p("coalbed_methane", output_m3=99_999_999, **OUT), T),
        ("new", p("coalbed_methane", **OUT), HUMAN),
        ("new", p("other_product", output_m3=200_000_000, **OUT), T),
        ("new", p("other_product", **IN), B),
    ],
    9: mines(),
    10: mines(),
    # 书: 涉及环境敏感区的（不含单独的矿石破碎、集运；不含矿区修复治理工程）; 表: 其他; 不含河道采砂项目
    11: [
        ("new", p("stone_quarry", **IN), B),
        ("new", p("stone_quarry", **OUT), T),
        ("new", p("stone_quarry"), HUMAN),
        ("new", p("ore_crushing_haulage", **IN), T),
        ("new", p("mine_restoration", **IN), T),
    ],
    12: mines(),
    # 表: 涉及环境敏感区的; 登: 其他
    14: [("new", IN, T), ("new", OUT, R)],
    # 书: 火力发电和热电联产（发电机组节能改造的除外；燃气发电除外；单纯利用余热、余压、余气发电的除外）
    # 表: 燃气发电；单纯利用余气发电
    87: [
        ("new", p("thermal_power"), B),
        ("new", p("gas_fired_power"), T),
        ("new", p("waste_gas_power"), T),
        ("new", p("waste_heat_power"), N),
        ("tech_transform", p("unit_energy_retrofit"), N),
        ("new", p("other_product"), HUMAN),
    ],
    # 书: 总装机1000千瓦及以上的常规水电（仅更换发电设备的增效扩容项目除外）；抽水蓄能电站；涉及环境敏感区的; 表: 其他
    88: [
        ("new", p("conventional_hydro", power_capacity_kw=1000, **OUT), B),
        ("new", p("conventional_hydro", power_capacity_kw=999, **OUT), T),
        ("new", p("conventional_hydro", power_capacity_kw=999, **IN), B),
        ("tech_transform", p("hydro_equipment_replacement", power_capacity_kw=5000, **OUT), T),
        ("tech_transform", p("hydro_equipment_replacement", power_capacity_kw=5000, **IN), B),
        ("new", p("pumped_storage", **OUT), B),
        ("new", p("conventional_hydro", **OUT), HUMAN),
    ],
    # 书: 生活垃圾发电；污泥发电（掺烧的除外）; 表: 利用农林生物质、沼气、垃圾填埋气发电的
    89: [("new", p("msw_power"), B), ("new", p("sludge_power"), B), ("new", p("agro_biomass_power"), T)],
    # 书: 煤气生产
    92: [("new", p("coal_gas_production"), B), ("new", p("other_product"), HUMAN)],
    # 表: 全部; 不含供应工程
    93: [("new", p("biogas_production"), T), ("new", p("other_product"), HUMAN)],
    # 表: 全部; 不含供应工程；不含村庄供应工程
    94: [
        ("new", p("water_works"), T),
        ("new", p("water_supply_network"), N),
        ("new", p("village_water_supply"), N),
        ("new", {}, HUMAN),
    ],
    99: [("new", {}, T)],
    # 书: 医疗废物集中处置（单纯收集、贮存的除外）; 表: 其他
    102: [
        ("new", p("medical_waste_disposal"), B),
        ("new", p("medical_waste_storage"), T),
        ("new", p("dead_animal_disposal"), T),
        ("new", {}, HUMAN),
    ],
    # 表: 涉及环境敏感区的特大型泥石流治理工程; 登: 其他（不涉及环境敏感区的小型地质灾害治理工程除外）
    104: [
        ("new", p("huge_debris_flow", **IN), T),
        ("new", p("huge_debris_flow", **OUT), R),
        ("new", p("small_geohazard", **OUT), N),
        ("new", p("small_geohazard", **IN), R),
        ("new", p("other_product", **OUT), R),
        ("new", p("small_geohazard"), HUMAN),
    ],
    # 表: 日转运能力150吨及以上的
    105: [("new", {"capacity_t_per_day": 150}, T), ("new", {"capacity_t_per_day": "149.9"}, N), ("new", {}, HUMAN)],
    # 书: 采取填埋方式的；其他处置方式日处置能力50吨及以上的; 表: 50吨以下10吨及以上; 登: 10吨以下1吨及以上
    106: [
        ("new", {"by_landfill": True, "capacity_t_per_day": "0.5"}, B),
        ("new", {"by_landfill": False, "capacity_t_per_day": 50}, B),
        ("new", {"by_landfill": False, "capacity_t_per_day": "49.99"}, T),
        ("new", {"by_landfill": False, "capacity_t_per_day": 10}, T),
        ("new", {"by_landfill": False, "capacity_t_per_day": "9.99"}, R),
        ("new", {"by_landfill": False, "capacity_t_per_day": 1}, R),
        ("new", {"by_landfill": False, "capacity_t_per_day": "0.99"}, N),
        ("new", {"capacity_t_per_day": 5}, HUMAN),
    ],
    # 表: 日处理50吨及以上
    107: [("new", {"capacity_t_per_day": 50}, T), ("new", {"capacity_t_per_day": 49}, N)],
    # 书: 新建、扩建住院床位500张及以上的; 表: 其他（20张以下的除外）; 登: 20张以下的（不含20张）
    108: [
        ("new", {"hospital_beds": 500}, B),
        ("expansion", {"hospital_beds": 500}, B),
        ("tech_transform", {"hospital_beds": 500}, T),
        ("relocation", {"hospital_beds": 500}, HUMAN),  # 迁建 is not named
        ("relocation", {"hospital_beds": 499}, T),
        ("new", {"hospital_beds": 499}, T),
        ("new", {"hospital_beds": 20}, T),
        ("new", {"hospital_beds": 19}, R),
        ("new", {"hospital_beds": 1}, R),
        ("new", {"hospital_beds": 0}, HUMAN),  # a clinic without beds is not named
        ("new", {}, HUMAN),
    ],
    # 书: 新建; 表: 其他
    109: [("new", {}, B), ("expansion", {}, T), ("relocation", {}, HUMAN), ("", {}, HUMAN)],
    # （建筑面积5000平方米及以上的）表: 新建涉及环境敏感区的；有化学、生物实验室的学校
    110: [
        ("new", {"building_area_m2": 5000, "school_lab": False, **IN}, T),
        ("new", {"building_area_m2": "4999.9", "school_lab": True, **IN}, N),
        ("new", {"building_area_m2": 5000, "school_lab": False, **OUT}, N),
        ("expansion", {"building_area_m2": 5000, "school_lab": False, **IN}, N),
        ("expansion", {"building_area_m2": 5000, "school_lab": True, **OUT}, T),
        ("relocation", {"building_area_m2": 5000, "school_lab": False, **IN}, HUMAN),
        ("new", {"building_area_m2": 5000, "school_lab": False}, HUMAN),
        ("new", {"building_area_m2": 5000, **OUT}, HUMAN),
    ],
    # （建筑面积5000平方米及以上的）表: 涉及环境敏感区的
    111: [
        ("new", {"building_area_m2": 5000, **IN}, T),
        ("new", {"building_area_m2": 4999, **IN}, N),
        ("new", {"building_area_m2": 9000, **OUT}, N),
        ("new", {"building_area_m2": 9000}, HUMAN),
    ],
    # 书: 高尔夫球场; 表: 涉及环境敏感区的; 登: 其他
    112: [
        ("new", p("golf_course", **OUT), B),
        ("new", p("other_product", **IN), T),
        ("new", p("other_product", **OUT), R),
        ("new", OUT, HUMAN),
    ],
    # 表: 涉及环境敏感区的; 不含村庄文化体育场所
    113: [
        ("new", p("public_venue", **IN), T),
        ("new", p("public_venue", **OUT), N),
        ("new", p("village_venue", **IN), N),
    ],
    # 表: 缆车、索道建设; 登: 其他
    115: [("new", p("cableway"), T), ("new", p("other_product"), R)],
    116: BOOK_IF_SENSITIVE,
    117: [("new", {}, T)],
    # 表: 涉及环境敏感区的
    118: [("new", IN, T), ("new", OUT, N), ("new", {}, HUMAN)],
    # 表: 城市建成区新建、扩建加油站；涉及环境敏感区的
    119: [
        ("new", p("petrol_station", urban_built_up=True, **OUT), T),
        ("expansion", p("petrol_station", urban_built_up=True, **OUT), T),
        ("reconstruction", p("petrol_station", urban_built_up=True, **OUT), N),
        ("relocation", p("petrol_station", urban_built_up=True, **OUT), HUMAN),
        ("new", p("petrol_station", urban_built_up=False, **OUT), N),
        ("new", p("petrol_station", urban_built_up=False, **IN), T),
        ("new", p("gas_station", urban_built_up=True, **OUT), N),
        ("new", p("gas_station", **IN), T),
        ("new", p("petrol_station", **OUT), HUMAN),
        ("new", p("petrol_station", urban_built_up=False), HUMAN),
    ],
    # 表: 危险化学品运输车辆清洗场
    120: [("new", p("hazmat_vehicle_wash"), T), ("new", p("other_product"), N), ("new", {}, HUMAN)],
    # 表: 营业面积5000平方米及以上且使用溶剂型涂料的；…且年用非溶剂型低VOCs含量涂料10吨及以上的
    121: [
        ("new", {"business_area_m2": 5000, "solvent_coating_t": "0.1", "low_voc_nonsolvent_coating_t": 0}, T),
        ("new", {"business_area_m2": 5000, "solvent_coating_t": 0, "low_voc_nonsolvent_coating_t": 10}, T),
        ("new", {"business_area_m2": 5000, "solvent_coating_t": 0, "low_voc_nonsolvent_coating_t": "9.9"}, N),
        ("new", {"business_area_m2": 4999, "solvent_coating_t": 50, "low_voc_nonsolvent_coating_t": 50}, N),
        ("new", {"business_area_m2": 5000, "low_voc_nonsolvent_coating_t": 1}, HUMAN),
    ],
    # 表: 殡仪馆；涉及环境敏感区的
    122: [
        ("new", p("funeral_home", **OUT), T),
        ("new", p("other_product", **IN), T),
        ("new", p("other_product", **OUT), N),
    ],
    # 表: 设有动物颅腔、胸腔或腹腔手术设施的
    123: [("new", {"animal_surgery": True}, T), ("new", {"animal_surgery": False}, N), ("new", {}, HUMAN)],
    # 书: 库容1000万立方米及以上；涉及环境敏感区的; 表: 其他
    124: [
        ("new", {"reservoir_m3": 10_000_000, **OUT}, B),
        ("new", {"reservoir_m3": 9_999_999, **OUT}, T),
        ("new", {"reservoir_m3": 1, **IN}, B),
        ("new", OUT, HUMAN),
    ],
    # 书: 涉及环境敏感区的; 表: 其他（不含高标准农田、滴灌等节水改造工程）
    125: [
        ("new", p("irrigation_district", **IN), B),
        ("new", p("irrigation_district", **OUT), T),
        ("new", p("farmland_water_saving", **OUT), N),
        ("new", p("farmland_water_saving", **IN), B),
        ("new", p("farmland_water_saving"), HUMAN),
    ],
    # 书: 新建大中型; 表: 其他（小型沟渠的护坡除外；…）
    127: [
        ("new", p("large_medium_flood_control"), B),
        ("expansion", p("large_medium_flood_control"), T),
        ("rebuild", p("large_medium_flood_control"), HUMAN),
        ("new", p("small_flood_control"), T),
        ("new", p("small_ditch_revetment"), N),
        ("new", p("other_product"), HUMAN),  # a pumping station in a town may be large, too
    ],
    128: BOOK_IF_SENSITIVE,
    # 书: 日取水量1万立方米及以上的；涉及环境敏感区的（不新增供水规模、不改变供水对象的改建工程除外）; 表: 其他
    129: [
        ("new", {"groundwater_m3_per_day": 10_000, "supply_unchanged_rebuild": False, **OUT}, B),
        ("new", {"groundwater_m3_per_day": 9_999, "supply_unchanged_rebuild": False, **OUT}, T),
        ("new", {"groundwater_m3_per_day": 500, "supply_unchanged_rebuild": False, **IN}, B),
        ("reconstruction", {"groundwater_m3_per_day": 500, "supply_unchanged_rebuild": True, **IN}, T),
        ("reconstruction", {"groundwater_m3_per_day": 10_000, "supply_unchanged_rebuild": True, **IN}, B),
        ("new", {"groundwater_m3_per_day": 500, **IN}, HUMAN),
    ],
    # 书: 新建30公里（不含）以上的二级及以上等级公路；新建涉及环境敏感区的二级及以上
    # 表: 其他（配套设施除外；不涉及环境敏感区的三级、四级公路除外）
    # 登: 配套设施；不涉及环境敏感区的三级、四级公路; 不含改扩建四级公路
    130: [
        ("new", p("road_class2_up", road_length_km=30, **OUT), T),
        ("new", p("road_class2_up", road_length_km="30.01", **OUT), B),
        ("new", p("road_class2_up", road_length_km=5, **IN), B),
        ("reconstruction", p("road_class2_up", road_length_km=90, **IN), T),
        ("relocation", p("road_class2_up", road_length_km=90, **OUT), HUMAN),
        ("new", p("road_class3", road_length_km=40, **OUT), R),
        ("new", p("road_class3", road_length_km=4, **IN), T),
        ("reconstruction", p("road_class3", road_length_km=4, **OUT), R),
        ("new", p("road_class4", road_length_km=4, **OUT), R),
        ("new", p("road_class4", road_length_km=4, **IN), T),
        ("expansion", p("road_class4", road_length_km=4, **IN), N),
        ("new", p("road_facility", **IN), R),
        ("new", p("road_class3"), HUMAN),
    ],
    # 表: 新建快速路、主干路；城市桥梁、隧道; 登: 其他; 不含支路、人行天桥、人行地道
    131: [
        ("new", p("urban_main_road"), T),
        ("reconstruction", p("urban_main_road"), R),
        ("rebuild", p("urban_main_road"), HUMAN),
        ("new", p("urban_secondary_road"), R),
        ("reconstruction", p("urban_bridge_tunnel"), T),
        ("new", p("urban_branch_road"), N),
        ("new", {}, HUMAN),
    ],
    # 书: 新建、增建铁路（30公里及以下铁路联络线和专用线除外）；涉及环境敏感区的; 表: 30公里及以下联络线、专用线
    132: [
        ("new", p("railway", **OUT), B),
        ("new", p("rail_link_short", **OUT), T),
        ("new", p("rail_link_short", **IN), B),
        ("new", p("rail_link_short"), HUMAN),
    ],
    # 表: 新建涉及环境敏感区的; 登: 其他; 不含给水管道；不含光纤；不含1.6兆帕及以下的天然气管道
    146: [
        ("new", p("pipe_network", **IN), T),
        ("new", p("pipe_network", **OUT), R),
        ("reconstruction", p("pipe_network", **IN), R),
        ("relocation", p("pipe_network", **IN), HUMAN),
        ("new", p("excluded_pipe", **IN), N),
        ("new", IN, HUMAN),
    ],
    147: BOOK_IF_SENSITIVE,
    148: BOOK_IF_SENSITIVE,
    164: BOOK_IF_SENSITIVE,
    165: BOOK_IF_SENSITIVE,
    166: [("new", {}, R)],
}
