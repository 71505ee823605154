"""The structure of a file survives its repair: parsers that are not ours read the same tree before and after."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import polib
import pytest
import srt
import webvtt
import yaml
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from cleaner.config import Config
from cleaner.model import Safety
from cleaner.pipeline import Pipeline
from cleaner.run import Task, one_text

# Debris that is repaired (safely, on request), with what could be taken for structure inside and beside it.
BAD = [
    "They both [будут] be there, {name} %s $1.",
    "He said : “yes, 5 < 6 and a > b.",
    "It was cafÃ© with R&D — 100%.",
    "date 2022-07-29 Ministers met.",
    "МiнiстрPi <unk> said `so`.",
    "They met met in 140х195 cm rooms , all of them.",
    "The the price is ( 5 ) #tag @name https://example.org/a?b=c&d=e",
]


def _json(text: str) -> object:
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return [(key, shape(inner)) for key, inner in value.items()]
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__

    return shape(json.loads(text)), re.findall(
        r":\s*(-?[\d.eE+-]+|true|null)", re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    )


def _xml(text: str) -> object:
    return [(node.tag, sorted(node.attrib.items())) for node in ElementTree.fromstring(text.encode()).iter()]


def _html(text: str) -> object:
    return [
        (node.tag, sorted(node.attrib.items()))
        for node in lxml_html.fromstring(text).iter()
        if isinstance(node.tag, str)
    ]


def _srt(text: str) -> object:
    return [(cue.index, cue.start, cue.end, cue.proprietary) for cue in srt.parse(text)]


def _vtt(text: str) -> object:
    return [(cue.identifier, cue.start, cue.end) for cue in webvtt.from_string(text)]


def _po(text: str) -> object:
    return [(entry.msgid, entry.msgctxt, entry.flags, entry.occurrences) for entry in polib.pofile(text)]


def _markdown(text: str) -> object:
    return [(token.type, token.tag, token.map) for token in MarkdownIt().parse(text)]


def _csv(text: str) -> object:
    return [len(row) for row in csv.reader(io.StringIO(text, newline=""))]


def _yaml(text: str) -> object:
    return [type(event).__name__ for event in yaml.parse(text)]


def in_json(text: str) -> str:
    return json.dumps(
        {"id": 7, "a": {"text": text, "n": -1.50e3}, "b": [text, None, True]}, ensure_ascii=False
    )


def in_xml(text: str) -> str:
    inner = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
        f"<item><title>{inner}</title><guid>a:1</guid><description>{inner}</description></item></channel></rss>"
    )


def in_html(text: str) -> str:
    inner = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<html><body class='a'><p id=x>{inner} <b>Other words.</b></p><script>var a = 1</script><br></body></html>"


FORMATS: dict[str, tuple[Callable[[str], object], Callable[[str], str]]] = {
    "json": (_json, in_json),
    "xml": (_xml, in_xml),
    "html": (_html, in_html),
    "srt": (
        _srt,
        lambda text: f"1\n00:00:01,000 --> 00:00:02,500\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n",
    ),
    "vtt": (
        _vtt,
        lambda text: f"WEBVTT\n\nid-1\n00:01.000 --> 00:02.000 align:left\n{text.replace('<', '')}\n",
    ),
    "po": (
        _po,
        lambda text: (
            f'#: a.c:1\n#, c-format\nmsgctxt "c"\nmsgid "a %s"\nmsgstr {json.dumps(text, ensure_ascii=False)}\n'
        ),
    ),
    "markdown": (
        _markdown,
        lambda text: (
            f"# {text}\n\n- {text}\n- b\n\n> {text}\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| {text} | c |\n"
        ),
    ),
    "csv": (_csv, lambda text: 'id,text,n\r\n1,"' + text.replace('"', '""') + '",2\r\n3,b,4\r\n'),
    "yaml": (_yaml, lambda text: f"en:\n  a: {json.dumps(text, ensure_ascii=False)}\n  b: [c, d]\n"),
}


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("allowed", [Safety.SAFE, Safety.UNSAFE])
def test_the_structure_is_the_same(format: str, text: str, allowed: Safety) -> None:
    skeleton, holder = FORMATS[format]
    before = holder(text)
    pipeline = Pipeline(Config(lang="en", source_lang="ru"))
    _, new = one_text(before.encode(), "a", pipeline, Task(allowed, format=format))
    assert new is not None
    assert skeleton(new.decode()) == skeleton(before)
    assert re.findall(r"\{\w+\}|%s|\$\d|https?://\S+?(?=[\s\"<]|$)", new.decode()) == re.findall(
        r"\{\w+\}|%s|\$\d|https?://\S+?(?=[\s\"<]|$)", before
    )


@pytest.mark.parametrize("format", FORMATS)
def test_there_are_repairs_in_every_format(format: str) -> None:
    """Or the test above would say nothing."""
    pipeline = Pipeline(Config(lang="en", source_lang="ru"))
    made = 0
    for text in BAD:
        report, _ = one_text(
            FORMATS[format][1](text).encode(), "a", pipeline, Task(Safety.UNSAFE, format=format)
        )
        made += len(report.applied)
    assert made > 3
