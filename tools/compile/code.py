"""Text of the contract as Python code: names, literals, docstrings. Only this module unwraps the contract's texts.

The generator wraps texts of a document in `UntrustedString`, so that nobody prints them as code by accident. This
module returns only identifiers, literals that `repr` made, and docstrings that cannot end early.
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

# Names that annotations and bodies of generated functions use, so that no parameter or attribute may hide them.
_USED = frozenset({"self", "models", "client", "body", "datetime", "builtins", "define", "locals"})
_TEXTS_AND_NAMES = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])[a-z]+(?![\w.])""")


def plain(text: Text) -> str:
    """Return a text of the document unchanged: to compare it, or to pass it to another function of this module."""
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
    """Return a text as one line with single blanks."""
    return " ".join(plain(text).split())


def sentence(text: Text) -> str:
    """Return a text as one line that ends with a full stop."""
    line = one_line(text).rstrip(".")
    return f"{line}." if line else ""


def attribute_name(wire: Text, python_name: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the Python name of a field or parameter: its own name, where that is possible.

    The generator writes `type_` for `type`, because that is a builtin; we add an underscore only to keywords and to
    names that generated code uses. Python normalizes identifiers to NFKC, so names in strings need this form.
    """
    name = _normal(plain(wire))
    python_name = _normal(python_name)
    if keyword.iskeyword(python_name):  # a name that is not a keyword can become one in its normal form
        python_name += "_"
    if python_name == f"{name}_" and not keyword.iskeyword(name) and name not in _USED | taken:
        return name
    return f"{python_name}_" if python_name in _USED | taken else python_name


def is_used(name: str) -> bool:
    """Return whether generated modules use this name for something else."""
    return name in _USED


def is_identifier(name: str) -> bool:
    """Return whether a name can be the name of a public attribute, and is in Python's normal form (NFKC)."""
    usable = name.isidentifier() and name == _normal(name)
    return usable and not keyword.iskeyword(name) and not name.startswith("_")


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def beside(annotation: str, members: frozenset[str]) -> str:
    """Return an annotation that is correct in a class whose members have names of builtins (`list`)."""
    return _TEXTS_AND_NAMES.sub(lambda found: f"builtins.{found[0]}" if found[0] in members else found[0], annotation)


def hides_builtin(name: str) -> bool:
    """Return whether a name is the name of a builtin."""
    return hasattr(builtins, name)
