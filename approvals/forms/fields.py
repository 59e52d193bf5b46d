"""Form fields for facts that may be unknown, described in the words of the vocabulary."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from approvals.language import in_english
from approvals.rules import vocabulary
from approvals.rules.vocabulary import FactTerm
from approvals.selectors.languages import fact_label, shown_later

YES_NO_UNKNOWN = [("True", _("是")), ("False", _("否")), ("", _("暂不清楚"))]


class KnownField(forms.TypedChoiceField):
    """Yes, no, or not known yet: three equal choices, so that nobody answers by leaving a box alone."""

    widget = forms.RadioSelect(attrs={"class": "options--row"})

    def __init__(self, **options: Any) -> None:
        options |= {"choices": YES_NO_UNKNOWN, "coerce": lambda value: value == "True", "empty_value": None}
        super().__init__(**(options | {"required": False}))


class QuantityField(forms.DecimalField):
    """A non-negative quantity that may be left empty. Shown without the zeros that the database adds."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        options = {"max_digits": 18, "decimal_places": 4, "required": False} | options
        super().__init__(**options, validators=[MinValueValidator(0)])

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def described(field: models.Field, **options: Any) -> forms.Field | None:
    """The form field of a model field: label, unit and help come from the vocabulary where it knows the fact."""
    term = vocabulary.FACTS.get(field.name)
    words = _words(term) if term else {"label": field.verbose_name, "help_text": field.help_text}
    if isinstance(field, models.BooleanField) and field.null:
        return KnownField(**words)
    if isinstance(field, models.DecimalField):
        return QuantityField(
            **words, max_digits=field.max_digits, decimal_places=field.decimal_places, required=not field.blank
        )
    made = field.formfield(**(options | words))
    if isinstance(made, forms.ChoiceField) and field.choices and not field.has_default():
        made.choices = [("", _("暂不清楚") if field.blank else _("请选择")), *field.choices]
    return made


def fact_field(term: FactTerm) -> forms.Field:
    """The form field of a fact that has no column of its own."""
    if term.type == "bool":
        return KnownField(**_words(term))
    if term.type == "decimal":
        return QuantityField(**_words(term))
    return forms.CharField(required=False, max_length=80, **_words(term))


def _words(term: FactTerm) -> dict[str, Any]:
    return {"label": _label(term), "help_text": shown_later(term.help)}


def _in_words(term: FactTerm) -> str:
    if term.type == "bool":
        return term.en if in_english() else f"是否{term.zh}"
    return fact_label(term)


_label = lazy(_in_words, str)  # a form is written before anybody asks for its page
