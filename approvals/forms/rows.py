"""The rows of a project's facts: activities, energy carriers and boilers, each as a formset."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.fields import described, fact_field
from approvals.forms.processes import ProcessesField, ProcessesWidget, usual_groups
from approvals.models import Activity, Boiler, EnergyLine, ProjectFacts
from approvals.rules import vocabulary
from approvals.rules.editions import editions
from approvals.rules.eia.catalogue import catalogue_of
from approvals.rules.vocabulary import FactTerm
from approvals.selectors.languages import shown

USUAL_CARRIERS = ("electricity_calorific", "natural_gas", "heat", "steam_lp", "raw_coal", "diesel", "lpg", "lng")
UNITS = (
    ("万kWh", _("万千瓦时")),
    ("kWh", _("千瓦时")),
    ("万m3", _("万立方米")),
    ("m3", _("立方米")),
    ("t", _("吨")),
    ("kg", _("千克")),
    ("GJ", _("吉焦（百万千焦）")),
    ("kL", _("千升")),
    ("L", _("升")),
)
USES = (
    ("fuel", _("作燃料、动力")),
    ("feedstock", _("作原料")),
    ("self_generated", _("自产自用")),
    ("recovered", _("余热余压回收")),
    ("sold", _("外供外售")),
)


def stored_quantities() -> list[FactTerm]:
    """Facts of an activity that have no column of their own; they are kept by name in ``Activity.quantities``."""
    columns = {field.name for field in Activity._meta.concrete_fields}
    return [term for name, term in vocabulary.FACTS.items() if term.of == "activity" and name not in columns]


NOT_ON_THE_FORM = frozenset({"id", "facts", "quantities"})


class ActivityForm(forms.ModelForm):
    """One product line. ``asked``: names of facts that the rules still want to know of it."""

    processes = ProcessesField(
        label=_("全部生产工艺"), help_text=_("把每道工序都勾上，不要漏：没有勾选的工序视为没有。都不勾表示暂不清楚。")
    )

    class Meta:
        model = Activity
        fields = [field.name for field in Activity._meta.concrete_fields if field.name not in NOT_ON_THE_FORM]
        formfield_callback = described

    def __init__(self, *args: Any, industry_code: str = "", asked: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = frozenset(asked)
        for term in stored_quantities():
            self.fields[term.name] = fact_field(term)
        industry = vocabulary.INDUSTRIES.get(industry_code)
        widget = self.fields["processes"].widget
        assert isinstance(widget, ProcessesWidget)
        widget.usual = usual_groups(industry.group if industry else "furniture")
        self.fields["row"] = forms.ChoiceField(
            label=shown(vocabulary.fact("row").zh),
            required=False,
            choices=_rows(),
            help_text=shown(vocabulary.fact("row").help),
        )
        _keep_choice(self.fields["row"], self.initial.get("row"))
        self.fields["product"] = forms.ChoiceField(
            label=_("产品类别"),
            required=False,
            choices=_products(industry.products if industry else ()),
            help_text=shown(vocabulary.fact("product").help),
        )

    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "kind", "gb4754", "product")]

    def wanted_fields(self) -> list[forms.BoundField]:
        """What the rules ask for, what was given before, and what is wrong."""
        return [field for field in self._others() if field.name in self.asked or _is_given(field) or field.errors]

    def other_fields(self) -> list[forms.BoundField]:
        wanted = {field.name for field in self.wanted_fields()}
        return [field for field in self._others() if field.name not in wanted]

    def _others(self) -> list[forms.BoundField]:
        apart = {field.name for field in self.first_fields()} | {"processes", "DELETE"}
        return [self[name] for name in self.fields if name not in apart]

    def row(self) -> dict[str, Any]:
        """The values of one ``Activity``; quantities that were left empty are absent."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        kept = {term.name: data.pop(term.name) for term in stored_quantities()}
        data["quantities"] = {name: _plain(value) for name, value in kept.items() if value not in (None, "")}
        return data


# Columns that few lines need: there when a line has a value in them or the rules ask for one.
RARE = ("density_kg_per_l", "counts_as_coal")


