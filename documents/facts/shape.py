"""Checks facts against their TypedDict: a template prints a missing value as nothing, and nobody would notice."""

from __future__ import annotations

import types
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict


def check(value: Any, shape: Any, path: str = "facts") -> None:
    """Raise ``TypeError`` naming the path of the first value that is missing, unknown or of the wrong type."""
    origin = get_origin(shape)
    if is_typeddict(shape):
        _check_keys(value, shape, path)
    elif origin is list:
        _expect(isinstance(value, list), path, "a list", value)
        for index, item in enumerate(value):
            check(item, get_args(shape)[0], f"{path}.{index}")
    elif origin is dict:
        _expect(isinstance(value, dict), path, "a dict", value)
    elif origin is Literal:
        _expect(value in get_args(shape), path, f"one of {get_args(shape)}", value)
    elif origin in {NotRequired, Required}:
        check(value, get_args(shape)[0], path)
    elif origin in {Union, types.UnionType}:
        raise AssertionError(f"{path}: unions are not used in facts")
    elif shape is not Any:
        _expect(type(value) is shape, path, shape.__name__, value)


def _check_keys(value: Any, shape: Any, path: str) -> None:
    _expect(isinstance(value, dict), path, shape.__name__, value)
    hints = get_type_hints(shape)
    if missing := sorted(shape.__required_keys__ - value.keys()):
        raise TypeError(f"{path}: missing {', '.join(missing)} ({shape.__name__})")
    if unknown := sorted(value.keys() - hints.keys()):
        raise TypeError(f"{path}: unknown {', '.join(unknown)} ({shape.__name__})")
    for key, item in value.items():
        check(item, hints[key], f"{path}.{key}")


def _expect(holds: bool, path: str, wanted: str, value: Any) -> None:
    if not holds:
        raise TypeError(f"{path}: expected {wanted}, got {value!r:.80}")
