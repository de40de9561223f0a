# Compiled from openapi.yaml by `make generate`. Do not edit: change the contract or overlays/templates.
"""Address of an image, with the level of detail in which the model reads it."""

from __future__ import annotations

from typing import ClassVar, NotRequired

from attrs import define

from .. import models
from ..fields import Field, Fields, state_only
from ..reading import (
    read_string,
)
from ..values import UNSET, Model, TypedDict


@define(init=False, repr=False, eq=False, slots=False, field_transformer=state_only)
class ImageURL(Model):
    """Address of an image, with the level of detail in which the model reads it."""

    url: str
    """Address of the image (also a `data:` URL)."""
    detail: models.ImageDetail | str | None
    """Level of detail in which the model reads the image."""

    def __init__(
        self,
        *,
        url: str,
        detail: models.ImageDetail | str | None = UNSET,
    ) -> None:
        self._fill(locals())

    _FIELDS: ClassVar[Fields] = Fields(
        Field("url", "url", read=read_string, required=True),
        Field("detail", "detail", nullable=True),
    )


class ImageURLDict(TypedDict):
    """ImageURL as a plain dict. Its keys are the names in JSON."""

    url: str
    """Address of the image (also a `data:` URL)."""
    detail: NotRequired[models.ImageDetail | str | None]
    """Level of detail in which the model reads the image."""
