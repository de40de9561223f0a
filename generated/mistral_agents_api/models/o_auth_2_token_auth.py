# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class OAuth2TokenAuth(Model):
    """An OAuth 2 token."""

    type: Literal["oauth2-token"]
    """Tag of this kind of credentials."""

    value: str = field(repr=False)
    """The token, a secret."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "value",
        }
    )

    def __init__(
        self,
        *,
        value: str,
        type: Literal["oauth2-token"] = "oauth2-token",
    ) -> None:
        self.type = type
        self.value = value
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "OAuth2TokenAuth")
        self = create(cls)
        key = ""
        try:
            self.type = src_dict["type"]
            self.value = src_dict["value"]
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("OAuth2TokenAuth", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["value"] = self.value
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class OAuth2TokenAuthDict(TypedDict):
    """`OAuth2TokenAuth` as a plain dict."""

    type: Required[Literal["oauth2-token"]]
    """Tag of this kind of credentials."""

    value: Required[str]
    """The token, a secret."""
