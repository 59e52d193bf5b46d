"""Papers and files of projects as people may see them. Reading goes through the project, and through nothing else."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from approvals.accounts.models import User
from approvals.models import MaterialVersion, Project, ProjectDocument, RegionalAssessment
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.assessments import areas_visible_to
from approvals.selectors.projects import projects_visible_to
from documents.models import Attachment


def papers_visible_to(user: User, *, on: date) -> QuerySet[ProjectDocument]:
    """Issued documents, newest first: of a visible project, and of a visible application where they belong to one."""
    papers = ProjectDocument.objects.select_related("document__issuer", "application__matter", "project")
    return (
        papers.filter(project__in=projects_visible_to(user, on=on).order_by().values("pk"))
        .filter(Q(application=None) | Q(application__in=applications_visible_to(user, on=on).order_by().values("pk")))
        .defer("document__facts")
        .order_by("-document__issued_on", "-pk")
    )


def attachments_visible_to(user: User, *, on: date) -> QuerySet[Attachment]:
    """Uploaded files of visible projects, without the materials of applications that the reader may not see.

    A file that is used again in one that he may see is his to read there, whichever project it came from.
    """
    projects = projects_visible_to(user, on=on).order_by()
    visible = applications_visible_to(user, on=on).order_by()
    versions = MaterialVersion.objects.exclude(attachment=None).order_by()
    shown = versions.filter(material__application__in=visible.values("pk"))
    withheld = versions.exclude(pk__in=shown.values("pk")).exclude(attachment__in=shown.values("attachment"))
    kept = Attachment.objects.filter(
        Q(folder__in=_folders(projects)) | Q(pk__in=shown.values("attachment")) | Q(pk__in=_of_areas(user, on)),
        is_temporary=False,
    )
    return kept.exclude(pk__in=withheld.values("attachment"))


def _of_areas(user: User, on: date) -> QuerySet:
    """The documents of regional results are read by whoever reads the page of the area."""
    areas = areas_visible_to(user, on=on).order_by()
    return (
        RegionalAssessment.objects.filter(organisation__in=areas.values("pk")).exclude(document=None).values("document")
    )


def _folders(projects: QuerySet[Project]) -> QuerySet:
    named = projects.annotate(folder=Concat(Value("project:"), Cast("pk", CharField()), output_field=CharField()))
    return named.values("folder")
