"""The JSON Schema of a scenario file, for editors that complete and check TOML while it is written."""

from __future__ import annotations

from typing import Any

from .quantities import DatedPath, Provenance
from .scenario import Scenario

Node = dict[str, Any]
PATH = f"#/$defs/{DatedPath.__name__}"
ANNOTATION = f"#/$defs/{Provenance.__name__}/properties"
FILE_PROPERTIES: Node = {
    "base": {
        "type": "string",
        "description": "a bundled name, or the path of a TOML file; this file says only what differs",
    },
    "catalogue": {
        "enum": ["general", "none"],
        "default": "general",
        "description": "whether the general catalogue of resources and archetypes lies under this file",
    },
    "remove": {
        "type": "array",
        "items": {"type": "string"},
        "description": "dotted paths of the base or the catalogue that are dropped: 'companies.Gyproc'",
    },
}


def json_schema() -> Node:
    """The schema of a TOML file as `load_scenario` reads it.

    To what the models say it adds annotated numbers, plain numbers for dated paths, and the keys of
    layers. Since a file may lie over a base and the catalogue, nothing is required of a table that
    layers may complete.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    whole = {name for each in [schema, *definitions.values()] for name in _item_types(each)}
    for name, definition in [("", schema), *definitions.items()]:
        if name not in whole:
            definition.pop("required", None)
        if name not in whole and name not in (DatedPath.__name__, Provenance.__name__):
            definition["properties"] = {
                key: _as_written(each) for key, each in definition["properties"].items()
            }
    definitions[DatedPath.__name__]["properties"]["value"] = {
        "type": "number",
        "description": "in place of by_year",
    }
    schema["properties"] = {**FILE_PROPERTIES, **schema["properties"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _as_written(node: Node) -> Node:
    """A node with the other ways to write it: an annotated number, a number for a dated path."""
    if node.get("$ref") == PATH:
        return {
            **{key: each for key, each in node.items() if key != "$ref"},
            "anyOf": [{"type": "number"}, {"$ref": PATH}],
        }
    if "anyOf" in node:
        return {**node, "anyOf": [choice for each in node["anyOf"] for choice in _choices(_as_written(each))]}
    if isinstance(node.get("additionalProperties"), dict):
        return {**node, "additionalProperties": _as_written(node["additionalProperties"])}
    kind = node.get("type")
    if kind in ("number", "integer") or (kind == "array" and node.get("items", {}).get("type") == "number"):
        about = {key: each for key, each in node.items() if key in ("title", "description", "default")}
        value = {key: each for key, each in node.items() if key not in about}
        return {**about, "anyOf": [value, _annotated(value)]}
    return node


def _choices(node: Node) -> list[Node]:
    return node["anyOf"] if set(node) == {"anyOf"} else [node]


def _annotated(value: Node) -> Node:
    """A table of a value and its provenance."""
    rest = {name: {"$ref": f"{ANNOTATION}/{name}"} for name in Provenance.model_fields}
    return {
        "type": "object",
        "properties": {"value": value, **rest},
        "required": ["value"],
        "additionalProperties": False,
    }


def _item_types(definition: Node) -> set[str]:
    """Names of the tables that stand in lists: these are replaced whole, never completed by a layer."""
    items = (each.get("items", {}).get("$ref", "") for each in definition["properties"].values())
    return {reference.rpartition("/")[2] for reference in items if reference}
