"""Lists of models within lists of models, at any depth."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from mistral_agents_api import models
from mistral_agents_api.errors import StructureError
from mistral_agents_api.fields import Field, Fields
from mistral_agents_api.reading import read_items, read_model
from mistral_agents_api.values import Model


class Node(Model):
    """A model that has a list of itself."""

    _FIELDS: ClassVar[Fields] = Fields(Field("children", "children", read=read_items(read_model("Node"))))


def test_a_wrong_item_far_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the whole path, and the time until it is raised grows only with the depth, which is 60 here.

    If each level doubled the work, the error would never be raised.
    """
    monkeypatch.setattr(models, "Node", Node, raising=False)
    data: Any = "wrong"
    for _ in range(60):
        data = {"children": [{"children": []}, data]}
    with pytest.raises(StructureError) as caught:
        Node.from_dict(data)
    assert str(caught.value).startswith("children[1]." + ".".join(["children[1]"] * 59))
