"""Cases derived by hand from the clauses of the 2021 catalogue, row by row, with the code alone and no row given.

B = 报告书, T = 报告表, R = 登记表, N = 不纳入, H = needs a person. Each table quotes its clause; the
expected class was worked out from those words, not from the structured rules.
"""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.eia import classify

ON = date(2026, 11, 24)
CLASS = {"B": "report_book", "T": "report_table", "R": "register", "N": "not_subject", "H": "needs_human"}
NO_PAINT = {"solvent_coating_t": 0, "low_voc_nonsolvent_coating_t": 0, "other_coating_t": 0}


def paint(solvent=0, low_voc=0, other=0):
    return {"solvent_coating_t": solvent, "low_voc_nonsolvent_coating_t": low_voc, "other_coating_t": other}


def classed(code="", processes="", inside=True, **facts):
    activity = {"gb4754": code, "processes": processes.split() or None, **facts}
    project = {"nature": "new", "in_industrial_building": inside, "boilers": [], "activities": [activity]}
    return classify(project, ON).outcome


# 25 报告书：有发酵工艺的（年生产能力1000千升以下的除外）；报告表：其他（单纯勾兑的除外）
WINE = [
    ("1512", "fermentation", "999.99", "T"),
    ("1512", "fermentation", "1000", "B"),
    ("1513", "fermentation filling", "1000.01", "B"),
    ("1511", "fermentation", None, "H"),
    ("1511", "distillation", "5000", "T"),
    ("1519", "blending", "5000", "N"),
    ("1519", "blending repackaging", "5000", "N"),
    ("1519", "blending filtration", "1", "T"),
    ("1514", "", "999", "H"),
]
# 26 报告表：有发酵工艺、原汁生产的
DRINKS = [
    ("1523", "raw_juice_production", "T"),
    ("1529", "fermentation blending", "T"),
    ("1522", "filling", "N"),
    ("1521", "blending sterilisation filling packaging", "N"),
    ("1524", "concentration blending", "N"),
    ("1525", "", "H"),
]
# 28 报告书：洗毛、脱胶、缫丝；染整有前处理、染色、印花（喷墨、数码除外）；有机溶剂涂层
# 报告表：喷墨或数码印花；后整理涉有机溶剂；喷水织造；水刺无纺布
TEXTILES = [
    ("1721", "wool_scouring", "B"),
    ("1731", "degumming", "B"),
    ("1741", "silk_reeling", "B"),
    ("1713", "pretreatment", "B"),
    ("1762", "dyeing", "B"),
    ("1752", "printing digital_printing", "B"),
    ("1789", "solvent_coating_finish", "B"),
    ("1773", "inkjet_printing", "T"),
    ("1771", "digital_printing sewing", "T"),
    ("1713", "solvent_finishing", "T"),
    ("1751", "water_jet_weaving", "T"),
    ("1781", "spunlace", "T"),
    ("1711", "spinning", "N"),
    ("1712", "weaving", "N"),
    ("1763", "knitting heat_setting", "N"),
    ("1772", "", "H"),
]
# 29 报告书：有染色、印花（喷墨、数码除外）；报告表：喷墨或数码印花；洗水、砂洗
CLOTHING = [
    ("1819", "dyeing", "B"),
    ("1829", "printing sewing", "B"),
    ("1830", "inkjet_printing", "T"),
    ("1811", "digital_printing", "T"),
    ("1819", "water_washing", "T"),
    ("1821", "sand_washing ironing", "T"),
    ("1811", "cutting sewing ironing packaging", "N"),
]
# 36 报告书：有电镀工艺；溶剂型涂料（含稀释剂）10吨及以上
# 报告表：其他（仅分割、组装除外；非溶剂型低VOCs涂料10吨以下除外）
FURNITURE = [
    ("2110", "cutting coating", paint(solvent="9.999"), "T"),
    ("2110", "cutting coating", paint(solvent="10"), "B"),
    ("2110", "cutting coating", paint(solvent="10.001"), "B"),
    ("2190", "coating", paint(low_voc="9.999"), "N"),
    ("2190", "coating", paint(low_voc="10"), "T"),
    ("2140", "cutting assembly coating", paint(low_voc="9.999"), "N"),
    ("2140", "cutting assembly coating", paint(low_voc="5", other="0.001"), "T"),
    ("2110", "cutting assembly coating", paint(low_voc="5", solvent="0.001"), "T"),
    ("2110", "cutting assembly", {}, "N"),
    ("2110", "cutting assembly packaging testing", NO_PAINT, "N"),
    ("2120", "cutting sanding assembly", NO_PAINT, "T"),
    ("2130", "cutting welding assembly", NO_PAINT, "T"),
    ("2130", "electroplating", NO_PAINT, "B"),
    ("2130", "anodizing assembly", NO_PAINT, "B"),
    ("2110", "", paint(solvent="10"), "B"),
    ("2110", "", paint(solvent="9"), "H"),  # at least a report form; an unknown process may be plating
    ("2110", "", NO_PAINT, "H"),
]
# 37 报告书：全部（手工纸、加工纸除外）；报告表：手工纸；有涂布、浸渍、印刷、粘胶的加工纸
PAPERMAKING = [
    ("2221", None, "papermaking", "B"),
    ("2211", None, "", "B"),
    ("2222", None, "", "T"),
    ("2223", None, "coating_paper", "T"),
    ("2223", None, "gluing cutting", "T"),
    ("2223", None, "cutting embossing", "N"),
    ("2223", None, "", "H"),
    ("2221", "handmade_paper", "papermaking", "T"),
]
# 38 报告表：有涂布、浸渍、印刷、粘胶工艺的
PAPER = [
    ("2231", "gluing", "T"),
    ("2239", "coating_paper", "T"),
    ("2231", "printing_paper cutting", "T"),
    ("2239", "impregnation", "T"),
    ("2239", "rewinding cutting embossing packaging", "N"),
    ("2239", "", "H"),
]
# 48 报告书：有提炼工艺的（仅醇提、水提除外）；报告表：其他（单纯切片、制干、打包除外）
MEDICINE = [
    ("2740", "extraction", False, "B"),
    ("2740", "extraction", True, "T"),
    ("2740", "extraction", None, "H"),
    ("2730", "slicing drying packaging", None, "N"),
    ("2730", "slicing", None, "N"),
    ("2730", "slicing herb_processing", None, "T"),
    ("2740", "blending granulation tableting", None, "T"),
    ("2740", "", True, "H"),
]
# 53 报告书：再生塑料为原料；电镀；溶剂型胶粘剂10吨及以上；溶剂型涂料10吨及以上；报告表：其他（低VOCs涂料10吨以下除外）
PLASTICS = [
    ("2926", "plastic_injection", {"recycled_plastic_feedstock": True}, "B"),
    ("2926", "plastic_injection", {"recycled_plastic_feedstock": False}, "T"),
    ("2926", "plastic_injection", {}, "H"),
    ("2921", "laminating gluing", {"recycled_plastic_feedstock": False, "solvent_adhesive_t": "9.99"}, "T"),
    ("2921", "laminating gluing", {"recycled_plastic_feedstock": False, "solvent_adhesive_t": "10"}, "B"),
    ("2929", "coating", {"recycled_plastic_feedstock": False, **paint(solvent="10")}, "B"),
    ("2929", "coating", {"recycled_plastic_feedstock": False, **paint(solvent="9.9")}, "T"),
    ("2929", "coating", {"recycled_plastic_feedstock": False, **paint(low_voc="9.99")}, "N"),
    ("2929", "coating", {"recycled_plastic_feedstock": False, **paint(low_voc="10")}, "T"),
    ("2929", "coating cutting", {"recycled_plastic_feedstock": False, **paint(low_voc="1")}, "T"),
    ("2929", "cutting assembly", {"recycled_plastic_feedstock": False}, "T"),
    ("2929", "electroless_plating", {"recycled_plastic_feedstock": False}, "B"),
]
# 57 报告书：平板玻璃；报告表：特种玻璃；其他玻璃；玻璃制品（电加热除外；仅切割、打磨、成型除外）
GLASS = [
    ("3041", "", {}, "B"),
    ("3042", "cutting grinding tempering", {"heating_only_electric": True}, "T"),
    ("3049", "forming", {}, "T"),
    ("3051", "tempering", {"heating_only_electric": True}, "N"),
    ("3051", "tempering", {"heating_only_electric": False}, "T"),
    ("3051", "tempering", {}, "H"),
    ("3054", "cutting grinding forming", {}, "N"),
    ("3052", "cutting grinding laminating", {"heating_only_electric": False}, "T"),
]
# 59 报告书：使用高污染燃料；报告表（不使用的）：建筑陶瓷；卫生陶瓷150万件及以上；日用陶瓷250万件及以上
CERAMICS = [
    ("3071", "1", True, "B"),
    ("3071", "1", False, "T"),
    ("3071", "1", None, "H"),
    ("3072", "1499999", False, "N"),
    ("3072", "1500000", False, "T"),
    ("3072", "1500001", False, "T"),
    ("3072", "1", True, "B"),
    ("3072", "1", None, "H"),
    ("3074", "2499999", False, "N"),
    ("3074", "2500000", False, "T"),
    ("3073", "9000000", False, "N"),
    ("3075", "9000000", False, "N"),
    ("3072", None, False, "H"),
]
# 66, 77 报告书：电镀；溶剂型涂料10吨及以上（77另有铅蓄电池、太阳能电池片）
# 报告表：其他（仅分割、焊接、组装除外；非溶剂型低VOCs涂料10吨以下除外）
METAL_AND_APPLIANCES = [
    ("3382", "cutting welding weld_grinding assembly", NO_PAINT, "N"),
    ("3311", "mechanical_machining welding", NO_PAINT, "N"),
    ("3351", "cutting pickling", NO_PAINT, "T"),
    ("3389", "coating", paint(low_voc="9.99"), "N"),
    ("3389", "coating welding", paint(low_voc="10"), "T"),
    ("3389", "coating welding", paint(low_voc="1", other="1"), "T"),
    ("3332", "coating", paint(solvent="9.99"), "T"),
    ("3332", "coating", paint(solvent="10"), "B"),
    ("3371", "electroplating", NO_PAINT, "B"),
    ("3851", "cutting welding assembly testing", NO_PAINT, "N"),
    ("3852", "assembly foaming", NO_PAINT, "T"),
    ("3854", "assembly coating", paint(low_voc="9.99"), "N"),
    ("3854", "assembly coating", paint(low_voc="10"), "T"),
    ("3859", "coating", paint(solvent="10"), "B"),
    ("3861", "anodizing", NO_PAINT, "B"),
    ("3843", "assembly", NO_PAINT, "B"),
    ("3841", "welding assembly", NO_PAINT, "N"),
    ("3857", "", NO_PAINT, "H"),
]
# 91 报告书：燃煤、燃油65吨/小时以上；报告表：及以下的；天然气1吨/小时以上的；使用其他高污染燃料的
BOILERS = [
    ([("natural_gas", "1")], "N"),
    ([("natural_gas", "1.001")], "T"),
    ([("natural_gas", "0.6"), ("natural_gas", "0.6")], "T"),
    ([("natural_gas", "0.5"), ("natural_gas", "0.5")], "N"),
    ([("coal", "65")], "T"),
    ([("coal", "65.001")], "B"),
    ([("coal", "40"), ("oil", "25.1")], "B"),
    ([("oil", "0.1")], "T"),
    ([("electric", "100")], "N"),
    ([("other_high_pollution", "0.1")], "T"),
    ([("biomass", "4")], "H"),
    ([("natural_gas", None)], "H"),
    ([(None, "0.5")], "H"),
]
# 95 报告书：城乡污水日处理10万吨及以上；工业废水集中处理。报告表：500吨及以上；其他工业废水（不含仅处理生活污水的；
# 不含间接排放且不排放重金属的）。登记表：其他（不含提标改造；化粪池；仅沉淀池）
DRY = {
    **dict.fromkeys(("centralised_industrial_ww", "own_industrial_ww_station_new_or_expanded"), False),
    **dict.fromkeys(("only_domestic_sewage", "indirect_discharge", "heavy_metal_discharge", "upgrade_only"), False),
    **dict.fromkeys(("septic_or_reuse_after_septic", "sedimentation_only"), False),
    "municipal_ww_m3_per_day": 0,
    "ww_facility_project": True,
}
OWN = {"own_industrial_ww_station_new_or_expanded": True}
WASTEWATER = [
    ({"municipal_ww_m3_per_day": "499.9"}, "R"),
    ({"municipal_ww_m3_per_day": "500"}, "T"),
    ({"municipal_ww_m3_per_day": "99999.9"}, "T"),
    ({"municipal_ww_m3_per_day": "100000"}, "B"),
    ({"centralised_industrial_ww": True}, "B"),
    (OWN, "T"),
    (OWN | {"indirect_discharge": True}, "R"),
    (OWN | {"indirect_discharge": True, "heavy_metal_discharge": True}, "T"),
    (OWN | {"indirect_discharge": True, "heavy_metal_discharge": None}, "H"),
    (OWN | {"only_domestic_sewage": True}, "R"),
    ({"upgrade_only": True}, "N"),
    ({"septic_or_reuse_after_septic": True}, "N"),
    ({"sedimentation_only": True}, "N"),
]


