"""The shape of a body with its rules, as plain data for a phone: derived from the very type the door reads by."""

from typing import Any

import msgspec
from msgspec import NODEFAULT, UNSET
from msgspec import inspect as types

from .rules import unsaid_of

Shape = str | dict[str, Any]

PLAIN: dict[type[types.Type], str] = {types.UUIDType: "uuid", types.DateType: "day", types.BoolType: "bool"}


def shape_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Write what a body, or a record in one, may say: its fields, which it needs, what goes unsaid, its rules."""
    fields = list(types.type_info(kind).fields)  # type: ignore[attr-defined]
    unsaid = {name: value for name, value in unsaid_of(kind) if value is not NODEFAULT and value is not UNSET}
    shape = {
        "is": "record",
        "of": {field.encode_name: _shape(field.type) for field in fields},
        "needs": [field.encode_name for field in fields if field.required],
        "unsaid": msgspec.to_builtins(unsaid),
        "rules": msgspec.to_builtins(getattr(kind, "RULES", ())),
    }
    return _filled(shape)


def _shape(kind: types.Type) -> Shape:
    if isinstance(kind, types.UnionType):
        [said] = [one for one in kind.types if not isinstance(one, types.NoneType)]
        return {"is": "or_null", "of": _shape(said)}
    if isinstance(kind, types.StructType):
        return shape_of(kind.cls)
    if isinstance(kind, types.ListType):
        sized = {"of": _shape(kind.item_type), "least": kind.min_length, "most": kind.max_length}
        return _filled({"is": "list", **sized})
    if isinstance(kind, types.LiteralType):
        return {"is": "one", "of": list(kind.values)}
    if isinstance(kind, types.StrType):
        return _filled({"is": "text", "least": kind.min_length, "most": kind.max_length, "like": kind.pattern})
    if isinstance(kind, types.IntType):
        return _filled({"is": "whole", "least": kind.ge, "most": kind.le})
    return PLAIN[type(kind)]


def _filled(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shape.items() if value not in (None, (), [], {})}
