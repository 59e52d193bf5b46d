"""Where to look a document up."""

from __future__ import annotations

from django.db.models import QuerySet

from approvals.accounts.models import User
from documents import verification
from documents.models import Attachment, Document


def find(typed_code: str) -> Document | None:
    """The document with this verification code, however it was typed. Anyone who holds the paper may ask."""
    code = verification.normalise(typed_code)
    if not code:
        return None
    return Document.objects.printed().select_related("issuer").filter(verification_code=code).first()


def documents_in(folder: str) -> QuerySet[Document]:
    """Newest first. Whether the reader may open the folder is for its owner to say."""
    return Document.objects.printed().filter(folder=folder).select_related("issuer").defer("facts")


def attachments_in(folder: str) -> QuerySet[Attachment]:
    """Oldest first. Whether the reader may open the folder is for its owner to say."""
    return Attachment.objects.filter(folder=folder, is_temporary=False)


def waiting_uploads(folder: str, *, by: User, purpose: str = "") -> QuerySet[Attachment]:
    """What this person uploaded and has not handed in yet."""
    waiting = Attachment.objects.filter(folder=folder, uploaded_by=by, is_temporary=True)
    return waiting.filter(purpose=purpose) if purpose else waiting


def project_code(document: Document) -> str:
    code: str = document.facts["project"]["code"]
    return code


def replacement_of(document: Document) -> Document | None:
    return Document.objects.printed().filter(replaces=document).defer("facts").first()