@pytest.mark.parametrize(("code", "processes", "capacity", "expected"), WINE)
def test_row_25_wine(code, processes, capacity, expected):
    assert classed(code, processes, capacity_kL=capacity) == CLASS[expected]


@pytest.mark.parametrize(("code", "processes", "expected"), [*DRINKS, *TEXTILES, *CLOTHING, *PAPER])
def test_rows_26_28_29_and_38_list_what_they_manage(code, processes, expected):
    assert classed(code, processes) == CLASS[expected]


@pytest.mark.parametrize(("code", "processes", "expected"), [*DRINKS, *TEXTILES, *CLOTHING, *PAPER])
def test_they_manage_industrial_buildings_only(code, processes, expected):
    assert classed(code, processes, inside=False) == "not_subject"
    assert classed(code, processes, inside=None) == ("not_subject" if expected == "N" else "needs_human")


@pytest.mark.parametrize(("code", "processes", "facts", "expected"), [*FURNITURE, *METAL_AND_APPLIANCES])
def test_rows_36_66_and_77_count_paint(code, processes, facts, expected):
    assert classed(code, processes, **facts) == CLASS[expected]


@pytest.mark.parametrize(("code", "product", "processes", "expected"), PAPERMAKING)
def test_row_37_papermaking(code, product, processes, expected):
    assert classed(code, processes, product=product) == CLASS[expected]


