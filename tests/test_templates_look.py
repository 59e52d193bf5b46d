"""The base templates: they compile, keep to the content security policy, and say what they should say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from approvals.errors import Blocker, GuardFailed, NotYours, WrongState
from approvals.rules.answer import Answer, Question, Reason
from approvals.templatetags import landing

ROOT = Path(settings.BASE_DIR)
HOME = ROOT / "config" / "templates"
TEMPLATES = sorted(HOME.rglob("*.html"))
# Everything a browser may show; the layouts of papers are for the PDF renderer and not among them.
PAGES = [
    path
    for path in sorted(ROOT.glob("*/**/templates/**/*.html"))
    if ".venv" not in path.parts and ("documents" not in path.relative_to(ROOT).parts[:1] or "pages" in path.parts)
]
TONES = ["neutral", "info", "success", "warning", "danger"]
STATES = ["done", "done", "done", "done", "current", "ahead", "ahead"]
LABELS = ["受理登记", "签约", "承诺制", "标准地", "全代办", "开工核验", "已开工"]


class ExampleForm(forms.Form):
    name = forms.CharField(label="项目名称", max_length=20, help_text="与备案证明一致")
    kind = forms.ChoiceField(label="协议类型", choices=[("a", "框架协议"), ("b", "正式合同")])
    route = forms.ChoiceField(
        label="办理方式", widget=forms.RadioSelect, choices=[("c", "走承诺制：告知、承诺、公示、决定"), ("o", "按一般程序")]
    )
    matters = forms.MultipleChoiceField(
        label="承诺事项",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("M01", "节能审查"), ("M02", "水土保持方案审批")],
    )
    sensitive = forms.NullBooleanField(label="是否位于环境敏感区", help_text="不清楚的，由审批部门核实", required=False)
    agree = forms.BooleanField(label="以上内容属实")
    starts_on = forms.DateField(label="计划开工日期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    paper = forms.FileField(label="投资协议扫描件", required=False)
    summary = forms.CharField(label="建设内容", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class EnergyForm(forms.Form):
    carrier = forms.ChoiceField(label="能源品种", choices=[("", "—"), ("electricity", "电"), ("gas", "天然气")])
    quantity = forms.DecimalField(label="年消费量", required=False)


class FilterForm(forms.Form):
    q = forms.CharField(label="项目或企业", required=False)
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部"), ("signing", "签约")])


EnergyFormSet = forms.formset_factory(EnergyForm, extra=2)


def due(remaining: int | None, **more: Any) -> dict[str, Any]:
    return {"on": date(2026, 11, 24), "remaining": remaining, **more}


def answer(**changes: Any) -> Answer:
    base: dict[str, Any] = {
        "kind": "eia",
        "outcome": "report_table",
        "on": date(2026, 11, 24),
        "edition": "eia-2021",
        "sha256": "ab" * 32,
        "source": "《建设项目环境影响评价分类管理名录（2021年版）》",
        "headline": "本项目应当编制环境影响报告表，不需要编制报告书",
        "reasons": (
            Reason("原纸外购，只做分切和包装，属于纸制品制造", "有涂布、浸渍、印刷、粘胶工艺的", "名录第二十二类第 38 项", True),
            Reason("锅炉不单独编制", "", "名录第四条"),
        ),
        "trace": ({"row": 38, "holds": True, "facts_used": "工艺=粘胶"}, {"row": 37, "holds": False, "facts_used": None}),
        "duties": ("开工前取得批复", "投产前办理排污许可"),
        "warnings": ("开发区规划环评是否仍然有效，待生态环境部门确认",),
    }
    return Answer(**{**base, **changes})


def example_context() -> dict[str, Any]:
    """What the gallery shows: every component with data of the right shape."""
    return {
        "request": RequestFactory().get("/gallery/", {"page": "2", "stage": "signing"}),
        "demo": True,
        "user": {"is_authenticated": True, "name": "代办张", "get_username": "handler"},
        "user_role": "代办员",
        "navigation": [
            {"label": "待办", "url": "#", "active": True, "count": 12},
            {"label": "项目", "url": "#", "active": False, "count": None},
            {"label": "办件台账", "url": "#", "active": False, "count": None},
            {"label": "宗地", "url": "#", "active": False, "count": None},
        ],
        "investment": Decimal("82000"),
        "stages": [
            {"code": str(n), "label": label, "state": state, "url": "#" if state == "done" else "", "note": note}
            for n, (label, state, note) in enumerate(
                zip(LABELS, STATES, ["3月2日", "3月9日", "4月1日", "5月12日", "还差 2 项", "", ""], strict=True)
            )
        ],
        "next_step": {
            "title": "补齐水土保持方案的两份材料",
            "yours": True,
            "who": "示例造纸有限公司",
            "why": "审批部门 11月18日 一次告知，补齐后审批期限继续计算。",
            "due": due(3, soon=True),
            "blockers": [Blocker("a", "缺少材料：弃土场选址意见", "《行政许可法》第三十二条"), Blocker("b", "缺少材料：防治责任范围图")],
            "actions": [
                {"label": "去补正", "url": "#", "primary": True},
                {"label": "申请撤回", "url": "#", "method": "post", "confirm": "撤回后须重新申报，确定吗？"},
            ],
        },
        "tabs": [
            {"label": "我的", "url": "#", "active": True, "count": 12},
            {"label": "本组", "url": "#", "active": False, "count": 4},
            {"label": "全部", "url": "#", "active": False, "count": None},
        ],
        "filters": FilterForm({"stage": "signing"}),
        "rows": [
            row("水土保持方案审批", "accepted", "审批中", due(-2, overdue=True)),
            row("节能审查", "supplementing", "补正中", due(9, paused=True)),
            row("建设工程规划许可", "submitted", "待受理", due(0)),
            row("施工许可", "draft", "待申报", due(18, provisional=True)),
            row("环评报告表审批", "granted", "准予", None),
        ],
        "page_obj": Paginator(range(60), 20).page(2),
        "checklist": [
            {"label": "土地出让合同", "state": "met", "detail": "5月12日签订", "basis": "《土地管理法》第五十四条"},
            {"label": "施工图审查合格", "state": "missing", "detail": "", "basis": "《建筑法》第八条"},
            {"label": "水土保持批复", "state": "waiting", "detail": "审批中，剩 3 个工作日", "basis": ""},
            {"label": "文物勘探", "state": "not_applicable", "detail": "已由区域评估覆盖", "basis": ""},
        ],
        "determination": answer(),
        "open_determination": answer(
            outcome="needs_input",
            headline="尚不能判定是否需要节能审查",
            missing=(Question("energy_lines.0.quantity", "天然气的年消费量是多少？"), Question("x", "是否使用余热？")),
            duties=(),
        ),
        "form": ExampleForm({"name": "一" * 30, "kind": "a", "route": "c", "sensitive": "unknown"}),
        "formset": EnergyFormSet(prefix="energy"),
        "thread": [
            {"by": "示例造纸有限公司", "role": "企业", "at": datetime(2026, 11, 20, 1, 5, tzinfo=UTC), "text": "弃土场由园区统一安排，还要意见吗？"},
            {"by": "代办张", "role": "代办员", "at": datetime(2026, 11, 20, 2, 0, tzinfo=UTC), "text": "要园区的说明，一页纸就可以。", "own": True, "unread": True},
        ],
        "facts": [
            {"label": "总投资", "value": "82,000 万元"},
            {"label": "年综合能耗", "value": None},
            {"label": "位于开发区", "value": True},
            {"label": "备案日期", "value": date(2026, 3, 2), "is_date": True, "note": "由平台抄录"},
        ],
        "documents": [
            {"title": "受理通知书", "number": "示审受〔2026〕12号", "issued_on": date(2026, 11, 3), "state_label": "有效", "tone": "success", "download_url": "#", "verify_url": "#", "size": 84211},
            {"title": "补正通知书", "number": "示审补〔2026〕3号", "issued_on": date(2026, 11, 18), "state_label": "已被替代", "tone": "warning", "void": True, "download_url": "#"},
        ],
        "events": [
            {"at": datetime(2026, 11, 18, 2, 30, tzinfo=UTC), "who": "审批王", "what": "发出补正通知书", "detail": "一次告知 2 项", "tone": "warning"},
            {"on": date(2026, 11, 3), "who": "审批王", "what": "受理水土保持方案", "detail": ""},
        ],
        "refusal": GuardFailed("申请材料不齐，不能受理", blockers=[Blocker("a", "缺少材料：立项批复", "《行政许可法》第三十二条")]),
        "tones": TONES,
        "csrf_token": "token",
    }


def row(matter: str, state: str, label: str, limit: dict[str, Any] | None) -> dict[str, Any]:
    return {"matter": matter, "number": "示〔2026〕12", "project": "年产 6 万吨生活用纸", "state": state, "label": label, "due": limit}
