"""Project-level facts in plausible proportion to a plot and an investment."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from approvals.demo.plots import M2_PER_MU

# Floor area, ratios to the land: counted floor doubles storeys above eight metres.
_SHARES = {
    "floor_area_m2": "0.85",
    "counted_floor_area_m2": "1.05",
    "building_footprint_m2": "0.48",
    "office_land_m2": "0.05",
    "office_floor_m2": "0.06",
    "green_area_m2": "0.12",
    "disturbed_area_m2": "1",
    "earthwork_m3": "0.4",
}
_NO = (
    "needs_verification",
    "two_high",
    "concerns_national_security",
    "concerns_ecological_security",
    "concerns_strategic_resources",
    "concerns_major_public_interest",
    "simple_workshop_or_warehouse",
    "flammable_explosive",
    "other_special_fire_works",
    "lightning_special_site",
    "hazardous_chemicals",
    "civil_buildings_in_city",
    "in_spring_basin",
    "own_water_source",
    "uses_forest_land",
    "in_river_management_area",
    "in_relic_control_zone",
    "eia_commitment_listed",
)
_YES = ("main_works_included", "in_industrial_building", "private_investment", "land_by_auction", "discharges_to_sewer")


def facts(mu: int, fixed_wan: int, **different: Any) -> dict[str, Any]:
    """A new factory on ``mu`` 亩 with ``fixed_wan`` 万元 of fixed assets. Say what is different; None is unknown."""
    land = (mu * M2_PER_MU).quantize(Decimal("0.01"))
    fixed = Decimal(fixed_wan)
    stated: dict[str, Any] = {
        "nature": "new",
        "total_investment_wan": fixed * Decimal("1.2"),
        "fixed_investment_wan": fixed,
        "land_area_m2": land,
        "building_height_m": Decimal("13.5"),
        "foundation_kind": "other",
        "annual_output_wan": fixed * Decimal("1.5"),
        "annual_tax_wan": fixed * Decimal("0.06"),
        "labour_intensive_workshop_m2": Decimal(0),
        "dormitory_area_m2": Decimal(0),
    }
    stated |= {name: (land * Decimal(share)).quantize(Decimal(1)) for name, share in _SHARES.items()}
    stated |= dict.fromkeys(_NO, False) | dict.fromkeys(_YES, True)
    return stated | different
