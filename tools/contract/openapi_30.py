"""Read a schema of OpenAPI 3.0 as one of 3.1, where that says exactly the same; refuse it where it does not.

Both versions are described in the OpenAPI specification, "Schema Object"; 3.0.3 says what `nullable` means.
"""

from __future__ import annotations

from typing import Any

from .keywords import ContractError

# What 3.0 does not know; a reader of 3.0 passes it over, a reader of 3.1 does not.
_LATER = frozenset(
    {"const", "if", "then", "else", "contains", "minContains", "maxContains", "prefixItems", "patternProperties"}
    | {"propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties"}
    | {"contentMediaType", "contentEncoding", "contentSchema", "$defs", "$id", "$anchor", "$dynamicRef"}
)


def converted(schema: dict[str, Any], place: str) -> dict[str, Any]:
    """Return a schema of 3.0 in the words of 3.1; raises ContractError that names the place where there are none."""
    if "$ref" in schema:  # nothing counts beside it
        return {"$ref": schema["$ref"]}
    if later := sorted(schema.keys() & _LATER):
        raise ContractError(f"{place} has {', '.join(later)}, which OpenAPI 3.0 does not know")
    found = dict(schema)
    nullable = found.pop("nullable", False)
    stated = found.get("type")
    if isinstance(stated, list):
        raise ContractError(f"{place}/type should be one type in OpenAPI 3.0: {stated!r:.60}")
    if nullable and stated is not None:
        found["type"] = [stated, "null"]
    elif nullable:  # 3.0.3: without a type it means nothing, and many mean something by it
        raise ContractError(f"{place} is nullable without a type, which readers of OpenAPI 3.0 take in two ways")
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        strict = found.pop(exclusive, False)
        if not isinstance(strict, bool):
            raise ContractError(f"{place}/{exclusive} should be true or false in OpenAPI 3.0: {strict!r:.60}")
        if strict and bound in found:
            found[exclusive] = found.pop(bound)
    if stated == "array" and "items" not in found:
        raise ContractError(f"{place} is an array without items, which OpenAPI 3.0 does not allow")
    return found
