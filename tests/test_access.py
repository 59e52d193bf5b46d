"""Who may open which page. What one may not see does not exist: in lists, pages, files and by id.

``AUDIENCES`` is the permission matrix, written by hand: a view whose audience changes has to change it here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from approvals.accounts.access import EVERYONE, PUBLIC, SIGNED_IN, STAFF
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, ADMINISTER, APPROVE, HANDLE, LEAD, SUPERVISE, standing
from approvals.models import Precheck
from tests.cases import TODAY, Case, foreign_case, hand_in, home_case, make_application

AUDIENCES: dict[str, tuple[str, ...]] = {
    "home": (PUBLIC,),
    "start": (SIGNED_IN,),
    "healthz": (PUBLIC,),
    "login": (PUBLIC,),
    "logout": (PUBLIC,),
    "set_language": (PUBLIC,),
    "documents:verify": (PUBLIC,),
    "approvals:precheck": (PUBLIC,),
    "approvals:precheck-find": (PUBLIC,),
    "approvals:precheck-result": (PUBLIC,),
    "approvals:precheck-next": (PUBLIC,),
    "approvals:precheck-paper": (PUBLIC,),
    "approvals:precheck-question": (PUBLIC,),
    "approvals:projects": EVERYONE,
    "approvals:project-new": (HANDLE, ACT_FOR_ENTERPRISE),
    "approvals:project": EVERYONE,
    "approvals:facts": EVERYONE,
    "approvals:determinations": EVERYONE,
    "approvals:pledge": EVERYONE,
    "approvals:pledge-change": (ACT_FOR_ENTERPRISE,),
    "approvals:pledge-ordinary": (HANDLE,),
    "approvals:pledge-annul": (APPROVE,),
    "approvals:pledge-check": (APPROVE,),
    "approvals:credit-record": (APPROVE,),
    "approvals:credit-repair": (APPROVE,),
    "approvals:override": (HANDLE,),
    "approvals:override-withdraw": (HANDLE,),
    "approvals:stage": EVERYONE,
    "approvals:matters": EVERYONE,
    "approvals:evidence": (HANDLE, ACT_FOR_ENTERPRISE),
    "approvals:land-delay": (HANDLE,),
    "approvals:land-delay-end": (HANDLE,),
    "approvals:area-services": (*EVERYONE, ADMINISTER),
    "approvals:areas": (ADMINISTER,),
    "approvals:area-result": (ADMINISTER,),
    "approvals:area-result-end": (ADMINISTER,),
    "approvals:joint": EVERYONE,
    "approvals:joint-start": (APPROVE,),
    "approvals:joint-dissolve": (APPROVE,),
    "approvals:joint-take-out": (APPROVE,),
    "approvals:hearing": (ACT_FOR_ENTERPRISE,),
    "approvals:consultation-ask": (APPROVE,),
    "approvals:consultation-withdraw": (APPROVE,),
    "approvals:plan": EVERYONE,
    "approvals:plan-wish": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:documents": EVERYONE,
    "approvals:history": EVERYONE,
    "approvals:application": EVERYONE,
    "approvals:clock": EVERYONE,
    "approvals:calendar": (ADMINISTER,),
    "approvals:calendar-apply": (ADMINISTER,),
    "approvals:calendar-correct": (ADMINISTER,),
    "approvals:hand-in": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:promise": (ACT_FOR_ENTERPRISE,),
    "approvals:submit": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:withdraw": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:act": STAFF,
    "approvals:follow-up": EVERYONE,
    "approvals:fulfil": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:demand": (SUPERVISE,),
    "approvals:handovers": (APPROVE, SUPERVISE),
    "approvals:area-follow-up": (SUPERVISE, LEAD),
    "approvals:area-promises": (SUPERVISE, LEAD),
    "approvals:document": EVERYONE,
    "approvals:again": (ACT_FOR_ENTERPRISE, HANDLE),
    "approvals:attachment": (*EVERYONE, ADMINISTER),
    "approvals:rule-impact": (ADMINISTER, SUPERVISE),
    "approvals:rules": (PUBLIC,),
    "approvals:rule-compare": (PUBLIC,),
    "approvals:rule-edition": (PUBLIC,),
    "approvals:rule": (PUBLIC,),
    "approvals:messages": EVERYONE,
    "approvals:away": (HANDLE, LEAD, APPROVE, ADMINISTER),
    "approvals:back": (HANDLE, LEAD, APPROVE, ADMINISTER),
    "approvals:message-read": EVERYONE,
    "approvals:messages-read": EVERYONE,
    "workflows:inbox": STAFF,
    "workflows:several": STAFF,
    "workflows:phrases": (APPROVE,),
    "workflows:phrase-retire": (APPROVE,),
    "workflows:shelve": STAFF,
    "workflows:unshelve": STAFF,
    "workflows:my": (ACT_FOR_ENTERPRISE,),
    "workflows:supervision": (SUPERVISE, LEAD),
    "workflows:task": EVERYONE,
    "workflows:do": EVERYONE,
    "workflows:claim": EVERYONE,
    "workflows:release": EVERYONE,
    "workflows:transfer": STAFF,
    "workflows:raise-objection": (APPROVE,),
    "workflows:resolve-objection": (APPROVE,),
}
ROLES = ("handler", "lead", "approver", "supervisor", "owner")
WITHOUT_CASE = ("administrator", "energy_approver", "stranger")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def home(world) -> Case:
    return home_case(world)


@pytest.fixture
def foreign(world) -> Case:
    return foreign_case(world)


def views() -> Iterator[tuple[str, URLPattern]]:
    """Every URL by its full name, without Django's own admin."""
    yield from _views(get_resolver(), "")


