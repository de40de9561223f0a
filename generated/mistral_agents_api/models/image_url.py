# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NotRequired, Required, Self, TypedDict

from attrs import define, field

from ..errors import StructureError
from ..types import UNSET, Model, Unset, check_object, create, in_order, to_json
from .image_detail import ImageDetail


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ImageURL(Model):
    """Address of an image, with the detail in which to read it."""

    url: str
    """Address of the image, a `data:` URL included."""

    detail: ImageDetail | None | str | Unset
    """Detail in which to read the image."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "url",
            "detail",
        }
    )

    def __init__(
        self,
        *,
        url: str,
        detail: ImageDetail | str | None | Unset = UNSET,
    ) -> None:
        self.url = url
        self.detail = detail
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ImageURL")
        self = create(cls)
        key = ""
        try:
            self.url = src_dict["url"]
            self.detail = src_dict["detail"] if "detail" in src_dict else UNSET
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ImageURL", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["url"] = self.url
        if self.detail is not UNSET:
            result["detail"] = self.detail
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ImageURLDict(TypedDict):
    """`ImageURL` as a plain dict."""

    url: Required[str]
    """Address of the image, a `data:` URL included."""

    detail: NotRequired[ImageDetail | str | None]
    """Detail in which to read the image."""
