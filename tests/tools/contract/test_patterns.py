"""Regular expressions are JavaScript's, and Python reads some of them otherwise, or not at all."""

import pytest
from tools.contract.patterns import matches, matches_everything


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a$", "a\n", False),
        (r"^\d$", "\N{ARABIC-INDIC DIGIT ONE}", False),
        ("[$]", "$", True),
        (r"\++", "++", True),
        (r"\\Z", "\\Z", True),
        ("[*+]+b", "*b", True),
        ("(?:ab)+", "ab", True),
        ("a(?=b)", "ab", True),
    ],
)
def test_pattern(pattern: str, text: str, expected: bool) -> None:  # noqa: FBT001  # a table
    """A pattern that Python and JavaScript read alike is found where JavaScript finds it."""
    assert matches(pattern, text) is expected


@pytest.mark.parametrize(
    "pattern",
    ["a{,5}", "a*+", "a{2}+", "(?>a)", "(?i)a", "(?P<n>a)", "(?<n>a)", r"a\Z", r"\Aa", r"\p{Lu}", "[[:alpha:]]", "("],
)
def test_pattern_that_python_does_not_know(pattern: str) -> None:
    """For a pattern that Python reads differently or not at all, `matches` is None and `matches_everything` False."""
    assert (matches(pattern, "aaaaaa"), matches_everything(pattern)) == (None, False)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", True),
        ("^", True),
        (".*", True),
        ("^a*", True),
        ("a*$", True),
        ("^.*$", False),
        ("a?b", False),
        ("$a*", False),
    ],
)
def test_pattern_that_is_found_everywhere(pattern: str, expected: bool) -> None:  # noqa: FBT001  # a table
    """A pattern that is found in every text is recognised, because it restricts nothing."""
    assert matches_everything(pattern) is expected
