"""The database itself refuses to change or remove an event, or the daily root that seals it."""

from django.db import migrations

TABLES = ("approvals_event", "approvals_auditroot")

POSTGRESQL = """
CREATE FUNCTION approvals_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}\n"
    "    FOR EACH ROW EXECUTE FUNCTION approvals_event_is_append_only();\n"
    for table in TABLES
)
POSTGRESQL_UNDO = (
    "".join(f"DROP TRIGGER {table}_append_only ON {table};\n" for table in TABLES)
    + "DROP FUNCTION approvals_event_is_append_only();"
)
TRIGGERS = [(f"{table}_no_{verb}", verb, table) for table in TABLES for verb in ("update", "delete")]
SQLITE = [
    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for name, verb, table in TRIGGERS
]
SQLITE_UNDO = [f"DROP TRIGGER {name}" for name, _verb, _table in TRIGGERS]


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