class EnergyLineForm(forms.ModelForm):
    carrier = forms.ChoiceField(label=_("能源品种"), choices=[])
    unit = forms.ChoiceField(label=_("计量单位"), choices=UNITS, initial=UNITS[0][0])
    use = forms.ChoiceField(label=_("用途"), choices=USES, initial="fuel")

    class Meta:
        model = EnergyLine
        fields = [*("carrier", "quantity", "unit", "use", "coefficient", "coefficient_source"), *RARE]
        formfield_callback = described

    def __init__(self, *args: Any, shown: Iterable[str] = RARE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(RARE) - set(shown):
            del self.fields[name]
        self.fields["carrier"].choices = [("", _("请选择")), *carriers()]  # type: ignore[attr-defined]
        for name in ("carrier", "unit", "use"):
            _keep_choice(self.fields[name], self.initial.get(name))
        if self.is_bound and (posted := self.data.get(self.add_prefix("carrier"))) in ALIASES:
            _keep_choice(self.fields["carrier"], posted)  # of a row that is not in its old place

    def row(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class BoilerForm(forms.ModelForm):
    class Meta:
        model = Boiler
        fields = ["fuel", "capacity_t_per_h"]
        formfield_callback = described

    def row(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}


class RowFormSet(forms.BaseFormSet):
    """Rows that replace all rows of their kind. ``questions``: fact paths that the rules still ask for."""

    def __init__(self, *args: Any, questions: Iterable[str] = (), **kwargs: Any) -> None:
        self.questions = tuple(questions)
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if issubclass(self.form, ActivityForm):
            start = f"activities.{index}."
            kwargs["asked"] = [path.removeprefix(start) for path in self.questions if path.startswith(start)]
        if issubclass(self.form, EnergyLineForm):
            kwargs["shown"] = [name for name in RARE if self._is_needed(name)]
        return kwargs

    def _is_needed(self, name: str) -> bool:
        asked = any(path.endswith(f".{name}") for path in self.questions)
        stored = any(row.get(name) is not None for row in self.initial or ())
        return asked or stored or any(field.endswith(f"-{name}") for field in self.data or ())

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        # A row that a colleague has added meanwhile is not the first value of the empty row in its place.
        if self.is_bound and i >= self.initial_form_count():
            kwargs["initial"] = None
        return super()._construct_form(i, **kwargs)  # type: ignore[misc]  # not in the stubs

    def rows(self) -> list[dict[str, Any]]:
        return [row for _index, row in self.numbered_rows()]

    def numbered_rows(self) -> list[tuple[int, dict[str, Any]]]:
        """Each row with the number of its form."""
        return [
            (index, form.row())
            for index, form in enumerate(self.forms)
            if form not in self.deleted_forms and form.has_changed() | bool(form.initial)
        ]

    def deleted_indexes(self) -> set[int]:
        return {index for index, form in enumerate(self.forms) if form in self.deleted_forms}


ActivityFormSet = forms.formset_factory(ActivityForm, formset=RowFormSet, extra=1, can_delete=True, max_num=40)
EnergyLineFormSet = forms.formset_factory(EnergyLineForm, formset=RowFormSet, extra=1, can_delete=True, max_num=60)
BoilerFormSet = forms.formset_factory(BoilerForm, formset=RowFormSet, extra=1, can_delete=True, max_num=30)


def initial_rows(facts: ProjectFacts) -> dict[str, list[dict[str, Any]]]:
    """What each formset starts with."""
    activities = [_values(row, {"quantities"}) | row.quantities for row in facts.activities.all()]
    return {
        "activities": activities,
        "energy_lines": [_values(row) for row in facts.energy_lines.all()],
        "boilers": [_values(row) for row in facts.boilers.all()],
    }


def carriers() -> list[tuple[str, str]]:
    """Energy carriers of the latest coefficient table, the usual ones first."""
    table = editions("energy_coefficients")[-1].data["carriers"]
    usual = [name for name in USUAL_CARRIERS if name in table]
    return [(name, shown(table[name]["label"])) for name in [*usual, *(n for n in table if n not in usual)]]


def _values(row: Any, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    names = [f.name for f in row._meta.concrete_fields if f.name not in {"id", "facts", *leave_out}]
    return {name: getattr(row, name) for name in names}


@functools.cache
def _rows() -> list[tuple[str, Any]]:
    """Rows of the latest catalogue that no industry code leads to: they have to be named."""
    rows = catalogue_of(editions("eia")[-1]).rows.values()
    named = [(str(row.number), f"{row.number} {row.name}") for row in rows if not row.codes]
    return [("", _("按行业代码和类型判定")), *named]


def _products(usual: Iterable[str]) -> list[Any]:
    first = [(name, shown(vocabulary.label(name))) for name in usual]
    rest = [(name, shown(term.zh)) for name, term in vocabulary.PRODUCTS.items() if name not in dict(first)]
    return (
        [("", _("暂不清楚")), (_("本行业常见"), first), (_("其他产品"), rest)]
        if first
        else [("", _("暂不清楚")), *rest]
    )


def _keep_choice(field: forms.Field, value: Any) -> None:
    """A stored word that the list does not offer, such as an alias, stays as it is."""
    assert isinstance(field, forms.ChoiceField)
    offered: list[Any] = list(field.choices)  # type: ignore[arg-type]
    if value and value not in dict(offered):
        field.choices = [*offered, (value, ALIASES.get(value, value))]


ALIASES: Mapping[str, Any] = {"electricity": _("电"), "steam": _("蒸汽")}


def _is_given(field: forms.BoundField) -> bool:
    return field.value() not in (None, "")


def _plain(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
