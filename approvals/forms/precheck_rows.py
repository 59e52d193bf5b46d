"""The pages of the pre-check that ask for lists: product lines, quantities of energy, heating values, boilers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms import precheck as pages
from approvals.forms.precheck import Page, PageForm
from approvals.forms.precheck_fields import FILL, UNSURE, boxes, number_field, plain, unsure_box
from approvals.rules import vocabulary
from approvals.rules.energy.coefficients import coefficient_from_lhv
from approvals.rules.precheck import industries
from approvals.rules.precheck.questions import RAW
from approvals.selectors.languages import shown

MOST_LINES = 10
BOILER_ROWS = 4
# kJ in one unit of a heating value (GB/T 2589-2020 writes kJ; bills and reports write MJ or kcal).
HEAT_UNITS = {"kJ": "1", "MJ": "1000", "kcal": "4.1868"}
SOURCES = [("certificate", _("供气合同、供应商的热值证明")), ("measured", _("检测报告（实测）"))]


class CodesField(forms.MultipleChoiceField):
    """Industry codes, also those found by search."""

    def __init__(self, on: date, **options: Any) -> None:
        super().__init__(required=False, label="", **options)
        self.on = on

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 4 and industries.is_code(str(value), self.on)


class LinesPage(PageForm):
    """What is made: ticked in the eight key industries, or found by search."""

    template = "lines"

    def build(self, page: Page) -> None:
        given = [row["gb4754"] for row in page.state.rows("activities") if "gb4754" in row]
        rest = (["unknown"] if industries.UNKNOWN in given else []) + (
            ["none"] if not given and "activities" in page.state.facts else []
        )
        self.fields["q"] = forms.CharField(label=_("搜产品或行业代码"), required=False, max_length=40)
        self.fields["codes"] = CodesField(page.on, initial=[code for code in given if code])
        choices = [("unknown", _("没有找到我的产品")), ("none", _("不做产品，只建污水站、实验室、标准厂房这类工程"))]
        self.fields["rest"] = boxes(choices, rest, _("或者"))

    @property
    def ticked(self) -> list[str]:
        return [str(code) for code in self["codes"].value() or ()]

    def groups(self) -> list[dict[str, Any]]:
        """The eight key industries; one that holds a tick is open."""
        ticked = set(self.ticked)
        return [
            {
                **_shown_group(group),
                "picks": map(_shown_pick, picks),
                "open": any(pick.code in ticked for pick in picks),
            }
            for group, picks in industries.by_group().items()
        ]

    def found(self) -> list[industries.Pick]:
        """What the search found, and what was ticked that stands in no group."""
        words, on = str(self["q"].value() or ""), self.page.on
        others = [code for code in self.ticked if code not in vocabulary.INDUSTRIES and industries.is_code(code, on)]
        kept = [industries.Pick(code, industries.name_of(code, on)) for code in others if code]
        found = {pick.code: pick for pick in (*kept, *industries.search(words, on))}
        return [_shown_pick(pick) for pick in found.values()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        codes, rest = cleaned.get("codes") or [], cleaned.get("rest") or []
        if not codes and not rest:
            self.add_error("codes", _("请至少选一样；找不到的，勾“没有找到我的产品”。"))
        if "none" in rest and (codes or len(rest) > 1):
            self.add_error("rest", _("勾了产品，就不要再勾“不做产品”。"))
        if len(codes) > MOST_LINES:
            self.add_error("codes", _("一次最多查 10 样。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        unknown = [industries.UNKNOWN] if "unknown" in self.cleaned_data["rest"] else []
        return {"codes": [*self.cleaned_data["codes"], *unknown]}


class EnergyAmountsPage(PageForm):
    """One quantity for each kind of energy."""

    template = "amounts"

    def build(self, page: Page) -> None:
        for n, line in enumerate(page.state.rows("energy_lines")):
            words = RAW["energy"][line["carrier"]]
            unsure = f"energy_lines.{n}.quantity" in page.state.unsure
            self.fields[f"quantity-{n}"] = number_field(shown(words["ask"]), shown(words["help"]), line.get("quantity"))
            units = [(unit, UNIT_WORDS[unit]) for unit in dict.fromkeys([*words["units"], line["unit"]])]
            self.fields[f"unit-{n}"] = forms.ChoiceField(label=_("单位"), choices=units, initial=line["unit"])
            self.fields[f"unsure-{n}"] = unsure_box(initial=unsure)

    @property
    def count(self) -> int:
        return len(self.page.state.rows("energy_lines"))

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"field": self[f"quantity-{n}"], "unit": self[f"unit-{n}"], "unsure": self[f"unsure-{n}"]}
            for n in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for n in range(self.count):
            name = f"quantity-{n}"
            if name not in self.errors and cleaned.get(name) is None and not cleaned.get(f"unsure-{n}"):
                self.add_error(name, FILL)
        return cleaned

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "lines": [
                {
                    "quantity": None if data[f"unsure-{n}"] else plain(data[f"quantity-{n}"]),
                    "unit": data[f"unit-{n}"],
                }
                for n in range(self.count)
            ]
        }


class HeatValuePage(PageForm):
    """The measured or certified heating value of one fuel; a density for litres; gigajoules for steam."""

    def build(self, page: Page) -> None:
        line = page.given
        unsure = f"energy_lines.{page.index}.coefficient" in page.state.unsure
        if line["unit"] in {"L", "kL"}:
            self.fields["density_kg_per_l"] = number_field(_("密度（千克/升）"), "", line.get("density_kg_per_l"))
        elif line["carrier"] == "steam_lp":
            self.fields["gigajoules"] = number_field(
                _("一年用多少吉焦（GJ）"), _("热力公司按热量结算的账单上有。"), None
            )
        else:
            self.fields["heat"] = number_field(_("低位发热量"), _("合同或报告上写着“低位发热量”“低热值”的数。"), None)
            of = {"m3": _("立方米"), "kg": _("千克")}["m3" if "m3" in line["unit"] else "kg"]
            choices = [(unit, f"{word}/{of}") for unit, word in HEAT_WORDS.items()]
            self.fields["heat_unit"] = forms.ChoiceField(label=_("热值单位"), choices=choices)
            self.fields["source"] = forms.ChoiceField(label=_("依据"), choices=SOURCES)
        self.fields[UNSURE] = unsure_box(initial=unsure)
        self.fields[UNSURE].label = _("现在没有")

    @property
    def asked(self) -> str:
        return next(iter(self.fields))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.asked not in self.errors and not cleaned.get(self.asked) and not cleaned.get(UNSURE):
            self.add_error(self.asked, _("请填数字；没有的，勾“现在没有”。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        data, name = self.cleaned_data, self.asked
        value = None if data[UNSURE] else data[name]
        if name == "density_kg_per_l":
            return {name: plain(value)}
        if name == "gigajoules":
            return {"quantity": plain(value), "unit": "GJ"} if value is not None else {"coefficient": None}
        if value is None:
            return {"coefficient": None, "coefficient_source": None}
        found = coefficient_from_lhv(value * Decimal(HEAT_UNITS[data["heat_unit"]]))
        return {"coefficient": str(found), "coefficient_source": data["source"]}


class BoilersPage(PageForm):
    """A few rows of fuel and capacity, or none."""

    template = "boilers"

    def build(self, page: Page) -> None:
        known = page.state.facts.get("boilers")
        fuels = [("", _("请选择")), *((name, shown(term.zh)) for name, term in vocabulary.FUELS.items())]
        for n in range(max(BOILER_ROWS, len(known or ()))):
            boiler = known[n] if known and n < len(known) else {}
            self.fields[f"fuel-{n}"] = forms.ChoiceField(
                label=_("燃料"), choices=fuels, required=False, initial=boiler.get("fuel")
            )
            self.fields[f"capacity-{n}"] = number_field(_("蒸吨（吨/小时）"), "", boiler.get("capacity_t_per_h"))
        rest = [UNSURE] if "boilers" in page.state.unsure and not known else ["none"] if known == [] else []
        self.fields["rest"] = boxes([("none", _("不上锅炉")), (UNSURE, _("不清楚"))], rest, _("或者"))

    @property
    def count(self) -> int:
        return sum(name.startswith("fuel-") for name in self.fields)

    def rows(self) -> list[dict[str, Any]]:
        return [{"fuel": self[f"fuel-{n}"], "capacity": self[f"capacity-{n}"]} for n in range(self.count)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given, rest = self._given(cleaned), cleaned.get("rest") or []
        for n in range(self.count):
            if cleaned.get(f"capacity-{n}") is not None and not cleaned.get(f"fuel-{n}"):
                self.add_error(f"fuel-{n}", _("请选这台锅炉烧什么。"))
        if (given and rest) or len(rest) > 1:
            self.add_error("rest", _("选得互相矛盾：要么填锅炉，要么只勾最后的一项。"))
        elif not given and not rest:
            self.add_error("rest", _("请填锅炉；不上锅炉的，勾“不上锅炉”。"))
        return cleaned

    def _given(self, cleaned: dict[str, Any]) -> list[dict[str, Any]]:
        rows = [(cleaned.get(f"fuel-{n}"), cleaned.get(f"capacity-{n}")) for n in range(self.count)]
        return [{"fuel": fuel, "capacity_t_per_h": plain(capacity)} for fuel, capacity in rows if fuel]

    def values(self) -> dict[str, Any]:
        return {"boilers": None if UNSURE in self.cleaned_data["rest"] else self._given(self.cleaned_data)}


def _shown_group(group: str) -> dict[str, str]:
    return {name: shown(words) for name, words in RAW["groups"][group].items()}


def _shown_pick(pick: industries.Pick) -> industries.Pick:
    return replace(pick, name=shown(pick.name), words=shown(pick.words))


UNIT_WORDS = {
    "万kWh": _("万度（万千瓦时）"),
    "kWh": _("度（千瓦时）"),
    "万m3": _("万立方米"),
    "m3": _("立方米"),
    "t": _("吨"),
    "kg": _("千克"),
    "GJ": _("吉焦（GJ）"),
    "kL": _("千升"),
    "L": _("升"),
}
HEAT_WORDS = {"MJ": _("兆焦（MJ）"), "kJ": _("千焦（kJ）"), "kcal": _("大卡（千卡）")}
FORMS: dict[str, type[PageForm]] = {
    "lines": LinesPage,
    "choice": pages.ChoicePage,
    "works": pages.WorksPage,
    "processes": pages.ProcessesPage,
    "facts": pages.FactsPage,
    "energy": pages.EnergyPage,
    "energy_amounts": EnergyAmountsPage,
    "heat_value": HeatValuePage,
    "boilers": BoilersPage,
    "none_or_amount": pages.NoneOrAmountPage,
}


def form_for(page: Page, data: Any = None) -> PageForm:
    return FORMS[page.question.kind](page, data)
