"""Plausible production lines of the eight industries, in the words of the vocabulary."""

from __future__ import annotations

from typing import Any

Line = dict[str, Any]

NO_COATING: Line = {
    "solvent_coating_t": "0",
    "low_voc_nonsolvent_coating_t": "0",
    "other_coating_t": "0",
    "solvent_adhesive_t": "0",
}


def line(title: str, code: str, processes: str | None, **facts: Any) -> Line:
    """One product line. ``processes`` are names separated by blanks; None where nobody has said yet."""
    quantities = facts.pop("quantities", {})
    stated = processes.split() if processes is not None else None
    return {"title": title, "gb4754": code, "processes": stated, "quantities": quantities} | facts


# furniture
PANEL_FURNITURE = line("板式家具开料组装线", "2110", "cutting assembly packaging", **NO_COATING)
PAINTED_FURNITURE = line(
    "实木家具喷漆线", "2110", "cutting edge_banding sanding coating curing assembly",
    **NO_COATING | {"solvent_coating_t": "12", "solvent_adhesive_t": "1.5"},
)  # fmt: skip
WATERBORNE_FURNITURE = line(
    "套房家具水性漆线", "2110", "cutting edge_banding sanding coating curing packaging",
    **NO_COATING | {"low_voc_nonsolvent_coating_t": "32"},
)  # fmt: skip
METAL_FURNITURE = line(
    "钢制家具喷粉线", "2130", "mechanical_machining welding phosphating coating curing assembly",
    **NO_COATING | {"low_voc_nonsolvent_coating_t": "18"},
)  # fmt: skip
OPEN_FURNITURE = line("定制家具生产线（工艺待定）", "2110", None)

# home appliances
APPLIANCE_ASSEMBLY = line(
    "空调室内机总装线", "3852", "mechanical_machining assembly testing packaging", product="home_appliance"
)
REFRIGERATORS = line(
    "冰箱箱体喷粉发泡线", "3851", "mechanical_machining phosphating coating foaming assembly testing",
    product="home_appliance", **NO_COATING | {"low_voc_nonsolvent_coating_t": "60"},
)  # fmt: skip
RANGE_HOODS = line(
    "吸油烟机喷涂总装线", "3854", "mechanical_machining welding coating curing assembly",
    product="home_appliance", **NO_COATING | {"low_voc_nonsolvent_coating_t": "25"},
)  # fmt: skip
SMALL_APPLIANCES = line(
    "清洁小家电注塑总装线", "3855", "plastic_injection assembly testing packaging", product="home_appliance",
    quantities={"recycled_plastic_feedstock": False},
)  # fmt: skip

# Chinese medicine
MEDICINE = line(
    "中成药水提颗粒线", "2740", "extraction concentration granulation tableting packaging",
    quantities={"extraction_only_water_or_ethanol": True},
)  # fmt: skip
HERB_SLICES = line("中药饮片切制线", "2730", "slicing drying packaging")

# textiles and clothing
HOME_TEXTILES = line("床品裁剪缝制线", "1771", "cutting sewing packaging")
CLOTHING = line("工装裁剪缝制线", "1819", "cutting sewing ironing packaging")
WASHED_CLOTHING = line("牛仔服装水洗线", "1819", "cutting sewing water_washing ironing packaging")
KNITWEAR = line("针织内衣线", "1763", "knitting sewing packaging")
DYEING = line("棉布染整线", "1713", "pretreatment dyeing heat_setting")

# household paper
BASE_PAPER = line("生活用纸原纸抄造线", "2221", "papermaking", product="machine_paper")
TISSUE = line("卷纸抽纸分切线", "2239", "rewinding embossing cutting packaging")
GLUED_TISSUE = line("手帕纸复合线", "2239", "rewinding gluing embossing packaging")

# ceramics
WALL_TILES = line(
    "陶瓷墙地砖线", "3071", "ball_milling forming glazing kiln_firing", product="building_ceramic",
    quantities={"uses_high_pollution_fuel": False},
)  # fmt: skip
SANITARY_WARE = line(
    "卫生陶瓷注浆烧成线", "3072", "ball_milling slip_casting glazing kiln_firing", product="sanitary_ceramic",
    output_pieces="1600000", quantities={"uses_high_pollution_fuel": False},
)  # fmt: skip
OPEN_SANITARY_WARE = line(
    "智能卫浴陶瓷线", "3072", "ball_milling slip_casting glazing kiln_firing", product="sanitary_ceramic",
    output_pieces="600000",
)  # fmt: skip

# automotive glass
CAR_GLASS = line(
    "汽车夹层玻璃线", "3051", "cutting grinding hot_bending laminating", product="glass_product",
    quantities={"heating_only_electric": False},
)  # fmt: skip
TEMPERED_GLASS = line(
    "汽车钢化玻璃电炉线", "3051", "cutting grinding tempering", product="glass_product",
    quantities={"heating_only_electric": True},
)  # fmt: skip

# fruit juice
RAW_JUICE = line("苹果原汁浓缩线", "1523", "raw_juice_production concentration sterilisation filling")
BLENDED_JUICE = line("果汁饮料调配灌装线", "1523", "blending sterilisation filling packaging")


def use(carrier: str, quantity: str, unit: str, **more: str) -> Line:
    """One energy carrier a year, e.g. ``use("electricity", "200", "万kWh")``."""
    return {"carrier": carrier, "quantity": quantity, "unit": unit} | more


def power(quantity: str) -> Line:
    return use("electricity", quantity, "万kWh")


def gas(quantity: str, coefficient: str | None = None) -> Line:
    """Natural gas. Without a certified heat value only a range is known, and near a threshold that is not enough."""
    measured = {"coefficient": coefficient, "coefficient_source": "certificate"} if coefficient else {}
    return use("natural_gas", quantity, "万m3", **measured)
