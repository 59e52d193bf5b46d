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
from django.template import Context, engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import reverse
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
        label="办理方式",
        widget=forms.RadioSelect,
        choices=[("c", "走承诺制：告知、承诺、公示、决定"), ("o", "按一般程序")],
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
            Reason(
                "原纸外购，只做分切和包装，属于纸制品制造",
                "有涂布、浸渍、印刷、粘胶工艺的",
                "名录第二十二类第 38 项",
                True,
            ),
            Reason("锅炉不单独编制", "", "名录第四条"),
        ),
        "trace": (
            {"activity": "分切线", "row": 38, "column": "report_table", "clause": "有粘胶工艺的", "holds": True},
            {"activity": "锅炉", "row": None, "column": None, "clause": "不单独编制", "holds": None},
        ),
        "duties": ("开工前取得批复", "投产前办理排污许可"),
        "warnings": ("开发区规划环评是否仍然有效，待生态环境部门确认",),
    }
    return Answer(**{**base, **changes})


def example_context() -> dict[str, Any]:
    """What the gallery shows: every component with data of the right shape."""
    return {
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
        "title": "补齐水土保持方案的两份材料",
        "text": "审批部门 11月18日 一次告知，补齐后审批期限继续计算。",
        "yours": True,
        "who": "示例造纸有限公司",
        "action_url": "#",
        "action_label": "去补正",
        "blockers": [
            Blocker("a", "缺少材料：弃土场选址意见", "《行政许可法》第三十二条"),
            Blocker("b", "缺少材料：防治责任范围图"),
        ],
        "tabs": [
            {"label": "我的", "url": "#", "active": True, "count": 12},
            {"label": "本组", "url": "#", "active": False, "count": 4},
            {"label": "全部", "url": "#", "active": False, "count": None},
        ],
        "filters": FilterForm({"stage": "signing"}),
        "rows": [
            row("水土保持方案审批", "accepted", "审批中", -2, overdue=True),
            row("节能审查", "supplementing", "补正中", 9),
            row("建设工程规划许可", "submitted", "待受理", 0),
            row("施工许可", "draft", "待申报", 18, provisional=True),
            row("环评报告表审批", "granted", "准予", 2),
        ],
        "page": Paginator(range(60), 20).page(2),
        "conditions": [
            {"label": "土地出让合同", "state": "met", "detail": "5月12日签订", "basis": "《土地管理法》第五十四条"},
            {"label": "施工图审查合格", "state": "missing", "detail": "", "basis": "《建筑法》第八条"},
            {"label": "水土保持批复", "state": "waiting", "detail": "审批中，剩 3 个工作日", "basis": ""},
            {"label": "文物勘探", "state": "not_applicable", "detail": "已由区域评估覆盖", "basis": ""},
        ],
        "answer": answer().as_json(),
        "open_answer": answer(
            outcome="needs_input",
            headline="尚不能判定是否需要节能审查",
            missing=(Question("energy_lines.0.quantity", "天然气的年消费量是多少？"), Question("x", "是否使用余热？")),
            duties=(),
        ).as_json(),
        "form": ExampleForm({"name": "一" * 30, "kind": "a", "route": "c", "sensitive": "unknown"}),
        "formset": EnergyFormSet(prefix="energy"),
        "message": {
            "text": "“节能审查”已受理，请下载受理通知书。",
            "created_at": datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
        },
        "due_on": date(2026, 11, 24),
        "remaining": 3,
        "facts": [
            {"label": "总投资", "value": "82,000 万元"},
            {"label": "年综合能耗", "value": None},
            {"label": "备案日期", "value": "2026年3月2日"},
        ],
        "paper": {
            "title": "受理通知书",
            "number": "示审受〔2026〕12号",
            "issued_on": date(2026, 11, 3),
            "url": "#",
            "verification_code": "7K2M-9QRT-44XW-0B3C",
        },
        "events": [
            {
                "at": datetime(2026, 11, 18, 2, 30, tzinfo=UTC),
                "who": "审批王",
                "text": "发出补正通知书",
                "detail": "一次告知 2 项",
                "tone": "warning",
            },
            {"at": datetime(2026, 11, 3, 1, 0, tzinfo=UTC), "who": "", "text": "受理水土保持方案"},
        ],
        "refusal": GuardFailed(
            "申请材料不齐，不能受理", blockers=[Blocker("a", "缺少材料：立项批复", "《行政许可法》第三十二条")]
        ),
        "tones": TONES,
        "csrf_token": "token",
    }


def row(matter: str, state: str, label: str, remaining: int | None, **more: bool) -> dict[str, Any]:
    return {"matter": matter, "state": state, "label": label, "remaining": remaining} | more


def render(name: str, **context: Any) -> str:
    return render_to_string(f"components/{name}.html", context)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOME)))
def test_every_template_compiles(path):
    assert get_template(str(path.relative_to(HOME)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_needs_more_than_the_content_security_policy_allows(path):
    source = path.read_text()
    assert not re.search(r"\sstyle\s*=", source), "write a class"
    assert "<style" not in source
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source), "listen in app.js"
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert "javascript:" not in source


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_loads_anything_from_elsewhere(path):
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", path.read_text())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_component_renders_with_its_example(language):
    with translation.override(language):
        html = render_to_string("gallery.html", example_context(), RequestFactory().get("/", {"page": "2"}))
    for heading in ("年产 6 万吨生活用纸项目", "缺少材料：弃土场选址意见", "水土保持方案审批", "受理通知书"):
        assert heading in html
    assert "style=" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("remaining", "overdue", "words"),
    [(5, False, "剩 5 个工作日"), (0, False, "今日到期"), (-2, True, "逾期 2 个工作日"), (0, True, "已逾期")],
)
def test_a_limit_is_said_in_words(remaining, overdue, words):
    assert words in render("due", due_on=date(2026, 11, 24), remaining=remaining, overdue=overdue)


