"""Whom it breaks when a discriminator changes, or one of the schemas that it stands for."""

import pytest

from contract.pairs import compare, contract, verdict

# Without a union, a discriminator stands for all schemas whose `allOf` leads to its schema, directly or through others.
ANIMALS = """
    Animal:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {hen: '#/components/schemas/Hen', cow: Cow}}
    Hen: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {eggs: {type: integer}}}]}
    Cow: {allOf: [{$ref: '#/components/schemas/Animal'}, {properties: {milk: {type: integer}}}]}
    Calf: {allOf: [{$ref: '#/components/schemas/Cow'}, {properties: {age: {type: integer}}}]}
    Coin:
      oneOf: [{$ref: '#/components/schemas/Penny'}, {$ref: '#/components/schemas/Pound'}]
      discriminator: {propertyName: side, mapping: {head: Penny, tail: Pound}}
    Side: {type: object, required: [side], properties: {side: {enum: [head, tail]}}}
    Penny: {allOf: [{$ref: '#/components/schemas/Side'}, {properties: {pence: {type: integer}}}]}
    Pound: {allOf: [{$ref: '#/components/schemas/Side'}, {properties: {pounds: {type: integer}}}]}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Angular'}]
      discriminator: {propertyName: form, mapping: {round: Round, angular: Angular}}
    Round: {type: object, required: [form], properties: {form: {type: string}, radius: {type: number}}}
    Angular: {type: object, required: [form], properties: {form: {type: string}, angles: {type: integer}}}
"""
ANIMAL, COIN, SHAPE = ({"$ref": f"#/components/schemas/{name}"} for name in ("Animal", "Coin", "Shape"))
PIG = "Pig: {allOf: [{$ref: '#/components/schemas/Animal'}]}"


@pytest.mark.parametrize(
    ("place", "before", "after", "in_request", "in_answer"),
    [
        (ANIMAL, "{properties: {milk", "{required: [milk], properties: {milk", "breaks", "fits"),
        (ANIMAL, "{properties: {age", "{required: [age], properties: {age", "breaks", "fits"),
        ({"allOf": [ANIMAL]}, "{properties: {milk", "{required: [milk], properties: {milk", "breaks", "fits"),
        (ANIMAL, ", cow: Cow", "", "breaks", "breaks"),
        (ANIMAL, "hen: '#/components/schemas/Hen', cow: Cow", "hen: Cow, cow: Hen", "breaks", "breaks"),
        (ANIMAL, "cow: Cow", "cow: Cow, calf: Calf", "breaks", "breaks"),
        (ANIMAL, "    Hen:", f"    {PIG}\n    Hen:", "fits", "breaks"),
        (COIN, "head: Penny, tail: Pound", "head: '#/components/schemas/Penny', tail: Pound", "same", "same"),
        (COIN, "head: Penny, tail: Pound", "head: Pound, tail: Penny", "breaks", "breaks"),
        (SHAPE, "angular: Angular", "angular: Angular, edged: Angular", "fits", "breaks"),
        (SHAPE, ", mapping: {round: Round, angular: Angular}", "", "breaks", "breaks"),
        (SHAPE, "round: Round, ", "", "breaks", "breaks"),
    ],
)  # fmt: skip  # one row a line, to be compared
def test_discriminator(place: object, before: str, after: str, in_request: str, in_answer: str) -> None:
    """A value that now means another schema breaks requests and answers; the schemas of all values are compared."""
    assert ANIMALS.count(before) == 1
    changed = ANIMALS.replace(before, after)
    sent = compare(contract(sent=place) + ANIMALS, contract(sent=place) + changed)
    received = compare(contract(received=place) + ANIMALS, contract(received=place) + changed)
    assert (in_request, in_answer) == (verdict(sent), verdict(received))