def _views(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry
        elif entry.app_name != "admin":
            yield from _views(entry, f"{entry.namespace}:" if entry.namespace else space)


def test_every_url_says_who_may_open_it():
    silent = [name for name, entry in views() if not hasattr(entry.callback, "audience")]
    assert silent == []


def test_the_matrix_is_complete_and_true():
    assert {name: set(entry.callback.audience) for name, entry in views()} == {
        name: set(audience) for name, audience in AUDIENCES.items()
    }


def arguments(name: str, case: Case) -> dict[str, Any] | None:
    """What the address needs to lead to this case; None where it leads to no case."""
    pages = (
        (case.project.pk, "project facts determinations stage matters documents history"),
        (case.project.pk, "override override-withdraw follow-up fulfil demand"),
        (case.project.pk, "pledge pledge-annul pledge-ordinary pledge-change pledge-check credit-record credit-repair"),
        (
            case.project.pk,
            "plan plan-wish evidence land-delay land-delay-end joint joint-start joint-dissolve joint-take-out",
        ),
        (case.application.pk, "application clock hand-in promise submit withdraw again act"),
        (case.application.pk, "consultation-ask consultation-withdraw hearing"),
        (case.project.organisation_id, "area-services area-result area-result-end"),
        (case.document.pk, "document"),
        (case.attachment_id, "attachment"),
        (case.message.pk, "message-read"),
        (0, "back phrase-retire"),  # nobody's absence, no department's phrase
        (case.task.pk, "task do claim release transfer shelve unshelve raise-objection resolve-objection"),
    )
    more = {
        "stage": {"stage": "signing"},
        "override": {"kind": "eia"},
        "override-withdraw": {"override": 1},
        "credit-repair": {"record": 1},
        "act": {"code": "deliver"},
        "hearing": {"what": "ask"},
        "fulfil": {"obligation": 1},
        "hand-in": {"material": case.material.pk},
        "resolve-objection": {"objection": 1},
        "land-delay-end": {"delay": 1},
        "joint-dissolve": {"joint": 1},
        "joint-take-out": {"joint": 1},
        "area-result-end": {"result": 1},
        "consultation-withdraw": {"consultation": 1},
    }
    wanted = name.partition(":")[2]  # bare names are of no case
    found = [pk for pk, names in pages if wanted in names.split()]
    return {"pk": found[0]} | more.get(wanted, {}) if found else None


POSTED = [
    *[
        "hand-in",
        "promise",
        "submit",
        "withdraw",
        "again",
        "message-read",
        "messages-read",
        "do",
        "claim",
        "release",
        "transfer",
    ],
    *["raise-objection", "resolve-objection"],
    *["calendar-apply", "calendar-correct", "area-result", "area-result-end"],
    *["plan-wish", "evidence", "land-delay", "land-delay-end"],
    *["back", "several", "phrase-retire", "shelve", "unshelve"],
    *["override-withdraw", "act", "fulfil", "demand"],
    *["pledge-change", "pledge-annul", "pledge-ordinary", "pledge-check", "credit-record", "credit-repair"],
    *["joint-start", "joint-dissolve", "joint-take-out", "consultation-ask", "consultation-withdraw", "hearing"],
]
ONLY_POST = frozenset(name for name in AUDIENCES if name.partition(":")[2] in POSTED)
GUARDED = [name for name in AUDIENCES if PUBLIC not in AUDIENCES[name]]


def expected(name: str, user: Any) -> int:
    """The answer to a GET of one's own case: the page, "only POST", or nothing there."""
    held = standing(user, timezone.localdate()).permissions
    if SIGNED_IN not in AUDIENCES[name] and held.isdisjoint(AUDIENCES[name]):
        return 404
    return 302 if name == "start" else 405 if name in ONLY_POST else 200


def statuses(client, names: list[str], case: Case, method: str = "get") -> dict[str, int]:
    urls = {name: reverse(name, kwargs=arguments(name, case) or {}) for name in names}
    return {name: status(client, url, method) for name, url in urls.items()}


def status(client, url: str, method: str = "get") -> int:
    answer = getattr(client, method)(url)
    if answer.streaming:
        assert b"".join(answer).startswith(b"%PDF-")  # read to the end, which closes the file
    return answer.status_code


def sign_in(client, user) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_case_and_no_other(client, home, foreign, role):
    user = home.people[role]
    sign_in(client, user)
    with_id = [name for name in GUARDED if arguments(name, home)]

    assert statuses(client, GUARDED, home) == {name: expected(name, user) for name in GUARDED}
    readable = [name for name in with_id if name not in ONLY_POST]
    assert statuses(client, readable, foreign) == dict.fromkeys(readable, 404)
    changing = [name for name in with_id if name in ONLY_POST]
    assert statuses(client, changing, foreign, "post") == dict.fromkeys(changing, 404)


@pytest.mark.parametrize("role", ROLES)
def test_the_foreign_case_is_there_for_its_own_people(client, home, foreign, role):
    sign_in(client, foreign.people[role])
    readable = [name for name in GUARDED if arguments(name, foreign) and name not in ONLY_POST]
    user = foreign.people[role]
    assert statuses(client, readable, foreign) == {name: expected(name, user) for name in readable}
    assert statuses(client, readable, home) == dict.fromkeys(readable, 404)


@pytest.mark.parametrize("who", WITHOUT_CASE)
def test_who_has_no_part_in_a_case_sees_nothing_of_it(client, home, world, who):
    sign_in(client, getattr(world, who))
    of_his_area = {"approvals:area-services", "approvals:area-result", "approvals:area-result-end"}
    ours = of_his_area if who == "administrator" else set()  # the land of his area, not the case upon it
    with_id = [name for name in GUARDED if arguments(name, home) and name not in ours]
    for method, names in (
        ("get", [n for n in with_id if n not in ONLY_POST]),
        ("post", [n for n in with_id if n in ONLY_POST]),
    ):
        assert statuses(client, names, home, method) == dict.fromkeys(names, 404)


def test_an_administrator_finds_no_case_in_any_list(client, home, world):
    sign_in(client, world.administrator)
    for page in (
        "approvals:projects",
        "approvals:messages",
        "workflows:inbox",
        "workflows:my",
        "workflows:supervision",
    ):
        assert client.get(reverse(page)).status_code == 404
    assert client.get(reverse("start")).url == reverse("admin:index")
    assert home.project.name not in client.get(reverse("admin:index")).content.decode()


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, home):
    for name in GUARDED:
        url = reverse(name, kwargs=arguments(name, home) or {})
        answer = client.get(url)
        assert (answer.status_code, answer.url) == (302, f"{reverse('login')}?next={url}"), name


