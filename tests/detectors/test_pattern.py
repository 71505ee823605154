"""Patterns: what they find, what they leave alone, what is refused and when."""

from __future__ import annotations

import pytest

from cleaner.detectors import Context
from cleaner.detectors.pattern import Params, compile
from cleaner.languages import lookup
from cleaner.model import Segment
from cleaner.offsets import OffsetMap


def found(text: str, **params: object) -> list[tuple[str, str]]:
    """(match, replacement) of each hit."""
    detect = compile(Params(**params))  # type: ignore[arg-type]
    segment = Segment(text, OffsetMap.identity(len(text)))
    hits = detect(segment, Context(lookup("en")))
    return [(text[hit.span.slice], hit.details["replacement"]) for hit in hits]


@pytest.mark.parametrize("engine", ["re", "regex"])
@pytest.mark.parametrize(
    ("text", "params", "expected"),
    [
        pytest.param("a foo", {"pattern": "fo+"}, [("foo", "")], id="a match"),
        pytest.param("a foo", {"pattern": "(f)(o+)", "group": 2}, [("oo", "")], id="a group"),
        pytest.param("x", {"pattern": "x|(y)", "group": 1}, [], id="a group that took no part"),
        pytest.param("5 km", {"pattern": r"(\d) (km)", "replace": r"\2 \1"}, [("5 km", "km 5")], id="groups"),
        pytest.param(
            "ПРИВЕТ", {"pattern": "привет", "ignore_case": True}, [("ПРИВЕТ", "")], id="letter case"
        ),
        pytest.param("a\nb", {"pattern": "^b"}, [("b", "")], id="at a line break"),
        pytest.param("foo bar", {"pattern": "foo", "unless": "bar"}, [], id="left alone"),
        pytest.param(
            "foo “foo”", {"pattern": "foo", "skip": ("quotations",)}, [("foo", "")], id="quotations"
        ),
        pytest.param("foo.org", {"pattern": "foo", "skip": ("addresses",)}, [], id="addresses"),
        pytest.param("foo bar", {"pattern": "foo", "unless": "^bar"}, [("foo", "")], id="not left alone"),
    ],
)
def test_found(engine: str, text: str, params: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert found(text, engine=engine, **params) == expected


@pytest.mark.parametrize("engine", ["re", "regex", "timed"])
@pytest.mark.parametrize(
    ("text", "params", "expected"),
    [
        pytest.param("Percents, PERCENTS, percents", {"pattern": r"\bpercents\b", "replace": "per cent"}, ["Per cent", "PER CENT", "per cent"], id="follows what was found"),  # noqa: E501
        pytest.param("in the EU, eu", {"pattern": r"\bEU\b", "replace": "the union"}, ["the union", "the union"], id="as the pattern has it"),  # noqa: E501
        pytest.param("Infobae, infobae, INFOBAE", {"pattern": "infobae", "replace": "Infobae"}, ["Infobae"], id="it stands there already"),  # noqa: E501
        pytest.param("Fast Food", {"pattern": r"(fast) (food)", "replace": r"\1-\2"}, ["Fast-Food"], id="groups"),
        pytest.param("Die Foo", {"pattern": r"die (foo)", "replace": "bar", "group": 1}, ["Bar"], id="a group is the finding"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_written_instead_follows_the_letter_case(
    engine: str, text: str, params: dict[str, object], expected: list[str]
) -> None:
    assert [new for _, new in found(text, engine=engine, ignore_case=True, **params)] == expected


@pytest.mark.parametrize("engine", ["re", "regex"])
@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"pattern": "("}, "“pattern”: missing"),
        ({"pattern": "a", "unless": "["}, "“unless”: unterminated|“unless”: missing|“unless”: bad"),
        ({"pattern": "a", "group": 1}, "“group”: the pattern has 0 groups, not 1"),
        ({"pattern": "(?P<x>a)", "replace": r"\g<y>"}, "“replace”: the pattern has no group y"),
        ({"pattern": "a", "replace": r"\g<x"}, "“replace”: "),
        ({"pattern": "a", "replace": r"\1"}, "“replace”: the pattern has no group 1"),
    ],
)
def test_what_does_not_compile_is_told_when_it_is_needed(
    engine: str, params: dict[str, object], message: str
) -> None:
    unused = Params(engine=engine, **params)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=message):
        compile(unused)
