"""A pre-check in words: headings, the answers given, and what is still to be found out, for the page and the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from approvals.language import in_english
from approvals.rules import vocabulary
from approvals.rules.answer import Answer
from approvals.rules.precheck.answers import State, page_of
from approvals.rules.precheck.questions import RAW, Question, ask_of, help_of, is_yes_no, question_for, unit_of
from approvals.rules.precheck.results import Results
from approvals.selectors.fact_sheet import in_words
from approvals.selectors.languages import colon, shown, space


@dataclass(frozen=True, slots=True)
class Given:
    """One page that was answered: ``key`` leads back to it. ``lines`` are label and value; "" is not known."""

    key: str
    heading: str
    lines: tuple[tuple[str, str], ...]


def heading(question: Question, state: State, index: int | None) -> str:
    """The title, with the product line or fuel that it is about."""
    title = shown(question.title)
    if index is None:
        return title
    if question.about == "energy_line":
        return f"{carrier_words(state.rows('energy_lines')[index])}{colon()}{title}"
    lines = state.rows("activities")
    return f"{shown(lines[index]['title'])}{colon()}{title}" if len(lines) > 1 else title


def given(state: State) -> tuple[Given, ...]:
    """Every page that was answered, in order."""
    found = []
    for key in state.trail:
        if page := page_of(key, state):
            question, index = page
            found.append(Given(key, heading(question, state, index), tuple(_lines(question, index, state))))
    return tuple(found)


def in_plain_words(answer: Answer, name: str, now: Results, state: State) -> dict[str, Any]:
    """An answer as JSON whose questions are those of the pre-check."""
    paths = [path for path, waiting in now.missing.items() if name in waiting and not _only_assumed(path, answer)]
    asked = dict.fromkeys(text for path in paths if (text := to_find_out(path, state, answer)))
    return answer.as_json() | {"missing": [{"fact": "", "text": text} for text in asked]}


def to_find_out(path: str, state: State, answer: Answer | None = None) -> str:
    """What has to be known before there is an answer, and where to look for it."""
    question = question_for(path)
    name = path.rpartition(".")[2]
    if question is None or question.kind == "heat_value":
        texts = [asked.text for asked in (answer.missing if answer else ()) if asked.fact == path]
        return texts[0] if texts else ""
    if question.kind == "energy_amounts":
        return _amount_to_find_out(state.rows("energy_lines")[int(path.split(".")[1])], name, question)
    index = int(path.split(".")[1]) if question.about == "activity" else None
    title = heading(question, state, index)
    if question.kind != "facts" or name not in question.facts:
        return f"{title}{space()}{shown(question.help)}"
    several = index is not None and len(state.rows("activities")) > 1
    about = f"{shown(state.rows('activities')[index or 0]['title'])}{colon()}" if several else ""
    return f"{about}{shown(ask_of(name))}{space()}{shown(help_of(name))}"


def _amount_to_find_out(line: Mapping[str, Any], name: str, question: Question) -> str:
    about, where = f"{carrier_words(line)}{colon()}", shown(RAW["energy"][line["carrier"]]["help"])
    return f"{about}{where}" if name == "carrier" else f"{about}{shown(question.title)}{space()}{where}"


def _only_assumed(path: str, answer: Answer) -> bool:
    """The nature of the works is read with a default: an answer that stands does not wait for it."""
    return path == "nature" and answer.is_known


def _lines(question: Question, index: int | None, state: State) -> Iterator[tuple[str, str]]:
    match question.kind:
        case "lines":
            names = [shown(row["title"]) for row in state.rows("activities") if "gb4754" in row]
            yield "", _joined(names) or _("不做产品")
        case "works":
            names = [shown(row["title"]) for row in state.rows("activities") if "gb4754" not in row]
            yield "", (_joined(names) or _("都没有")) if state.facts.get("works_known") else ""
        case "energy":
            lines = state.facts.get("energy_lines")
            yield "", "" if lines is None else _joined(map(carrier_words, lines)) or _("什么能源都不用")
        case "energy_amounts":
            for line in state.rows("energy_lines"):
                yield carrier_words(line), _quantity(line.get("quantity"), line["unit"])
        case "heat_value":
            line = state.rows("energy_lines")[index or 0]
            yield _("折标准煤系数"), str(line.get("coefficient", line.get("density_kg_per_l", "")))
        case "boilers":
            yield "", _boilers(state.facts.get("boilers"))
        case _:
            yield from _facts(question, index, state)


def _facts(question: Question, index: int | None, state: State) -> Iterator[tuple[str, str]]:
    row = state.facts if index is None else state.rows("activities")[index]
    prefix = "" if index is None else f"activities.{index}."
    for name in question.facts:
        if name in row or prefix + name in state.unsure:
            label = "" if question.kind in {"choice", "processes", "none_or_amount"} else shown(ask_of(name))
            yield label, _value(name, row.get(name))


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "processes":
        return _joined(
            shown(RAW["process_words"].get(step, vocabulary.label(step))) if step else _("还有别的") for step in value
        )
    if name == "nature":
        return shown(vocabulary.NATURES[value].zh)
    if is_yes_no(name) or vocabulary.FACTS.get(name, vocabulary.FACTS["nature"]).type == "choice":
        return shown(in_words(name, value))
    return _quantity(value, shown(unit_of(name)).removesuffix("/年").removesuffix("/year"))


def _quantity(value: Any, unit: str) -> str:
    if value is None:
        return ""
    words = unit.replace("万", "10,000 ") if in_english() else unit.replace("kWh", "千瓦时").replace("m3", "立方米")
    return f"{Decimal(value).normalize():,f} {words}"


def _boilers(boilers: Iterable[Mapping[str, Any]] | None) -> str:
    if boilers is None:
        return ""
    return _joined(map(_boiler, boilers)) or _("不上锅炉")


def _boiler(boiler: Mapping[str, Any]) -> str:
    capacity = _quantity(boiler.get("capacity_t_per_h"), shown("吨/小时"))
    return f"{shown(vocabulary.FUELS[boiler['fuel']].zh)} {capacity or _('蒸吨不清楚')}"


def carrier_words(line: Mapping[str, Any]) -> str:
    return shown(str(RAW["energy"][line["carrier"]]["ask"]))


def _joined(words: Iterable[str]) -> str:
    return (", " if in_english() else "、").join(words)
