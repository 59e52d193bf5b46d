"""A few phrases for everybody, so that the library has something to show. Texts only; none of them states law."""

from __future__ import annotations

from django.apps import apps

PHRASES = (
    ("supplement", "扫描件不清晰，请重新提交清晰、完整的一份"),
    ("supplement", "缺少签字或者单位公章，请补齐后提交"),
    ("supplement", "材料与申请表所填内容不一致，请核对后重新提交"),
    ("decline", "申请事项不属于本机关职权范围"),
    ("reason", "申请材料齐全，内容相互一致，符合该事项的办理条件"),
    ("return", "审查意见没有逐条说明理由，请补充后重新提出"),
)


def build_phrases() -> None:
    """Once: a library that somebody has begun is left alone. It belongs to the package above, so found by name."""
    phrase = apps.get_model("workflows", "Phrase")
    if not phrase._default_manager.exists():
        phrase._default_manager.bulk_create([phrase(kind=kind, text=text) for kind, text in PHRASES])
