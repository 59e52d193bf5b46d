"""Build the tree of areas and departments. What is there already is left alone."""

from __future__ import annotations

from approvals.accounts.models import Organisation
from approvals.demo.areas import AREAS
from approvals.demo.departments import OFFICES

Tree = dict[str, Organisation]


def build_organisations() -> Tree:
    """Key → organisation: areas by their key, departments by ``area.department``."""
    known = {(node.path[: -node.steplen], node.name): node for node in Organisation.objects.all()}
    tree: Tree = {}
    for area in AREAS:
        fields = {"name": area.name, "kind": area.kind, "division_code": area.code}
        tree[area.key] = _node(tree.get(area.parent), fields, known)
    for office in OFFICES:
        fields = {
            "name": office.name,
            "kind": "department",
            "department": office.department,
            "number_prefix": office.prefix,
        }
        tree[office.key] = _node(tree[office.area], fields, known)
    return tree


def _node(parent: Organisation | None, fields: dict[str, str], known: dict) -> Organisation:
    found = known.get((parent.path if parent else "", fields["name"]))
    if found is not None:
        return found
    return Organisation.objects.add_child(parent, fields) if parent else Organisation.objects.add_root(fields)
