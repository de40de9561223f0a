"""Text of the contract as Python code: names, literals, docstrings. The only place where its text is unwrapped.

The generator wraps what comes from a document in `UntrustedString`, so that nobody prints it as code by accident. What
leaves this module is an identifier, a literal that `repr` made, or a docstring that cannot end early.
"""

from __future__ import annotations

import builtins
import keyword
import re
import textwrap
import unicodedata
from typing import Any

from openapi_python_client import strings
from openapi_python_client.schema.untrusted_string import UntrustedString

Text = str | UntrustedString | None

# What the annotations and the bodies of generated functions use, and so no parameter or attribute may hide.
_USED = frozenset({"self", "models", "client", "body", "datetime", "builtins", "define", "locals"})
_TEXTS_AND_NAMES = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])[a-z]+(?![\w.])""")


def plain(text: Text) -> str:
    """Return a text of the document as it is: to compare with, or to hand to another function of this module."""
    if isinstance(text, UntrustedString):
        return str(text.get_untrusted_value())
    return "" if text is None else str(text)


def literal(value: Any) -> str:
    """Return JSON data as a Python literal."""
    if isinstance(value, UntrustedString | str):
        quoted = repr(plain(value))
        return f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in quoted else quoted
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value)


def docstring(text: Text, *, width: int = 110, indent: str = "") -> str:
    """Return a text as a docstring, wrapped, with every line after the first indented."""
    paragraphs = plain(text).strip().split("\n")
    safe = [strings.safe_for_docstring(UntrustedString(each)) for each in paragraphs]
    lines = [line for each in safe for line in (_wrapped(each, width) or [""])]
    body = f"\n{indent}".join(lines).rstrip()
    body = "\n".join(line.rstrip() for line in body.split("\n"))
    end = f"\n{indent}" if "\n" in body else " " if body.endswith('"') else ""
    return f'"""{body}{end}"""'


def _wrapped(line: str, width: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    hanging = margin + "    " if re.match(r"\s+\w+: ", line) else margin
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def one_line(text: Text) -> str:
    """Return a text with single blanks for line breaks."""
    return " ".join(plain(text).split())


def sentence(text: Text) -> str:
    """Return a text as one line that ends with a full stop."""
    line = one_line(text).rstrip(".")
    return f"{line}." if line else ""


def attribute_name(wire: Text, python_name: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the name of a field or parameter in Python: its own, where that is possible.

    The generator writes `type_` for `type`, since it is a builtin; only keywords and names in use get an underscore.
    Python reads every identifier in the normal form NFKC, and so must texts that hold one.
    """
    name = _normal(plain(wire))
    python_name = _normal(python_name)
    if keyword.iskeyword(python_name):  # only now: in another form it was none
        python_name += "_"
    if python_name == f"{name}_" and not keyword.iskeyword(name) and name not in _USED | taken:
        return name
    return f"{python_name}_" if python_name in _USED | taken else python_name


def is_used(name: str) -> bool:
    """Tell whether generated modules use a name for something else."""
    return name in _USED


def is_identifier(name: str) -> bool:
    """Tell whether a name can be that of an attribute, is public, and is what Python makes of it (NFKC)."""
    usable = name.isidentifier() and name == _normal(name)
    return usable and not keyword.iskeyword(name) and not name.startswith("_")


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def beside(annotation: str, members: frozenset[str]) -> str:
    """Return an annotation that is right in a class whose members are called like builtins (`list`)."""
    return _TEXTS_AND_NAMES.sub(lambda found: f"builtins.{found[0]}" if found[0] in members else found[0], annotation)


def hides_builtin(name: str) -> bool:
    """Tell whether a name is that of a builtin."""
    return hasattr(builtins, name)
