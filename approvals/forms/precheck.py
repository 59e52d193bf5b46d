"""One form per kind of question of the pre-check. Everything may be answered with "do not know"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.precheck_fields import (
    FILL,
    UNSURE,
    YES_NO,
    amount_field,
    boxes,
    option,
    plain,
    radio,
    unsure_box,
)
from approvals.language import in_english
from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.precheck.answers import State
from approvals.rules.precheck.questions import RAW, Question, ask_of, help_of, is_yes_no
from approvals.rules.precheck.trials import named_values
from approvals.selectors.languages import shown


@dataclass(frozen=True, slots=True)
class Page:
    """The question to show, whose it is, and the names of the facts to ask."""

    question: Question
    state: State
    index: int | None
    names: tuple[str, ...]
    on: date

    @property
    def given(self) -> dict[str, Any]:
        """The answers that stand there already."""
        if self.index is None:
            return dict(self.state.facts)
        return self.state.rows("energy_lines" if self.question.about == "energy_line" else "activities")[self.index]

    def path(self, name: str) -> str:
        return name if self.index is None else f"activities.{self.index}.{name}"


class PageForm(forms.Form):
    """``values()`` is what ``rules.precheck.answers`` takes for the kind of the question."""

    template = "fields"

    def __init__(self, page: Page, data: Any = None) -> None:
        super().__init__(data)
        self.page = page
        self.build(page)

    def build(self, page: Page) -> None:
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        raise NotImplementedError


class FactsPage(PageForm):
    """Yes, no or not known; and numbers, each with a box for "do not know"."""

    template = "facts"

    def build(self, page: Page) -> None:
        for name in page.names:
            known, unsure = page.given.get(name), page.path(name) in page.state.unsure
            if is_yes_no(name):
                initial = str(known) if known is not None else UNSURE if unsure else None
                self.fields[name] = radio(YES_NO, shown(ask_of(name)), shown(help_of(name)), initial)
            else:
                self.fields[name] = amount_field(name, known)
                self.fields[f"{name}-{UNSURE}"] = unsure_box(initial=unsure)

    def rows(self) -> list[dict[str, Any]]:
        """Each fact with the box that belongs to it."""
        boxes = {name: self[f"{name}-{UNSURE}"] for name in self.page.names if f"{name}-{UNSURE}" in self.fields}
        return [{"field": self[name], "unsure": boxes.get(name)} for name in self.page.names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.page.names:
            if f"{name}-{UNSURE}" not in self.fields or name in self.errors:
                continue
            if cleaned.get(name) is None and not cleaned.get(f"{name}-{UNSURE}"):
                self.add_error(name, FILL)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self._value(name) for name in self.page.names}

    def _value(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if is_yes_no(name):
            return None if value == UNSURE else value == "True"
        return None if self.cleaned_data[f"{name}-{UNSURE}"] else plain(value)


class ChoicePage(PageForm):
    """One fact from a closed list."""

    def build(self, page: Page) -> None:
        (name,) = page.names
        unsure = page.path(name) in page.state.unsure
        choices = [*_choices(name, page), (UNSURE, _("不清楚"))]
        self.fields[name] = radio(
            choices, shown(page.question.title), "", page.given.get(name) or (UNSURE if unsure else None)
        )

    def values(self) -> dict[str, Any]:
        (name,) = self.page.names
        value = self.cleaned_data[name]
        return {name: None if value == UNSURE else value}


class NoneOrAmountPage(PageForm):
    """Whether there is any, and how much."""

    def build(self, page: Page) -> None:
        (name,) = page.names
        known, unsure = page.given.get(name), page.path(name) in page.state.unsure
        initial = UNSURE if unsure else None if known is None else "none" if Decimal(known) == 0 else "some"
        choices = [("none", shown(page.question.words["none"]["ask"])), ("some", _("有")), (UNSURE, _("不清楚"))]
        self.fields["any"] = radio(choices, shown(page.question.title), "", initial)
        self.fields["amount"] = amount_field(name, None if initial != "some" else known)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("any") == "some" and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("请填合计数，算不出来就选“不清楚”。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        (name,) = self.page.names
        amount = {"none": "0", "some": plain(self.cleaned_data["amount"])}.get(self.cleaned_data["any"])
        return {name: amount}


class BoxesPage(PageForm):
    """Boxes to tick, and one each for "none of these" and "do not know": a tick can be taken back, a radio cannot."""

    template = "boxes"
    none: Any = _("都没有")

    def offer(self, name: str, entries: dict[str, dict[str, str]], given: list[str], rest: list[str]) -> None:
        self.fields[name] = boxes(_offered(entries), given, shown(self.page.question.title))
        self.fields["rest"] = boxes([("none", self.none), (UNSURE, _("不清楚"))], rest, _("或者"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked = [name for name in self.fields if name != "rest" and cleaned.get(name)]
        rest = cleaned.get("rest") or []
        if (ticked and rest) or len(rest) > 1:
            self.add_error("rest", _("选得互相矛盾：要么勾具体的，要么只勾最后的一项。"))
        elif not ticked and not rest:
            self.add_error("rest", _("请勾选；一样都没有的，勾最后的“{}”。").format(self.none))
        return cleaned

    def ticked(self, name: str) -> Any:
        """What was ticked; None for "do not know"."""
        return None if UNSURE in self.cleaned_data["rest"] else self.cleaned_data[name]


class WorksPage(BoxesPage):
    """Works built by themselves."""

    def build(self, page: Page) -> None:
        given = [row["kind"] for row in page.state.rows("activities") if "gb4754" not in row]
        none = page.state.facts.get("works_known") and not given
        unsure = "works" in page.state.unsure
        self.offer("kinds", RAW["works"], given, [UNSURE] if unsure else ["none"] if none else [])

    def values(self) -> dict[str, Any]:
        return {"kinds": self.ticked("kinds")}


class EnergyPage(BoxesPage):
    """The kinds of energy."""

    none = _("什么能源都不用")

    def build(self, page: Page) -> None:
        given = [row["carrier"] for row in page.state.rows("energy_lines")]
        none = page.state.facts.get("energy_lines") == []
        unsure = "energy_lines" in page.state.unsure
        self.offer("carriers", RAW["energy"], given, [UNSURE] if unsure else ["none"] if none else [])

    def values(self) -> dict[str, Any]:
        return {"carriers": self.ticked("carriers")}


class ProcessesPage(PageForm):
    """The complete list of steps; "something else" keeps open what the known ones do not settle."""

    template = "processes"

    def build(self, page: Page) -> None:
        known = page.given.get("processes")
        chosen = [token or "other" for token in known or ()]
        usual, rest = offered_processes(page)
        self.fields["processes"] = boxes(
            [*usual, ("other", _("还有别的工序，这里没有列出"))], chosen, shown(page.question.title)
        )
        self.fields["more"] = boxes(rest, chosen, _("全部工序"))
        unsure = page.path("processes") in page.state.unsure
        choices = [("all", _("工序都勾全了")), (UNSURE, _("工艺还没定，说不清"))]
        self.fields["rest"] = radio(choices, _("工序勾全了吗？"), "", UNSURE if unsure else "all" if known else None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("rest") == "all" and not [*cleaned.get("processes", ()), *cleaned.get("more", ())]:
            self.add_error("processes", _("请把有的工序勾上；还没定的，选“工艺还没定”。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        if self.cleaned_data["rest"] == UNSURE:
            return {"processes": None}
        ticked = [*self.cleaned_data["processes"], *self.cleaned_data["more"]]
        return {"processes": [None if step == "other" else step for step in ticked]}

    @property
    def more_ticked(self) -> bool:
        """Whether the list that unfolds holds an answer."""
        offered = {str(value) for value, _label in self.fields["more"].choices}  # type: ignore[attr-defined]
        return not offered.isdisjoint(map(str, self["more"].value() or ()))


def offered_processes(page: Page) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]]]:
    """The steps shown first: those usual in the trade and those that the catalogue row names; then all others."""
    activity = page.given
    industry = vocabulary.INDUSTRIES.get(activity.get("gb4754", ""))
    usual = list(RAW["usual_processes"].get(industry.group if industry else "", ()))
    usual += [token for token in named_values("processes", activity, page.on) if token not in usual]
    rest = [name for name in vocabulary.PROCESSES if name not in usual]
    return [_process(name) for name in usual], [_process(name) for name in rest]


def _process(name: str) -> tuple[str, Any]:
    """Where the shop floor has its own word, the example alone stands below it."""
    term, words = vocabulary.PROCESSES[name], RAW["process_words"].get(name)
    example = term.help[term.help.find("例如") :] if words and not in_english() else shown(term.help)
    return name, option(shown(words or term.zh), example)


def _choices(name: str, page: Page) -> list[tuple[str, Any]]:
    if name == "nature":
        return [(key, option(shown(term.zh), shown(term.help))) for key, term in vocabulary.NATURES.items()]
    rows = catalogue_on(page.on).rows_of(page.given)
    known = [token for row in rows for token in sorted(row.products)]
    tokens = dict.fromkeys([*named_values(name, page.given, page.on), *known, "other_product"])
    return [(token, option(shown(vocabulary.label(token)), shown(vocabulary.PRODUCTS[token].help))) for token in tokens]


def _offered(entries: dict[str, dict[str, str]]) -> list[tuple[str, Any]]:
    return [(name, option(shown(words["ask"]), shown(words["help"]))) for name, words in entries.items()]