@pytest.mark.parametrize(
    ("sent_from", "goes_on_to"),
    [
        ("http://testserver/messages/?page=2", "http://testserver/messages/?page=2"),
        ("https://evil.example/", "/"),
        ("", "/"),
    ],
)
def test_whoever_sent_something_after_his_session_ended_comes_back_to_the_page_and_is_told(
    client, db, sent_from, goes_on_to
):
    answer = client.post(reverse("approvals:messages-read"), headers={"referer": sent_from})
    assert parse_qs(urlsplit(answer.url).query) == {"next": [goes_on_to]}
    assert "刚才提交的内容没有保存" in client.get(answer.url).content.decode()


def test_public_pages_are_open_to_everybody(client, db):
    for name in ("home", "login", "documents:verify", "healthz", "approvals:precheck", "approvals:precheck-find"):
        assert client.get(reverse(name)).status_code == 200


def test_a_precheck_opens_by_its_code_and_by_nothing_else(client, db):
    client.post(reverse("approvals:precheck"), {"codes": ["2110"]})
    code = Precheck.objects.get().code
    for name in ("precheck-result", "precheck-paper"):
        assert client.get(reverse(f"approvals:{name}", args=[code])).status_code == 200
        assert client.get(reverse(f"approvals:{name}", args=["ZZZZZZZZZZ"])).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_lists_hold_only_what_one_may_see(client, home, foreign, role):
    sign_in(client, home.people[role])
    page = client.get(reverse("approvals:projects")).content.decode()
    assert home.project.name in page
    assert foreign.project.name not in page


