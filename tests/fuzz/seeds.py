r"""What mutation begins with: our fixtures, small texts, and the words of each format.

All of it is written by us. A crasher that was found joins REGRESSIONS, as short as it could be made.
"""

from __future__ import annotations

from pathlib import Path

from cleaner.formats import format_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "formats"
RULES = Path(__file__).parents[2] / "rules"
_LARGEST = 6_000  # bytes of a seed: mutation of a small one says more

# fmt: off
_XML = ["<", ">", "&", "&amp;", "&lt;", "&#1073;", "&#x41;", "&#0;", "&#xd800;", "<!--", "-->", "<![CDATA[",
        "]]>", "<?xml version='1.0'?>", "<!DOCTYPE a>", "<!ENTITY", "</", "/>", "<a", "='", '="',
        "xmlns='x'", "xml:lang='uk'"]
_HTML = [*_XML, "<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "<td>", "<tr>", "<title>", "<script>",
         "</script>", "<pre>", "<code>", "<textarea>", "lang=uk", "translate=no", "class=notranslate",
         "alt='а'", "<img alt=", "&nbsp", "&notit;", "<html", "<svg>", "<a>", "</a>"]
_JSON = ["{", "}", "[", "]", ":", ",", '"', "\\", "\\u0431", "\\ud83d\\ude00", "\\ud83d", "\\n", "null",
         "true", "-0.1e9", "NaN", '"a":', "\n", '{"a": "б"}\n', '"items"', '"title":', '"en":', '"uk":',
         '"content_html":', '"@@locale": "uk"']
WORDS: dict[str, list[str]] = {
    "plain": ["а", "\n", "\r", "\x00"],
    "json": _JSON,
    "jsonl": _JSON,
    "jsonfeed": _JSON,
    "csv": ['"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "sep=;\n", "# cleaner: x\n", '","', '"\n'],
    "tsv": ['"', '""', "\t", "\n", "\r\n", '"\t"', '\t"'],
    "srt": ["1\n", "00:00:01,000 --> 00:00:02,000\n", "-->", "\n\n", "<i>", "</i>", "{\\an8}", "\r",
            "{y:i}"],
    "vtt": ["WEBVTT\n\n", "00:01.000 --> 00:02.000 align:left\n", "NOTE ", "STYLE\n", "<v Анна>",
            "<00:01.000>", "&amp;", "&lt;", "\n\n", "Language: uk\n", "-->"],
    "po": ['msgid "', 'msgstr "', 'msgstr[0] "', 'msgid_plural "', 'msgctxt "', '"\n', "#, fuzzy\n", "#~ ",
           "\\n", "\\", "\\x41", "\\101", "\n\n", '"Language: uk\\n"\n'],
    "html": _HTML,
    "markdown": ["# ", "> ", "- ", "1. ", "    ", "\t", "```\n", "~~~", "`", "*", "**", "_", "[", "]", "](",
                 "![", "<b>", "<div>\n", "<!--", "|", "|-|-|\n", "---\n", "===\n", "+++\n", "\\", "&amp;",
                 "[^a]", "[^a]: ", "[a]: b\n", "<https://a.b>", "{{<", ">}}", "{%", "%}", "title: а\n",
                 "  \n", "\r\n", "\r"],
    "feed": [*_HTML, "<rss>", "<channel>", "<item>", "</item>", "<title>", "<description>", "&lt;p&gt;",
             "&amp;amp;", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='html'>",
             "<guid>", "<content type='xhtml'>"],
    "xliff": [*_XML, "<xliff>", "<file target-language='uk'>", "<trans-unit id='1'>", "<target>",
              "</target>", "<source>", "<g id='1'>", "<x/>", "<ph>", "<mrk mtype='protected'>", "<segment>"],
    "tmx": [*_XML, "<tmx>", "<tu>", "<tuv xml:lang='uk'>", "<seg>", "</seg>", "<bpt>", "<hi>",
            "<header srclang='en'/>"],
    "xml": [*_HTML, "<rss>", "<channel>", "<title>", "<html>", "<xliff>", "<tmx>", "<project>"],
    "yaml": [": ", "- ", "? ", "'", '"', "|", ">", "|-\n", ">+\n", "\n  ", "#", " #", "&a ", "*a", "!!str ",
             "---\n", "...\n", "[", "]", "{", "}", ",", "\\u0431", "\\\n", "''", "\t", "%YAML 1.2\n",
             "uk:\n"],
}
# fmt: on
WORDS["rules"] = [
    *WORDS["yaml"],
    "<<: ",
    "!!python/object:a ",
    "title: ",
    "kind: pattern\n",
    "{{",
    "1e9",
    "\ufeff",
]

REGRESSIONS: dict[str, list[str]] = {
    **{name: [] for name in WORDS},
    "json": ['{"@@locale": "\u043ft", "greeting": "Да", "@greeting": {"description": "b"}}'],
    "csv": [
        'sep=;\nid;text\n1;"Да; ""ні"""\n2;так\n',
        'id"\n;title;views\n1;Les mini\ttres, lundi;1 200\n2;"Une ; deux";3,5\n',
    ],
    "tsv": ['"""\t\n\r""', 'id\ttext\n1\t"О с2\t"'],
    "srt": ["10:0:01,00-->0:0:02,000\n1\n\ni>>{\\{y:\r}"],
    "vtt": ["0:0->0:4\n&sp;"],
}


def seeds(format: str) -> list[bytes]:
    """Texts to begin with: fixtures of the format, its words one after the other, what failed once."""
    texts = ["".join(WORDS[format]).encode(), *(text.encode() for text in REGRESSIONS[format])]
    files = RULES.glob("*/*.yml") if format == "rules" else FIXTURES.glob("*/*")
    for path in sorted(files):
        is_ours = format == "rules" or (format_of(path.name) or "yaml") == format
        if is_ours and path.suffix not in (".segments",) and path.name != "README.md":
            data = path.read_bytes()
            if len(data) <= _LARGEST:
                texts.append(data)
    return texts[:40]
