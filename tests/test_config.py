"""Settings: where they are found, what wins, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import check_text
from cleaner.config import Config, PerPath, discover, from_mapping, load
from cleaner.errors import CleanerError, ConfigError, UsageError
from cleaner.pipeline import Pipeline
from cleaner.ruleset.load import shipped
from cleaner.ruleset.selection import chosen, select
from tests import timing

META, DATES = "feed/leading-metadata", "dates/weekday-against-date"


def on(**values: object) -> set[str]:
    return set(chosen(shipped(), Config(**values))) & {META, DATES}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param({}, {META, DATES}, id="the profile"),
        pytest.param({"select": ("feed",)}, {META}, id="a family in place of the profile"),
        pytest.param({"select": (META,)}, {META}, id="a rule"),
        pytest.param({"ignore": ("feed",)}, {DATES}, id="a family off"),
        pytest.param({"select": ("ALL",), "ignore": ("ALL",)}, set(), id="off wins between equals"),
        pytest.param(
            {"ignore": ("feed",), "extend_select": (META,)}, {META, DATES}, id="a rule over its family"
        ),
        pytest.param(
            {"select": (META,), "extend_ignore": ("feed",)}, {META}, id="a rule over its family, later"
        ),
        pytest.param({"select": ("feed",), "extend_ignore": (META,)}, set(), id="a rule of a family off"),
        pytest.param(
            {"ignore": (META,), "extend_select": (META,)}, {META, DATES}, id="the command line wins"
        ),
    ],
)
def test_the_most_specific_word_wins(settings: dict[str, object], expected: set[str]) -> None:
    assert on(**settings) == expected


@pytest.mark.parametrize("field", ["select", "ignore", "extend_select", "extend_ignore"])
def test_an_unknown_rule_is_refused_with_a_suggestion(field: str) -> None:
    with pytest.raises(UsageError, match=r"no rule or family “feed/leading-metdata” .*did you mean"):
        on(**{field: ("feed/leading-metdata",)})


def test_an_unknown_profile() -> None:
    with pytest.raises(UsageError, match=r"no profile “publsh” .*“publish”"):
        on(profile="publsh")


def test_severity_safety_and_params_of_a_rule() -> None:
    config = from_mapping(
        {"per-rule": {"feed": {"severity": "info"}, META: {"safety": "manual", "params": {"group": 0}}}}
    )
    active = next(active for active in select(config) if active.id == META)
    assert (active.severity, active.safety) == ("info", "manual")


LEFTOVER = "leftover/bracketed-word"


@pytest.mark.parametrize(
    ("change", "trust"),
    [
        pytest.param({}, {"gloss": "unsafe", "delete": "manual"}, id="as it is"),
        pytest.param({"safety": "safe"}, {"gloss": "safe", "delete": "manual"}, id="the first"),
        pytest.param(
            {"safety": "safe", "prefer": "delete"},
            {"gloss": "unsafe", "delete": "safe"},
            id="the one preferred",
        ),
        pytest.param({"safety": "manual"}, {"gloss": "manual", "delete": "manual"}, id="none is made"),
    ],
)
def test_a_trust_is_that_in_the_preferred_repair(change: dict[str, object], trust: dict[str, str]) -> None:
    config = from_mapping({"per-rule": {LEFTOVER: change}})
    one = next(one for one in select(config) if one.id == LEFTOVER)
    found = {fix.do: one.trust(number) for number, fix in enumerate(one.rule.fix)}
    assert {do: found[do] for do in trust} == trust


def test_params_that_do_not_fit() -> None:
    from cleaner.errors import RuleError

    with pytest.raises(RuleError, match="unknown key “patern”"):
        select(from_mapping({"per-rule": {META: {"params": {"patern": "x"}}}}))


def test_per_path_settings() -> None:
    config = Config(lang="en", per_path=(PerPath(("archive/**",), lang="de", ignore=("feed",)),))
    assert config.for_path("archive/2020/a.txt").lang == "de"
    assert config.for_path("archive/2020/a.txt").extend_ignore == ("feed",)
    assert config.for_path("news/a.txt").lang == "en"


GERMAN = {"per-lang": {"de": {"ignore": [DATES], "per-rule": {META: {"severity": "info"}}}}}


@pytest.mark.parametrize(
    ("lang", "found"),
    [
        pytest.param("en", {META: "warning", DATES: "error"}, id="another language"),
        pytest.param("de", {META: "info"}, id="the language"),
        pytest.param("de-CH", {META: "info"}, id="a variety of it"),
    ],
)
def test_settings_for_a_language(lang: str, found: dict[str, str]) -> None:
    text = "date 2022-07-29 " + ("Thursday, July 29." if lang == "en" else "Donnerstag, 29. Juli.")
    config = from_mapping({"select": [META, DATES], **GERMAN})
    assert {f.rule: f.severity for f in check_text(text, lang=lang, config=config)} == found


@pytest.mark.parametrize(
    ("per_lang", "tag", "ignored"),
    [
        pytest.param({"de": ["quotes"], "de-CH": ["feed"]}, "de-CH", ("quotes", "feed"), id="both hold"),
        pytest.param({"de-CH": ["feed"]}, "de", (), id="not from the variety to the language"),
        pytest.param({"no": ["feed"]}, "nb", ("feed",), id="another tag of the same language"),
        pytest.param({"de": ["feed"]}, "und", (), id="a text of no language"),
    ],
)
def test_the_language_and_its_varieties(
    per_lang: dict[str, list[str]], tag: str, ignored: tuple[str, ...]
) -> None:
    config = from_mapping({"per-lang": {lang: {"ignore": names} for lang, names in per_lang.items()}})
    assert config.for_lang(tag).extend_ignore == ignored


def test_the_language_may_be_that_of_a_segment() -> None:
    html = '<p lang="de">Donnerstag, 29. Juli 2022</p><p lang="en">Thursday, July 29, 2022</p>'
    config = from_mapping({"select": [DATES], **GERMAN})
    pipeline = Pipeline(config)
    found = pipeline.find(pipeline.document("a.html", html, format="html")).findings
    assert [(f.lang, f.rule) for f in found] == [("en", DATES)]


@pytest.mark.parametrize(
    ("per_lang", "message"),
    [
        ({"german": {"ignore": ["feed"]}}, "unknown language “german” .*did you mean “de”"),
        ({"de": {"ignore": ["fed"]}}, "no rule or family “fed” .*did you mean “feed”"),
        ({"de": {"per-rule": {META: {"params": {"patern": "x"}}}}}, "unknown key “patern”"),
        ({"de": {"lang": "de"}}, "unknown key “lang”"),
    ],
)
def test_a_mistake_for_a_language_is_told_before_the_run(per_lang: dict[str, object], message: str) -> None:
    with pytest.raises(CleanerError, match=message):
        Pipeline(from_mapping({"per-lang": per_lang}))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("profile: publsh", "cleaner.yaml:1:10: there is no profile “publsh” (did you mean “publish”?)"),
        ("ignore:\n  - quotes\n  - fed", "cleaner.yaml:3:5: there is no rule or family “fed”"),
        ("per-rule:\n  quotes/unpared: {severity: info}", "cleaner.yaml:2:3: there is no rule or family “quotes/unpared”"),  # noqa: E501
        ("per-rule:\n  leftover: {prefer: delte}", "cleaner.yaml:2:22: per-rule: leftover has no repair “delte”"),
        ("per-rule: {quotes/foreign: off}", "cleaner.yaml:1:28: “per-rule.quotes/foreign”: expected a mapping, got “off” (to turn it off: ignore: [quotes/foreign])"),  # noqa: E501
        ("per-lang:\n  deutsch: {ignore: [quotes]}", "cleaner.yaml:2:3: unknown language “deutsch” (did you mean “de” (German)?)"),  # noqa: E501
        ("per-lang:\n  de: {ignore: [fed]}", "cleaner.yaml:2:17: there is no rule or family “fed”"),
        ("lang: ua", "cleaner.yaml:1:7: unknown language “ua” (did you mean “uk” (Ukrainian)?)"),
        ("extend: base.yaml", "base.yaml:1:10: there is no rule or family “fed”"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_told_with_its_place(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "base.yaml").write_text("ignore: [fed]\n", "utf-8")
    (tmp_path / "cleaner.yaml").write_text(written, "utf-8")
    with pytest.raises(ConfigError) as caught:
        Pipeline(load(tmp_path / "cleaner.yaml"))
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(message)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.txt", "a/b.txt", True),
        ("a/*.txt", "a/b/c.txt", False),
        ("a/**/*.txt", "a/b/c.txt", True),
        ("a/**/*.txt", "a/c.txt", True),
        ("a/**", "a/b/c", True),
        ("?.txt", "ab.txt", False),
        ("[a].txt", "a.txt", False),
    ],
)
def test_path_patterns(pattern: str, path: str, matches: bool) -> None:
    assert (Config(per_path=(PerPath((pattern,), lang="de"),)).for_path(path).lang == "de") is matches


def test_the_nearest_file_is_taken_whole(tmp_path: Path) -> None:
    inner = tmp_path / "news" / "de"
    inner.mkdir(parents=True)
    (tmp_path / "cleaner.yaml").write_text("lang: en\nfrom: ru\n")
    (tmp_path / "news" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert discover(inner / "a.txt") == tmp_path / "cleaner.yaml"
    (tmp_path / "news" / "de" / "pyproject.toml").write_text("[tool.cleaner]\nlang = 'de'\n")
    found = discover(tmp_path / "news" / "de" / "b.txt")
    assert found is not None


def test_pyproject(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        "[tool.cleaner]\nlang = 'no'\nignore = ['feed']\n[tool.cleaner.per-rule.feed]\nseverity = 'info'\n"
    )
    config = load(path)
    assert (config.lang, config.ignore) == ("no", ("feed",))
    assert config.per_rule["feed"].severity == "info"


def test_extend(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("lang: en\nfrom: ru\n")
    path = tmp_path / "cleaner.yaml"
    path.write_text("extend: base.yaml\nfrom: uk\n")
    config = load(path)
    assert (config.lang, config.source_lang) == ("en", "uk")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("langs: en\n", ":1:1: unknown key “langs” (did you mean “lang”?)"),
        ("fail-level: warn\n", ":1:13: “fail-level”: expected one of error, warning, info"),
        ("per-path:\n  - {matches: [a]}\n", ":2:6: unknown key “matches”"),
        ("- a\n", ":1:1: expected a mapping of settings"),
        ("extend: nowhere.yaml\n", ":1:9: there is no file"),
        ("extend: cleaner.yaml\n", ":1:9: cleaner.yaml extends this file again"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "cleaner.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert f"{path}{message}" in str(caught.value)


BROKEN = {  # files that are no settings, what each holds, and what is said
    "tool is a number": ("pyproject.toml", b"tool = 3\n", "“tool” is no table (write [tool.cleaner])"),
    "our table is a number": ("pyproject.toml", b"[tool]\ncleaner = 3\n", "“tool.cleaner” is no table"),
    "not UTF-8": (
        "pyproject.toml",
        b'[tool.cleaner]\nlang = "\xff"\n',
        "not UTF-8 at byte 23, as TOML must be",
    ),
    "a number of thousands of digits": (
        "pyproject.toml",
        b"[tool.cleaner]\nlang = " + b"9" * 5000,
        "no TOML: Exceeds the limit",
    ),
    "the same in another system": (
        "pyproject.toml",
        b"[tool.cleaner]\nlang = 0x" + b"f" * 9999,
        "a number of thousands of digits",
    ),
    "a table in a thousand tables": (
        "pyproject.toml",
        b"[tool.cleaner" + b".a" * 45 + b"]\n",
        "nested deeper than 40 levels",
    ),
    "a key of a hundred thousand parts": (
        "pyproject.toml",
        b"[tool.cleaner]\na" + b' . "b".c' * 50_000 + b" = 1\n",
        "no TOML: a key of fifty parts",
    ),
    "larger than settings are": ("cleaner.yaml", b"#" * 5_000_000, "the file is larger than 4,000,000 bytes"),
    "larger, in TOML": (
        "pyproject.toml",
        b"[tool.cleaner]\n#" + b"#" * 5_000_000,
        "the file is larger than 4,000,000 bytes",
    ),
    "a slip that loses our settings": ("pyproject.toml", b"[tool.cleaner]\nlang = en\n", "no TOML: "),
    "a NUL in a path": (
        "cleaner.yaml",
        b'extend: "a\\0b"\n',
        "“extend”: a<U+0000>b is no path: ",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_settings_is_told_with_its_file(tmp_path: Path, case: str) -> None:
    name, data, message = BROKEN[case]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        found = discover(tmp_path / "a.txt")
        assert found is not None
        load(found)
    assert f"{name}:" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "bomb",
    ["[project" + ".a" * 100_000 + "]\n", "a = " + "9" * 5000, "a = " + "[" * 100_000],
    ids=["key", "number", "depth"],
)
def test_a_bomb_in_the_settings_of_somebody_else_costs_nothing(tmp_path: Path, bomb: str) -> None:
    (tmp_path / "pyproject.toml").write_text(bomb)
    assert timing.seconds(lambda: discover(tmp_path / "a.txt"), 1) < 1


def test_a_slip_of_somebody_else_is_theirs(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = x\n")
    (tmp_path / "cleaner.yaml").write_text("lang: en\n")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "pyproject.toml").write_text("[project]\nname = x\n")
    assert discover(tmp_path / "news" / "a.txt") == tmp_path / "cleaner.yaml"