@pytest.mark.parametrize(("code", "processes", "only_water", "expected"), MEDICINE)
def test_row_48_chinese_medicine(code, processes, only_water, expected):
    assert classed(code, processes, extraction_only_water_or_ethanol=only_water) == CLASS[expected]


@pytest.mark.parametrize(("code", "processes", "facts", "expected"), [*PLASTICS, *GLASS])
def test_rows_53_and_57_plastics_and_glass(code, processes, facts, expected):
    assert classed(code, processes, **facts) == CLASS[expected]


@pytest.mark.parametrize(("code", "pieces", "dirty_fuel", "expected"), CERAMICS)
def test_row_59_ceramics(code, pieces, dirty_fuel, expected):
    assert classed(code, output_pieces=pieces, uses_high_pollution_fuel=dirty_fuel) == CLASS[expected]


@pytest.mark.parametrize(("boilers", "expected"), BOILERS)
def test_row_91_boilers(boilers, expected):
    listed = [{"fuel": fuel, "capacity_t_per_h": capacity} for fuel, capacity in boilers]
    bread = {"gb4754": "1411"}  # unlisted: only the boilers count
    facts = {"nature": "new", "in_industrial_building": True, "boilers": listed, "activities": [bread]}
    assert classify(facts, ON).outcome == CLASS[expected]


