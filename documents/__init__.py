"""Paper: numbering, rendering, storing and verifying documents, and attachments. Knows nothing of projects.

Public API: ``services.issue``, ``services.revoke``, ``selectors.find``, ``attachments.store_attachment``,
``files.serve``, ``files.photo``. What a document of each kind must be told is written down in ``facts``.
"""
