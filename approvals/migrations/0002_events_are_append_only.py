"""The database itself refuses to change or remove an event (reliability rule R10)."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION approvals_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only';
END $$;
CREATE TRIGGER approvals_event_append_only BEFORE UPDATE OR DELETE ON approvals_event
    FOR EACH ROW EXECUTE FUNCTION approvals_event_is_append_only();
"""
POSTGRESQL_UNDO = """
DROP TRIGGER approvals_event_append_only ON approvals_event;
DROP FUNCTION approvals_event_is_append_only();
"""
SQLITE = [
    f"CREATE TRIGGER approvals_event_no_{verb} BEFORE {verb} ON approvals_event "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for verb in ("update", "delete")
]
SQLITE_UNDO = [f"DROP TRIGGER approvals_event_no_{verb}" for verb in ("update", "delete")]


def forward(apps, schema_editor):
    _run(schema_editor, POSTGRESQL, SQLITE)


def backward(apps, schema_editor):
    _run(schema_editor, POSTGRESQL_UNDO, SQLITE_UNDO)


def _run(schema_editor, postgresql, sqlite):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql)
        return
    for statement in sqlite:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial")]
    operations = [migrations.RunPython(forward, backward, elidable=False)]
