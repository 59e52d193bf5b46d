"""Two people changed the same facts: what differs, which choice each difference offers, and the merged form data.

A choice is a field of the second form, so that the page needs no scripts and nothing is kept in between:
``choose-NAME`` for a single fact, ``choose-PREFIX-I-J`` for row I of the saved ones against row J of the form
(either may be empty). Its value is ``mine``, ``theirs`` or, for a pair of rows, ``both``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from approvals.forms.rows import RowFormSet

Words = Callable[[Mapping[str, Any]], str]
MINE, THEIRS, BOTH = "mine", "theirs", "both"

# What one takes a row for, so that a changed row is put against the same one and not against its neighbour.
KEYS: dict[str, tuple[str, ...]] = {
    "activities": ("title",),
    "energy_lines": ("carrier", "use"),
    "boilers": ("fuel",),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Row ``saved`` of the stored rows against form ``entered``; None where the other side has no such row.

    ``chosen``: what is kept unless the person says otherwise. No row is dropped by default that somebody added.
    """

    saved: int | None
    entered: int | None
    chosen: str

    def name(self, prefix: str) -> str:
        left, right = ("" if index is None else index for index in (self.saved, self.entered))
        return f"choose-{prefix}-{left}-{right}"


def differing_rows(
    formset: RowFormSet, saved: Sequence[Mapping[str, Any]], words: Words, *, name: str
) -> list[tuple[Pair, str, str]]:
    """Each differing row with its words on both sides. ``words``: a row in one line; equal lines are equal rows."""
    entered = dict(formset.numbered_rows())
    theirs = {index: words(row) for index, row in enumerate(saved)}
    mine = {index: words(row) for index, row in entered.items()}
    _drop_equal(theirs, mine)
    keys = ({i: _key(saved[i], name) for i in theirs}, {j: _key(entered[j], name) for j in mine})
    partner = dict(_paired(*keys, base=formset.initial_form_count()))
    deleted = formset.deleted_indexes()
    pairs = [Pair(i, partner.get(i), MINE if i in partner or i in deleted else THEIRS) for i in theirs]
    pairs += [Pair(None, j, MINE) for j in mine if j not in partner.values()]
    return [(pair, _of(theirs, pair.saved), _of(mine, pair.entered)) for pair in pairs]


def apply_choices(data: QueryDict, kept: forms.BaseForm, formsets: Mapping[str, RowFormSet], *, same: bool) -> None:
    """Write into ``data`` the saved values where the person chose them.

    Args:
        kept: an unbound form with what is saved, ``formsets`` likewise, by prefix.
        same: nobody saved in between again; otherwise the rows that were chosen are not those that are saved now.
    """
    for name in kept.fields.keys() - {"version"}:
        if data.get(f"choose-{name}") == THEIRS:
            _write(data, name, kept[name])
    for name, formset in formsets.items() if same else ():
        _apply_rows(data, name, formset)


def _apply_rows(data: QueryDict, prefix: str, saved: RowFormSet) -> None:
    pattern = re.compile(rf"choose-{prefix}-(\d*)-(\d*)")
    for field, choice in list(data.items()):
        found = pattern.fullmatch(field)
        if found is None or not any(found.groups()):
            continue
        left, right = (int(text) if text else None for text in found.groups())
        if choice == THEIRS and left is None:
            data[f"{prefix}-{right}-DELETE"] = "on"
        elif choice in {THEIRS, BOTH} and left is not None and left < saved.initial_form_count():
            takes_the_place = choice == THEIRS and right is not None
            _write_row(data, prefix, saved.forms[left], right if takes_the_place else None)


def _write_row(data: QueryDict, prefix: str, saved: forms.BaseForm, place: int | None) -> None:
    """The saved row in the place of one of the form, or behind the last."""
    total = f"{prefix}-TOTAL_FORMS"
    if place is None:
        place = int(str(data[total]))
        data[total] = str(place + 1)
    data.pop(f"{prefix}-{place}-DELETE", None)
    for name in saved.fields.keys() - {"DELETE"}:
        _write(data, f"{prefix}-{place}-{name}", saved[name])


def _write(data: QueryDict, name: str, field: forms.BoundField) -> None:
    """As the browser would send it."""
    value = field.value()
    if value is None and isinstance(field.field, forms.MultipleChoiceField):
        data.pop(name, None)
        return
    words = value if isinstance(value, list) else ["" if value is None else value]
    data.setlist(name, [str(word) for word in words])


def _of(lines: dict[int, str], index: int | None) -> str:
    return "" if index is None else lines[index]


def _drop_equal(theirs: dict[int, str], mine: dict[int, str]) -> None:
    """Equal rows, wherever they stand, are the same."""
    for index, words in list(mine.items()):
        same = next((other for other, their_words in theirs.items() if their_words == words), None)
        if same is not None:
            del theirs[same], mine[index]


def _paired(theirs: dict[int, Any], mine: dict[int, Any], *, base: int) -> Iterable[tuple[int, int]]:
    """By what one takes them for; then by place, among the rows that were there when the person began."""
    left, right = dict(theirs), dict(mine)
    for index, key in list(right.items()):
        same = next((other for other, their_key in left.items() if their_key == key), None)
        if same is not None:
            yield same, index
            del left[same], right[index]
    for index in right:
        if index in left and index < base:
            yield index, index


def _key(row: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(row.get(part) for part in KEYS[name])
