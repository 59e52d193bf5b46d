"""The energy table of a project: each line converted to standard coal, physical coal tonnes and kWh, at both ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from approvals.rules.answer import Question
from approvals.rules.editions import Edition
from approvals.rules.energy.coefficients import SOURCE_LABELS, Coefficient, carrier_key, choose, range_text
from approvals.rules.energy.units import to_base
from approvals.rules.evaluator import number
from approvals.rules.spans import ANYTHING, NOTHING, UNBOUNDED, ZERO, Span

THOUSAND = Decimal(1000)
# Made on site from fuel that is itself in the table: counting it again would count the fuel twice.
ON_SITE = frozenset({"self_generated", "recovered"})
SOLD = frozenset({"sold", "exported"})
# Litres without a stated density: no fuel listed is heavier than water, so 1 kg/L bounds it from above.
HEAVIEST_KG_PER_L = Decimal(1)


@dataclass(frozen=True, slots=True)
class Amounts:
    """tce per year (吨标准煤), physical tonnes of coal per year, kWh per year."""

    tce: Span = NOTHING
    coal_t: Span = NOTHING
    kwh: Span = NOTHING

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.tce + other.tce, self.coal_t + other.coal_t, self.kwh + other.kwh)

    def __or__(self, other: Amounts) -> Amounts:
        return Amounts(self.tce | other.tce, self.coal_t | other.coal_t, self.kwh | other.kwh)


@dataclass(frozen=True, slots=True)
class Line:
    """One converted line. ``role`` is counted, medium, on_site or sold; ``question`` asks what would sharpen it."""

    index: int
    carrier: str
    label: str
    given: Mapping[str, Any]
    role: str
    amounts: Amounts
    coefficient: Coefficient
    question: Question | None = None
    need: str = ""
    warnings: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """For the reader's table: quantities as given, ends only where they differ."""
        return {
            "carrier": self.carrier,
            "label": self.label,
            "quantity": self.given.get("quantity"),
            "unit": self.given.get("unit"),
            "coefficient": range_text(self.coefficient),
            "source": self.coefficient.source,
            "source_label": SOURCE_LABELS[self.coefficient.source],
            "role": self.role,
            "use": self.given.get("use"),
            **_ends("tce", self.amounts.tce),
            **_ends("coal_t", self.amounts.coal_t),
        }


@dataclass(frozen=True, slots=True)
class LineSet:
    """All lines. ``counted`` decides; ``media`` and ``on_site`` are only held against it; ``coke_t`` is 焦炭与兰炭."""

    lines: tuple[Line, ...] = ()
    counted: Amounts = field(default_factory=Amounts)
    media: Amounts = field(default_factory=Amounts)
    on_site: Amounts = field(default_factory=Amounts)
    coke_t: Span = NOTHING
    known: bool = True


def convert_lines(lines: Sequence[Mapping[str, Any]] | None, table: Edition) -> LineSet:
    """Convert every line. ``None`` means unknown: nothing bounds it; an empty list means that no energy is used."""
    if lines is None:
        return LineSet(counted=Amounts(ANYTHING, ANYTHING, ANYTHING), known=False)
    converted = _settle_on_site([_convert(index, line, table) for index, line in enumerate(lines)], table)
    return LineSet(
        lines=tuple(converted),
        counted=_sum(line for line in converted if line.role in ("counted", "sold")),
        media=_sum(line for line in converted if line.role == "medium"),
        on_site=_sum(line for line in converted if line.role == "on_site"),
        coke_t=sum((_tonnes(line, table) for line in converted if line.carrier in ("coke", "semi_coke")), NOTHING),
    )


def _settle_on_site(lines: list[Line], table: Edition) -> list[Line]:
    """Energy made on site is left out only where a fuel that it can have been made of is in the table too."""
    if any(line.role == "counted" and _is_fuel(line.carrier, table) for line in lines):
        return lines
    return [
        replace(line, role="counted", warnings=(*line.warnings, "ON_SITE_COUNTED")) if line.role == "on_site" else line
        for line in lines
    ]


def _convert(index: int, line: Mapping[str, Any], table: Edition) -> Line:
    carrier = carrier_key(str(line.get("carrier") or ""), table)
    spec = table.data["carriers"].get(carrier)
    if spec is None:
        text = f"第{index + 1}项能源的品种不在折标系数表中，请选择"
        return _unknown(index, line, carrier or "?", Question(f"energy_lines.{index}.carrier", text))
    base, question = _base_quantity(index, line, spec, table)
    if base is None:
        return _unknown(index, line, spec["label"], question, spec)
    quantity, spec = base
    coefficient = choose(line, spec)
    if question is None and not coefficient.kgce.exact:
        question = _coefficient_question(index, spec, coefficient)
    role, amounts = _role(line, spec), _amounts(line, quantity, spec, coefficient)
    if role == "sold":
        amounts = Amounts(tce=-amounts.tce)  # coal is gross and bought kWh stay bought: only the energy is netted
    need = _need_code(carrier, question, ambiguous=_counts_as_coal(line, spec) == "ambiguous")
    return Line(index, carrier, spec["label"], line, role, amounts, coefficient, question, need, coefficient.warnings)