def test_a_search_finds_no_foreign_project(client, home, foreign):
    sign_in(client, home.people["handler"])
    page = client.get(reverse("approvals:projects"), {"q": foreign.project.name})
    assert not page.context["rows"]


def test_another_persons_message_does_not_exist(client, home, world):
    sign_in(client, world.clerk)
    assert client.post(reverse("approvals:message-read", args=[home.message.pk])).status_code == 404
    home.message.refresh_from_db()
    assert home.message.read_at is None


def test_a_department_sees_its_own_application_and_nothing_of_the_others(client, home, world):
    """The energy bureau decides on one matter; the drafts and materials of the others are not its business."""
    own = make_application(home.project, world.enterprise, world.provincial_energy, code="R11", state="supplementing")
    own_paper = hand_in(own, home.people["owner"])
    sign_in(client, world.energy_approver)

    assert client.get(reverse("approvals:application", args=[own.pk])).status_code == 200
    assert status(client, reverse("approvals:attachment", args=[own_paper.attachment_id])) == 200
    assert client.get(reverse("approvals:application", args=[home.application.pk])).status_code == 404
    assert client.get(reverse("approvals:attachment", args=[home.attachment_id])).status_code == 404
    papers = client.get(reverse("approvals:documents", args=[home.project.pk]))
    assert [file.pk for file in papers.context["attachments"]] == [own_paper.attachment_id]


def test_a_role_that_has_ended_opens_nothing(client, home):
    handler = home.people["handler"]
    handler.appointments.update(until_on="2026-08-31")
    sign_in(client, handler)
    assert client.get(reverse("approvals:project", args=[home.project.pk])).status_code == 404


def test_a_person_who_was_switched_off_is_signed_out(client, home):
    handler = home.people["handler"]
    sign_in(client, handler)
    get_user_model().objects.filter(pk=handler.pk).update(is_active=False)
    assert client.get(reverse("approvals:projects")).status_code == 302


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("handler", "workflows:inbox"),
        ("lead", "workflows:inbox"),
        ("approver", "workflows:inbox"),
        ("supervisor", "workflows:supervision"),
        ("owner", "workflows:my"),
    ],
)
def test_signing_in_leads_to_where_the_day_begins(client, home, role, page):
    sign_in(client, home.people[role])
    assert client.get(reverse("start")).url == reverse(page)
