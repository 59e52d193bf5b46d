"""The facts that decide: what is built, made, burnt and where. NULL means unknown, never zero and never "no"."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models.project import Project

gb4754 = RegexValidator(r"^\d{4}$", _("请填写 GB/T 4754-2017 四位小类代码"))


def Quantity(label: Any, **options: Any) -> models.DecimalField:
    """A non-negative exact quantity that may be unknown. Its unit is the end of its name."""
    return models.DecimalField(
        label,
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        **options,
    )


def Known(label: Any, **options: Any) -> models.BooleanField:
    """Yes, no, or not known yet."""
    return models.BooleanField(label, null=True, blank=True, **options)


class ProjectFacts(models.Model):
    """The project-level facts, one row per project. Field names are the rule tables' fact names."""

    class Foundation(models.TextChoices):
        DEEP_PIT = "deep_pit", _("深基坑")
        PILES = "piles", _("桩基")
        OTHER = "other", _("其他基础（如独立基础、条形基础）")

    ROWS = ("activities", "energy_lines", "boilers")  # facts that are lists, each in a table of its own

    class Nature(models.TextChoices):
        NEW = "new", _("新建")
        RELOCATION = "relocation", _("迁建")
        EXPANSION = "expansion", _("扩建")
        RECONSTRUCTION = "reconstruction", _("改建")
        TECH_TRANSFORM = "tech_transform", _("技术改造")
        REBUILD = "rebuild", _("拆除重建")

    class Approver(models.TextChoices):
        STATE_COUNCIL = "state_council", _("国务院（或经其核报）")
        NDRC = "NDRC", _("国家发展改革委")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级（含开发区）")

    class Boundary(models.TextChoices):
        EXPANSION_ONLY = "expansion_only", _("只算扩建部分")
        WHOLE_PLANT = "whole_plant", _("按扩建后全厂计算")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="facts", verbose_name=_("项目"))
    version = models.PositiveIntegerField(default=1, editable=False)

    nature = models.CharField(_("建设性质"), max_length=20, choices=Nature, blank=True)
    main_works_included = Known(_("包含主体工程"))
    in_industrial_building = Known(_("在工业建筑内生产"))
    total_investment_wan = Quantity(_("总投资（万元）"))
    fixed_investment_wan = Quantity(_("固定资产投资（万元）"))
    private_investment = Known(_("社会投资"))
    needs_verification = Known(_("属于核准目录"))

    two_high = Known(_("属于高耗能高排放项目"))
    concerns_national_security = Known(_("涉及国家安全"))
    concerns_ecological_security = Known(_("涉及生态安全"))
    concerns_strategic_resources = Known(_("涉及战略性资源开发"))
    concerns_major_public_interest = Known(_("涉及重大公共利益"))

    energy_lines_known = models.BooleanField(_("能源消费已填写完整"), default=False)
    boilers_known = models.BooleanField(_("锅炉情况已填写完整"), default=False)
    site_process_equipment_unchanged = Known(_("地点、主要工艺和设备均不变"))
    shared_utilities = Known(_("与既有厂区共用公用工程"))
    baseline_tce = Quantity(_("改造前年综合能源消费量（吨标准煤）"))
    after_tce = Quantity(_("改造后年综合能源消费量（吨标准煤）"))
    baseline_coal_t = Quantity(_("改造前年煤炭消费量（吨）"))
    after_coal_t = Quantity(_("改造后年煤炭消费量（吨）"))
    baseline_kwh = Quantity(_("改造前年用电量（千瓦时）"))
    after_kwh = Quantity(_("改造后年用电量（千瓦时）"))
    linked_filings_tce = Quantity(
        _("同一厂区其他备案项目的年综合能源消费量（吨标准煤）"),
        help_text=_("同一建设内容分开备案的，合并计算；没有就填 0"),
    )
    linked_filings_coal_t = Quantity(_("同一厂区其他备案项目的年煤炭消费量（吨）"))
    linked_filings_kwh = Quantity(_("同一厂区其他备案项目的年用电量（千瓦时）"))
    state_secret = Known(_("属于涉密项目"))
    energy_catalogue_project = Known(_("属于不单独进行节能审查的行业目录"))
    ndrc_listed_field = Known(_("属于国家节能审查的重点领域"))
    grid_primary_coefficient = Quantity(_("上年电厂发电标准煤耗（千克标准煤/千瓦时）"))
    approved_by = models.CharField(_("审批核准备案机关层级"), max_length=20, choices=Approver, blank=True)
    zone_energy_review_valid = Known(_("所在区域的区域节能审查有效"), help_text=_("取得宗地后以区域评估的记录为准"))
    zone_negative_list = Known(_("列入区域节能审查负面清单"))
    coal_by_increment = Known(_("经确认煤炭也按增量计算"))
    project_boundary = models.CharField(_("经确认的扩建计算范围"), max_length=20, choices=Boundary, blank=True)
    boiler_other_high_pollution_fuel = Known(_("锅炉使用其他高污染燃料"))

    land_area_m2 = Quantity(_("用地面积（平方米）"))
    floor_area_m2 = Quantity(_("总建筑面积（平方米）"))
    counted_floor_area_m2 = Quantity(_("计容建筑面积（平方米）"), help_text=_("层高超过 8 米的楼层面积加倍计算"))
    building_footprint_m2 = Quantity(_("建筑物、构筑物和堆场占地（平方米）"))
    office_land_m2 = Quantity(_("行政办公及生活服务设施用地（平方米）"))
    office_floor_m2 = Quantity(_("行政办公及生活服务设施建筑面积（平方米）"))
    green_area_m2 = Quantity(_("绿地面积（平方米）"))
    building_height_m = Quantity(_("建筑高度（米）"))
    annual_output_wan = Quantity(_("达产后年产值（万元）"))
    annual_tax_wan = Quantity(_("达产后年纳税额（万元）"))
    disturbed_area_m2 = Quantity(_("扰动地表面积（平方米）"))
    earthwork_m3 = Quantity(_("挖填土石方总量（立方米）"))
    labour_intensive_workshop_m2 = Quantity(_("劳动密集型生产加工车间面积（平方米）"))
    dormitory_area_m2 = Quantity(_("员工集体宿舍面积（平方米）"))
    simple_workshop_or_warehouse = Known(_("功能单一的厂房或仓库"))
    flammable_explosive = Known(_("生产、储存易燃易爆危险物品"))
    other_special_fire_works = Known(_("属于其他特殊建设工程"))
    lightning_special_site = Known(_("属于须单独审核防雷设计的场所"))
    hazardous_chemicals = Known(_("生产、储存列入目录的危险化学品"))
    civil_buildings_in_city = Known(_("在城市新建民用建筑（宿舍、办公楼）"))

    foundation_kind = models.CharField(_("基础形式"), max_length=20, choices=Foundation, blank=True)
    land_by_auction = Known(_("通过招拍挂取得土地"))
    rents_existing_plant = Known(_("租用已建成的厂房"))
    in_spring_basin = Known(_("位于泉域保护范围"))
    own_water_source = Known(_("自备井或直接从河湖取水"))
    uses_forest_land = Known(_("使用林地"))
    in_river_management_area = Known(_("位于河道管理范围或蓄滞洪区"))
    in_relic_control_zone = Known(_("位于文物保护单位建设控制地带"))
    discharges_to_sewer = Known(_("污水排入城镇排水管网"))
    eia_commitment_listed = Known(_("列入当地环评告知承诺制清单"))

    class Meta:
        verbose_name = _("项目事实")
        verbose_name_plural = _("项目事实")

    def __str__(self) -> str:
        return f"{self.project} 的事实"

    def states(self, name: str) -> bool:
        """Whether a fact is known. Of rows: whether any are there, or they are said to be complete without one."""
        if name in self.ROWS:
            return bool(getattr(self, f"{name}_known", False)) or getattr(self, name).exists()
        return getattr(self, name) not in (None, "")


