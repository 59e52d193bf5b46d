"""The production processes of the vocabulary, grouped by trade, as checkboxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.rules import vocabulary
from approvals.selectors.languages import shown_later

# The first process of each group, in the vocabulary's own order, and the key industries it belongs to.
_GROUPS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("cutting", _("通用加工"), frozenset(vocabulary.GROUPS)),
    ("coating", _("涂装与表面处理"), frozenset({"home_appliances", "furniture"})),
    ("plastic_injection", _("塑料、橡胶、铸造"), frozenset({"home_appliances"})),
    ("fermentation", _("食品饮料"), frozenset({"fruit_juice", "chinese_medicine"})),
    ("granulation", _("制药"), frozenset({"chinese_medicine"})),
    ("pretreatment", _("纺织印染"), frozenset({"textiles_clothing"})),
    ("gluing", _("木材与胶合"), frozenset({"furniture", "automotive_glass"})),
    ("papermaking", _("造纸与印刷"), frozenset({"household_paper"})),
    ("forming", _("玻璃与陶瓷"), frozenset({"automotive_glass", "building_sanitary_ceramics"})),
    ("chemical_synthesis", _("化工"), frozenset()),
    ("slaughter", _("屠宰与熟制"), frozenset()),
    ("shipbuilding", _("船舶"), frozenset()),
    ("hw_utilisation_disposal", _("废物处理"), frozenset()),
)


def grouped_processes() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every process exactly once: a group runs to the first process of the next."""
    titles = {first: title for first, title, _industries in _GROUPS}
    groups: list[tuple[Any, list[tuple[str, str]]]] = []
    for name, term in vocabulary.PROCESSES.items():
        if name in titles or not groups:
            groups.append((titles.get(name, _("其他")), []))
        groups[-1][1].append((name, shown_later(term.zh)))
    return groups


def usual_groups(industry_group: str) -> frozenset[str]:
    """Titles of the groups that are shown open for an industry."""
    return frozenset(str(title) for _first, title, industries in _GROUPS if industry_group in industries)


class ProcessesWidget(forms.CheckboxSelectMultiple):
    """Groups that are usual in the industry or hold a tick are open; the others unfold."""

    template_name = "approvals/widgets/processes.html"
    usual: frozenset[str] = frozenset()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["groups"] = [
            {"title": title, "options": options, "open": str(title) in self.usual or _has_tick(options)}
            for title, options, _index in context["widget"]["optgroups"]
        ]
        return context


class ProcessesField(forms.MultipleChoiceField):
    """The complete list of processes. Nothing ticked is "not known yet": nobody makes anything without a process."""

    widget = ProcessesWidget

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=grouped_processes(), required=False, **options)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


def _has_tick(options: list[dict[str, Any]]) -> bool:
    return any(option["selected"] for option in options)
