# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""An image."""

from __future__ import annotations

from typing import ClassVar, Literal, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_either,
    read_model,
    read_string,
)
from ..values import Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ImageURLChunk(Model):
    """An image."""

    type: Literal["image_url"]
    """Tag of this kind of part."""
    image_url: str | models.ImageURL
    """Address of the image (also a `data:` URL), or an object with the address and the level of detail."""

    def __init__(
        self,
        *,
        image_url: str | models.ImageURL | models.ImageURLDict,
        type: Literal["image_url"] = "image_url",
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("type", "type", read=read_string, required=True, tag="image_url"),
        Field(
            "image_url", "image_url", read=read_either(object=read_model("ImageURL"), text=read_string), required=True
        ),
    )


class ImageURLChunkDict(TypedDict):
    """ImageURLChunk as a plain dict. Its keys are the names in JSON."""

    type: NotRequired[Literal["image_url"]]
    """Tag of this kind of part."""
    image_url: str | models.ImageURL | models.ImageURLDict
    """Address of the image (also a `data:` URL), or an object with the address and the level of detail."""
