"""Translate a schema of OpenAPI 3.0 to 3.1; refuse a schema that has no exact translation.

The source is the section "Schema Object" of both OpenAPI specifications; 3.0.3 says what `nullable` means.
"""

from __future__ import annotations

from typing import Any

from .keywords import ContractError

# Keywords that 3.0 does not have. Tools for 3.0 ignore them, and tools for 3.1 do not.
_LATER = frozenset(
    {"const", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems", "patternProperties"}
    | {"propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties"}
    | {"contentMediaType", "contentEncoding", "contentSchema", "$defs", "$id", "$anchor", "$dynamicRef"}
)


def converted(schema: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the 3.1 form of a schema of 3.0; raises ContractError, with the place, if 3.1 has no equal schema."""
    if "$ref" in schema:  # 3.0 ignores all keywords beside `$ref`
        return {"$ref": schema["$ref"]}
    if later := sorted(schema.keys() & _LATER):
        raise ContractError(f"{place} has {', '.join(later)}, which OpenAPI 3.0 does not know")
    found = dict(schema)
    nullable = found.pop("nullable", False)
    stated = found.get("type")
    if isinstance(stated, list):
        raise ContractError(f"{place}/type should be one type in OpenAPI 3.0, not {stated!r:.60}")
    if nullable and stated is not None:
        found["type"] = [stated, "null"]
    elif nullable:  # without effect by 3.0.3, but many documents use it as if it had one
        raise ContractError(f"{place} is nullable without a type, which tools for OpenAPI 3.0 read in two ways")
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        strict = found.pop(exclusive, False)
        if not isinstance(strict, bool):
            raise ContractError(f"{place}/{exclusive} should be true or false in OpenAPI 3.0, not {strict!r:.60}")
        if strict and bound in found:
            found[exclusive] = found.pop(bound)
    if stated == "array" and "items" not in found:
        raise ContractError(f"{place} is an array without items, which OpenAPI 3.0 does not allow")
    return found