def test_a_limit_of_an_unpublished_year_is_marked_provisional():
    assert "暂定" in render("due", due_on=date(2027, 2, 1), remaining=40, provisional=True)


def test_no_limit_is_said_too():
    assert "未设期限" in render("due", due_on=None)


def test_what_is_missing_is_counted_and_named_with_its_basis():
    html = render(
        "blockers", blockers=[Blocker("a", "缺少材料：立项批复", "《行政许可法》第三十二条"), Blocker("b", "未公示")]
    )
    for words in ("还差 2 项", "缺少材料：立项批复", "《行政许可法》第三十二条", "未公示"):
        assert words in html


def test_nothing_missing_shows_nothing():
    assert render("blockers", blockers=[]).strip() == ""


def test_zero_and_no_are_known_but_nothing_is_not():
    html = render(
        "facts", rows=[{"label": "煤", "value": 0}, {"label": "电", "value": None}, {"label": "气", "value": ""}]
    )
    assert html.count("未知") == 2
    assert "<dd>0</dd>" in html


def test_only_the_current_stage_is_the_current_step():
    html = render("stage_tracker", stages=example_context()["stages"])
    assert html.count('aria-current="step"') == 1
    assert "第 5 步，共 7 步" in html


@pytest.mark.parametrize("tone", TONES)
def test_a_tag_says_its_state_in_a_word(tone):
    assert ">审批中<" in render("tag", label="审批中", tone=tone)


def test_an_answer_shows_its_reason_clause_questions_and_trace():
    html = render("determination", answer=example_context()["open_answer"])
    for words in (
        "尚不能判定是否需要节能审查",
        "有涂布、浸渍、印刷、粘胶工艺的",
        "名录第四条",
        "天然气的年消费量是多少？",
    ):
        assert words in html
    assert "<details" in html


def test_a_form_says_what_is_wrong_on_top_and_beside_the_field():
    html = str(ExampleForm({"name": "一" * 30, "kind": "a", "route": "c", "agree": "on"}))
    assert "有 1 处需要修改" in html
    assert 'href="#id_name"' in html
    assert 'id="id_name_error"' in html
    assert "必填" in html


def test_every_control_of_a_form_has_a_label():
    html = str(ExampleForm())
    for name in ("name", "kind", "summary", "paper", "agree"):
        assert f'for="id_{name}"' in html
    assert html.count("<legend>") == 2


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (GuardFailed("材料不齐", blockers=[Blocker("a", "缺少立项批复", "《行政许可法》")]), "缺少立项批复"),
        (WrongState("办件已受理"), "刷新页面"),
        (NotYours("该事项不属于您的部门"), "该事项不属于您的部门"),
    ],
)
def test_a_refusal_says_why_and_that_nothing_changed(refusal, words):
    request = RequestFactory().get("/")
    for name in ("refusal.html", "_refusal.html"):
        html = render_to_string(name, {"refusal": refusal, "request": request})
        assert words in html
        assert "您的数据没有改变" in html


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_request_and_no_context(name):
    html = engines["django"].get_template(name).template.render(Context())
    assert "<h1>" in html
    assert 'href="/"' in html or f'href="{reverse("home")}"' in html


def test_dates_are_written_in_the_readers_language():
    day = date(2026, 11, 24)
    assert landing.cn_date(day) == "2026年11月24日"
    assert landing.cn_date("2026-11-24") == "2026年11月24日"
    assert landing.cn_date(None) == "—"
    with translation.override("en"):
        assert landing.cn_date(day) == "24 November 2026"


def test_an_instant_is_shown_in_the_legal_time_zone():
    assert landing.cn_datetime(datetime(2026, 11, 23, 17, 5, tzinfo=UTC)) == "2026年11月24日 01:05"


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (Decimal("82000"), "82,000 万元", "CNY 820,000,000"),
        (Decimal("999.50"), "999.5 万元", "CNY 9,995,000"),
        (Decimal("0"), "0 万元", "CNY 0"),
        (None, "未知", None),
    ],
)
def test_amounts_are_read_in_units_of_ten_thousand(amount, chinese, english):
    assert landing.wan(amount) == chinese
    if english:
        with translation.override("en"):
            assert landing.wan(amount) == english


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("granted", "success"),
        ("needs_human", "warning"),
        ("refused", "danger"),
        ("draft", "neutral"),
        (None, "neutral"),
    ],
)
def test_a_state_has_a_tone(state, tone):
    assert landing.tone_for(state) == tone


CHINESE = re.compile(r"[\u4e00-\u9fff]+")
OURS = [path for path in TEMPLATES if path.name not in {"gallery.html", "500.html"}]


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(HOME)))
def test_every_string_of_the_base_templates_is_translated(path):
    source = path.read_text()
    strings = re.findall(r'translate "([^"]+)"', source) + re.findall(r'_\("([^"]+)"\)', source)
    blocks = re.findall(r"{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate)", source, re.S)
    strings += [re.sub(r"{{ (\w+) }}", r"%(\1)s", block.strip()) for block in blocks]
    with translation.override("en"):
        assert [text for text in strings if CHINESE.search(translation.gettext(text))] == []
