"""Everything of a project's own facts, in sections. Unknown is an answer: nothing has to be filled in to be saved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.fields import described
from approvals.models import ProjectFacts


@dataclass(frozen=True, slots=True)
class Section:
    """``rows``: formsets that stand in this section, by prefix."""

    code: str
    title: Any
    lead: Any
    names: tuple[str, ...]
    rows: tuple[str, ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section(
        "basics",
        _("项目概况"),
        _("建什么、投多少。"),
        (
            "nature",
            "main_works_included",
            "in_industrial_building",
            "total_investment_wan",
            "fixed_investment_wan",
            "private_investment",
            "needs_verification",
        ),
    ),
    Section(
        "making",
        _("建设内容与工艺"),
        _("每条生产线、每项独立工程各填一项。环评判定主要看这里。"),
        (),
        ("activities",),
    ),
    Section(
        "energy",
        _("用能与锅炉"),
        _("达产后一年用多少能源。能评判定主要看这里；没有锅炉也请勾选“已填写完整”。"),
        (
            "energy_lines_known",
            "boilers_known",
            "linked_filings_tce",
            "zone_energy_review_valid",
        ),
        ("energy_lines", "boilers"),
    ),
    Section(
        "energy_more",
        _("改扩建、关联项目和特殊情形的用能"),
        _("新建的一般工厂不用填。改扩建、同一厂区另有项目、锅炉烧生物质，或者上面的问题问到时再填。"),
        (
            "site_process_equipment_unchanged",
            "shared_utilities",
            "baseline_tce",
            "after_tce",
            "baseline_coal_t",
            "after_coal_t",
            "baseline_kwh",
            "after_kwh",
            "coal_by_increment",
            "project_boundary",
            "linked_filings_coal_t",
            "linked_filings_kwh",
            "boiler_other_high_pollution_fuel",
            "zone_negative_list",
            "energy_catalogue_project",
            "state_secret",
            "approved_by",
            "ndrc_listed_field",
            "grid_primary_coefficient",
        ),
    ),
    Section(
        "building",
        _("用地与建筑"),
        _("用来核对标准地的控制指标，并判定规划、消防、人防等事项。"),
        (
            "land_area_m2",
            "floor_area_m2",
            "counted_floor_area_m2",
            "building_footprint_m2",
            "office_land_m2",
            "office_floor_m2",
            "green_area_m2",
            "building_height_m",
            "foundation_kind",
            "disturbed_area_m2",
            "earthwork_m3",
            "labour_intensive_workshop_m2",
            "dormitory_area_m2",
            "simple_workshop_or_warehouse",
            "civil_buildings_in_city",
        ),
    ),
    Section(
        "output",
        _("达产指标"),
        _("达产后一年的产值和税收，按亩均核对。"),
        ("annual_output_wan", "annual_tax_wan"),
    ),
    Section(
        "safety",
        _("安全与消防"),
        _("拿不准的选“暂不清楚”，代办员会同您核对。"),
        ("flammable_explosive", "hazardous_chemicals", "other_special_fire_works", "lightning_special_site"),
    ),
    Section(
        "place",
        _("选址与环境"),
        _("关系到水土保持、取水、林地、文物等事项。"),
        (
            "land_by_auction",
            "rents_existing_plant",
            "in_spring_basin",
            "own_water_source",
            "uses_forest_land",
            "in_river_management_area",
            "in_relic_control_zone",
            "discharges_to_sewer",
            "eia_commitment_listed",
        ),
    ),
    Section(
        "eligibility",
        _("承诺制适用情形"),
        _("任何一项为“是”，项目按一般程序办理。"),
        (
            "two_high",
            "concerns_national_security",
            "concerns_ecological_security",
            "concerns_strategic_resources",
            "concerns_major_public_interest",
        ),
    ),
)


class FactsForm(forms.ModelForm):
    """``version``: the one the person was looking at; the service refuses an older one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ProjectFacts
        fields = [name for section in SECTIONS for name in section.names]
        formfield_callback = described

    def __init__(self, *args: Any, only: Collection[str] | None = None, **kwargs: Any) -> None:
        """``only``: names of the facts that can be changed now; None: all of them."""
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        if only is not None:
            for name in [name for name in self.fields if name.removesuffix("_known") not in {"version", *only}]:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def fields_of(self, section: Section) -> Iterator[forms.BoundField]:
        return (self[name] for name in section.names if name in self.fields)