@pytest.mark.parametrize(("facts", "expected"), WASTEWATER)
def test_row_95_wastewater(facts, expected):
    assert classed(kind="wastewater", **{**DRY, **facts}) == CLASS[expected]


def test_row_100_waste_gas_treatment_is_registered():
    assert classed(kind="gas_treatment") == "register"


# Words that the vocabulary does not have may be anything; what is known of the rest still counts.
STRANGERS = [
    ("2110", "cutting sawdusting", NO_PAINT, "H"),
    ("2110", "welding sawdusting", NO_PAINT, "H"),  # at least a report form; the stranger may be plating
    ("2110", "electroplating sawdusting", NO_PAINT, "B"),
    ("1819", "sewing embroidering", {}, "H"),
    ("1819", "printing embroidering", {}, "B"),
    ("1819", "embroidering", {}, "H"),
]


@pytest.mark.parametrize(("code", "processes", "facts", "expected"), STRANGERS)
def test_an_unknown_process_exempts_nothing_and_hides_nothing(code, processes, facts, expected):
    assert classed(code, processes, **facts) == CLASS[expected]


def test_an_unknown_product_leaves_what_the_code_says():
    assert classed("3072", product="bidet", output_pieces=1, uses_high_pollution_fuel=False) == "not_subject"
    assert classed("1361", product="bidet", throughput_t=1, in_row_sensitive_area=False) == "not_subject"
    assert classed("2681", product="bidet", processes="blending cooking") == "needs_human"


UNLISTED = ["1371", "1373", "1411", "1419", "1530", "1610", "1690", "2320", "2330"]


@pytest.mark.parametrize("code", UNLISTED)
def test_a_code_that_the_catalogue_leaves_out_is_not_subject(code):
    assert classed(code, "electroplating") == "not_subject"
