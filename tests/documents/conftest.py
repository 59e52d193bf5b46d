from __future__ import annotations

import pytest

from approvals.accounts.models import Organisation, User


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def issuer(db) -> Organisation:
    return Organisation.objects.add_root(
        {
            "name": "闻喜县行政审批服务管理局",
            "kind": "department",
            "department": "approval_bureau",
            "number_prefix": "闻审",
        }
    )


@pytest.fixture
def clerk(db) -> User:
    return User.objects.create(username="clerk", name="王秀兰")