class Activity(models.Model):
    """One product line or one auxiliary works, with its own code, processes and quantities."""

    class Kind(models.TextChoices):
        PRODUCT_LINE = "product_line", _("产品生产线")
        SURFACE_TREATMENT = "surface_treatment", _("金属表面处理及热处理")
        WASTEWATER = "wastewater", _("单独建设的污水处理")
        STANDARD_FACTORY = "standard_factory", _("标准厂房")
        LABORATORY = "laboratory", _("专业实验室、研发基地")
        GAS_TREATMENT = "gas_treatment", _("单独建设的废气治理")
        HAZARDOUS_WASTE = "hazardous_waste", _("危险废物利用处置")
        SOLID_WASTE = "solid_waste", _("一般工业固废处置利用")
        HAZARDOUS_STORAGE = "hazardous_storage", _("危险品仓储")
        POWER_TRANSMISSION = "power_transmission", _("变电站、输电线路")

    facts = models.ForeignKey(ProjectFacts, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=30, choices=Kind, default=Kind.PRODUCT_LINE)
    gb4754 = models.CharField(_("行业小类代码"), max_length=4, blank=True, validators=[gb4754])
    product = models.CharField(_("产品类别"), max_length=40, blank=True)
    processes = models.JSONField(_("主要工艺"), null=True, blank=True)  # None: not known yet
    in_row_sensitive_area = Known(_("涉及该类项目的环境敏感区"))
    solvent_coating_t = Quantity(_("溶剂型涂料（含稀释剂）年用量（吨）"))
    low_voc_nonsolvent_coating_t = Quantity(_("非溶剂型低 VOCs 涂料年用量（吨）"))
    other_coating_t = Quantity(_("其他涂料年用量（吨）"))
    solvent_adhesive_t = Quantity(_("溶剂型胶粘剂年用量（吨）"))
    output_pieces = Quantity(_("年产量（件）"))
    # The remaining quantities of the catalogue, by the rule tables' fact names; validated against the vocabulary.
    quantities = models.JSONField(_("其他数量"), default=dict, blank=True)

    class Meta:
        verbose_name = _("生产活动")
        verbose_name_plural = _("生产活动")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class EnergyLine(models.Model):
    """One energy carrier used in a year. ``coefficient`` is kgce per base unit where the fuel was measured."""

    class CoefficientSource(models.TextChoices):
        TABLE = "table", _("标准折标系数")
        CERTIFICATE = "certificate", _("供应商热值证明")
        MEASURED = "measured", _("实测低位发热量")

    facts = models.ForeignKey(ProjectFacts, on_delete=models.CASCADE, related_name="energy_lines")
    carrier = models.CharField(_("能源品种"), max_length=40)
    quantity = models.DecimalField(_("年消费量"), max_digits=18, decimal_places=4, validators=[MinValueValidator(0)])
    unit = models.CharField(_("单位"), max_length=10)
    coefficient = models.DecimalField(_("折标系数"), max_digits=10, decimal_places=6, null=True, blank=True)
    coefficient_source = models.CharField(
        _("系数来源"), max_length=20, choices=CoefficientSource, default=CoefficientSource.TABLE
    )
    use = models.CharField(_("用途"), max_length=20, default="fuel")
    density_kg_per_l = Quantity(_("密度（千克/升）"))
    counts_as_coal = Known(_("经确认计入煤炭消费量"))

    class Meta:
        verbose_name = _("能源消费")
        verbose_name_plural = _("能源消费")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.carrier} {self.quantity} {self.unit}"


class Boiler(models.Model):
    """New boilers of one fuel; the catalogue counts their total capacity."""

    class Fuel(models.TextChoices):
        NATURAL_GAS = "natural_gas", _("天然气")
        COAL = "coal", _("煤")
        OIL = "oil", _("油")
        ELECTRIC = "electric", _("电")
        BIOMASS = "biomass", _("生物质")
        OTHER = "other_high_pollution", _("其他高污染燃料")

    facts = models.ForeignKey(ProjectFacts, on_delete=models.CASCADE, related_name="boilers")
    fuel = models.CharField(_("燃料"), max_length=30, choices=Fuel)
    capacity_t_per_h = models.DecimalField(
        _("总容量（吨/小时）"), max_digits=10, decimal_places=3, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("锅炉")
        verbose_name_plural = _("锅炉")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_fuel_display()} {self.capacity_t_per_h} t/h"