def _base_quantity(
    index: int, line: Mapping[str, Any], spec: Mapping[str, Any], table: Edition
) -> tuple[tuple[Span, Mapping[str, Any]] | None, Question | None]:
    """The quantity in the unit of the coefficient, and the spec that applies to it (metered steam is heat)."""
    quantity = _decimal(line.get("quantity"))
    if quantity is None or quantity < 0:
        return None, Question(f"energy_lines.{index}.quantity", f"请填写{spec['label']}的年消费量（不为负）")
    converted = to_base(quantity, str(line.get("unit") or ""))
    if converted is not None:
        dimension, amount = converted
        # Coal is counted in tonnes too, which its heat does not tell.
        if dimension == "MJ" and spec["unit"] == "kg" and not spec.get("coal"):
            heat = table.data["carriers"][table.data["heat_carrier"]]
            return (Span.of(amount), {**heat, "label": spec["label"]}), None
        if dimension == "kg" and spec["unit"] == "t":
            return (Span.of(amount / THOUSAND), spec), None
        if dimension == spec["unit"]:
            return (Span.of(amount), spec), None
        if dimension == "L" and spec["unit"] == "kg":
            return _litres(index, amount, line, spec)
    text = f"{spec['label']}的计量单位“{line.get('unit') or '空'}”不能换算为{spec['unit']}，请改填"
    return None, Question(f"energy_lines.{index}.unit", text)


def _litres(
    index: int, litres: Decimal, line: Mapping[str, Any], spec: Mapping[str, Any]
) -> tuple[tuple[Span, Mapping[str, Any]], Question | None]:
    density = _decimal(line.get("density_kg_per_l"))
    if density is not None and density > 0:
        return (Span.of(litres * density), spec), None
    question = Question(f"energy_lines.{index}.density_kg_per_l", f"请填写{spec['label']}的密度（千克/升）")
    return (Span(ZERO, litres * HEAVIEST_KG_PER_L), spec), question


def _amounts(line: Mapping[str, Any], quantity: Span, spec: Mapping[str, Any], coefficient: Coefficient) -> Amounts:
    kgce = Span(_times(quantity.low, coefficient.kgce.low), _times(quantity.high, coefficient.kgce.high))
    tonnes = quantity.scaled(1 / THOUSAND)
    coal = {True: tonnes, "ambiguous": Span(ZERO, tonnes.high)}.get(_counts_as_coal(line, spec), NOTHING)
    return Amounts(
        tce=kgce.scaled(1 / THOUSAND),
        coal_t=coal if spec["unit"] == "kg" else NOTHING,
        kwh=quantity if spec["unit"] == "kWh" else NOTHING,
    )


def _counts_as_coal(line: Mapping[str, Any], spec: Mapping[str, Any]) -> bool | str:
    """True, False or "ambiguous". What is ambiguous is settled by the authority, and only that."""
    coal: bool | str = spec.get("coal", False)
    ruling = line.get("counts_as_coal")
    return bool(ruling) if coal == "ambiguous" and ruling is not None else coal


def _unknown(
    index: int, line: Mapping[str, Any], label: str, question: Question | None, spec: Mapping[str, Any] | None = None
) -> Line:
    """A line that cannot be converted: it may be anything, so it can never help to exempt."""
    may_be_coal = spec is None or spec.get("coal", False) is not False
    may_be_power = spec is None or spec["unit"] == "kWh"
    amounts = Amounts(ANYTHING, ANYTHING if may_be_coal else NOTHING, ANYTHING if may_be_power else NOTHING)
    role = "counted" if spec is None else _role(line, spec)
    if role == "sold":
        amounts, role = Amounts(tce=Span(-UNBOUNDED, ZERO)), "sold"
    carrier = str(line.get("carrier") or "")
    unknown = Coefficient(ANYTHING, "unknown")
    return Line(index, carrier, label, line, role, amounts, unknown, question, f"{carrier}.quantity")


def _role(line: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    if spec.get("medium"):
        return "medium"
    use = line.get("use")
    return "on_site" if use in ON_SITE else "sold" if use in SOLD else "counted"


def _coefficient_question(index: int, spec: Mapping[str, Any], coefficient: Coefficient) -> Question:
    steam = spec["label"].startswith("蒸汽")
    wanted = "压力和温度（或改按吉焦计量）" if steam else "低位发热量检测报告或供应商热值证明"
    bounded = coefficient.kgce.high.is_finite()
    ends = f"折标系数为{range_text(coefficient)}千克标准煤" if bounded else "没有标准缺省值"
    return Question(f"energy_lines.{index}.coefficient", f"请提供{spec['label']}的{wanted}（目前{ends}，不足以判定）")


def _need_code(carrier: str, question: Question | None, *, ambiguous: bool) -> str:
    if question is None:
        return f"{carrier}.counts_as_coal" if ambiguous else ""
    if question.fact.endswith("density_kg_per_l"):
        return f"{carrier}.density"
    return f"{carrier}.enthalpy" if carrier == "steam_lp" else f"{carrier}.lhv"


def _is_fuel(carrier: str, table: Edition) -> bool:
    spec = table.data["carriers"].get(carrier, {})
    return spec.get("unit") in ("kg", "m3") and carrier != "steam_lp"


def _tonnes(line: Line, table: Edition) -> Span:
    spec = table.data["carriers"][line.carrier]
    base, _ = _base_quantity(line.index, line.given, spec, table)
    return ANYTHING if base is None or base[1]["unit"] != "kg" else base[0].scaled(1 / THOUSAND)


def _sum(lines: Any) -> Amounts:
    return sum((line.amounts for line in lines), Amounts())


def _times(quantity: Decimal, kgce: Decimal) -> Decimal:
    return ZERO if not quantity or not kgce else quantity * kgce


def _decimal(value: Any) -> Decimal | None:
    try:
        found = None if value is None or value == "" else number(value)
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def _ends(name: str, span: Span) -> dict[str, Decimal | None]:
    if span.exact:
        return {name: span.low}
    finite = [end if end.is_finite() else None for end in (span.low, span.high)]
    return {name: None, f"{name}_low": finite[0], f"{name}_high": finite[1]}
