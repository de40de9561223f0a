# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Required, Self, TypedDict, cast

from attrs import define, field

from ..errors import StructureError
from ..types import Model, check_object, create, in_order, to_json


@define(init=False, repr=False, eq=False, getstate_setstate=False)
class ImageURLChunk(Model):
    """An image."""

    type: Literal["image_url"]
    """Tag of this kind of part."""

    image_url: ImageURL | str
    """Address of the image, a `data:` URL included, by itself or with the detail wanted."""

    _source: Mapping[str, Any] = field(init=False, repr=False)
    _FIELDS: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "image_url",
        }
    )

    def __init__(
        self,
        *,
        image_url: ImageURL | ImageURLDict | str,
        type: Literal["image_url"] = "image_url",
    ) -> None:
        self.type = type
        self.image_url = cast(Any, image_url)
        self._source = {}
        self.additional_properties = {}

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read JSON data, which is not to be changed afterwards; raises StructureError where it is not as it should be."""
        if not isinstance(src_dict, dict):
            check_object(src_dict, "ImageURLChunk")
        self = create(cls)
        key = ""
        value: Any
        try:
            self.type = src_dict["type"]
            key = "image_url"
            value = src_dict[key]
            if isinstance(value, dict):
                value = _read_image_url(value)
            elif isinstance(value, list):
                raise StructureError("an object", value)
            self.image_url = value
            self._source = src_dict
        except (KeyError, StructureError) as error:
            raise StructureError.while_reading("ImageURLChunk", key, src_dict, error) from None
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data: what is set, and the fields that the contract does not know."""
        result: dict[str, Any] = {}
        result["type"] = self.type
        result["image_url"] = to_json(self.image_url)
        if self.additional_properties:
            result.update(to_json(self.additional_properties))
        return in_order(result, self._source)


class ImageURLChunkDict(TypedDict):
    """`ImageURLChunk` as a plain dict."""

    type: Required[Literal["image_url"]]
    """Tag of this kind of part."""

    image_url: Required[ImageURL | ImageURLDict | str]
    """Address of the image, a `data:` URL included, by itself or with the detail wanted."""


# Below the classes, since two models may refer to each other.
from .image_url import ImageURL, ImageURLDict

_read_image_url = ImageURL.from_dict
