"""Edits of a plain text, each with the kinds of change that must be told: none for marks and spaces."""

from __future__ import annotations

import pytest

from tests.verify.reading import changes, kinds

# label, before, after, what is told
Row = tuple[str, str, str, str]

LONG = f"https://a.org/{'x' * 600}"
NUMBERS: list[Row] = [
    ("two digits swapped", "The mayor paid 140 euros.", "The mayor paid 104 euros.", "digits"),
    ("two numbers swapped", "From 5 to 7 people.", "From 7 to 5 people.", "digits"),
    ("swapped far apart", "Of 5 in the north and 2 there 7 left.", "Of 7 in the north and 2 there 5 left.", "digits"),
    ("a number before another word", "He saw 5 men and women.", "He saw men and 5 women.", "digits"),
    ("and a hyphen lost", "He saw well-known 5 men.", "He saw 5 well known men.", "letters"),
    ("a number gone", "He took 5 apples home.", "He took apples home.", "digits"),
    ("a number new", "He took apples home.", "He took 5 apples home.", "digits"),
    ("a number as a word", "He took 5 apples home.", "He took five apples home.", "digits letters"),
    ("a leading zero", "Call 007 now.", "Call 07 now.", "digits"),
    ("a decimal mark moved", "It cost 12.5 euros.", "It cost 1.25 euros.", "digits"),
    ("another decimal mark", "It cost 1.000,5 euros.", "It cost 1,000.5 euros.", "digits"),
    ("thousands joined", "It cost 1 000 euros.", "It cost 1000 euros.", "digits"),
    ("thousands, another space", "It cost 1\u00a0000 euros.", "It cost 1\u202f000 euros.", ""),
    ("a space inside", "It cost 140 euros.", "It cost 14 0 euros.", "digits"),
    ("a zero-width space inside", "It cost 140 euros.", "It cost 1\u200b40 euros.", "digits"),
    ("a minus lost", "It was −5 degrees.", "It was 5 degrees.", "digits"),
    ("a minus as a hyphen", "It was −5 degrees.", "It was -5 degrees.", ""),
    ("a plus lost", "It was +5 degrees.", "It was 5 degrees.", "digits"),
    ("a range with another dash", "It took 5-7 days.", "It took 5–7 days.", ""),
    ("a range joined", "It took 5-7 days.", "It took 57 days.", "digits"),
    ("less and greater", "It was < 5 in May.", "It was > 5 in May.", "digits"),
    ("at least and at most", "It was ≥ 5 in May.", "It was ≤ 5 in May.", "digits"),
    ("plus or minus", "It was ±5 in May.", "It was 5 in May.", "digits"),
    ("an arrow before a number", "The result -> 5 points.", "The result: 5 points.", ""),
    ("percent lost", "It rose 5% in May.", "It rose 5 in May.", "digits"),
    ("percent with a space", "It rose 5% in May.", "It rose 5 % in May.", ""),
    ("per mille", "It rose 5% in May.", "It rose 5‰ in May.", "digits"),
    ("another currency", "It cost €5 in May.", "It cost $5 in May.", "digits"),
    ("degrees lost", "It was 5 °C here.", "It was 5 C here.", "digits"),
    ("another power", "An area of 5 m².", "An area of 5 m³.", "digits"),
    ("another fraction", "A share of ½ now.", "A share of ¼ now.", "digits"),
    ("another Roman sign", "The part Ⅳ now.", "The part Ⅵ now.", "digits"),
    ("another circled number", "See ① here.", "See ② here.", "digits"),
    ("a date", "On 2022-07-29 it was.", "On 2022-07-28 it was.", "digits"),
    ("a time", "At 10:30 it was.", "At 10:35 it was.", "digits"),
    ("a version", "Version 1.2.3 is out.", "Version 1.2.4 is out.", "digits"),
    ("a phone number", "Call +380 44 123-45-67 now.", "Call +380 44 123-45-68 now.", "digits"),
    ("another unit", "It is 5 km away.", "It is 5 m away.", "letters"),
]  # fmt: skip

# label, language, before, after, what is told
SCRIPTS: list[tuple[str, str, str, str, str]] = [
    ("Arabic-Indic as ASCII", "ar", "دفع ٤٢ ريال", "دفع 42 ريال", ""),
    ("Arabic-Indic swapped", "ar", "دفع ٤٢ ريال", "دفع ٢٤ ريال", "digits"),
    ("an Arabic decimal mark as ASCII", "ar", "بلغ ٥٫٢ بالمئة", "بلغ 5.2 بالمئة", ""),
    ("after an Arabic decimal mark", "ar", "بلغ ٥٫٢ بالمئة", "بلغ ٥٫٣ بالمئة", "digits"),
    ("Persian digits as ASCII", "fa", "در ۲۰۲۲ بود", "در 2022 بود", ""),
    ("Devanagari", "hi", "कुल ४२ लोग", "कुल ४३ लोग", "digits"),
    ("Bengali", "bn", "মোট ৪২ জন", "মোট ৪৩ জন", "digits"),
    ("Thai digits", "th", "ปี ๒๕๖๙ นี้", "ปี ๒๕๖๘ นี้", "digits"),
    ("full-width", "ja", "合計１２００円", "合計１３００円", "digits"),
    ("full-width as ASCII", "ja", "合計１２００円", "合計1200円", ""),
    ("a Chinese numeral", "zh", "共三人", "共四人", "letters"),
    ("a Hebrew word", "he", "ראש הממשלה אמר היום דברים", "ראש הממשלה אמר אתמול דברים", "letters"),
    ("Hebrew points", "he", "הוּא אמר", "הוא אמר", "letters"),
    ("a mark of direction", "he", "הוא אמר", "\u200fהוא אמר", ""),
    ("an Arabic word", "ar", "قال الرئيس اليوم ذلك", "قال الوزير اليوم ذلك", "letters"),
    ("a Persian joiner", "fa", "می‌خواهم بروم", "میخواهم بروم", ""),
    ("a Chinese sign", "zh-TW", "選舉將於三月舉行", "選舉將於四月舉行", "letters"),
    ("a Korean word", "ko", "대통령이 오늘 말했다", "대통령이 어제 말했다", "letters"),
    ("a Thai word", "th", "นายกรัฐมนตรีพูดวันนี้", "นายกรัฐมนตรีพูดเมื่อวาน", "letters"),
    ("a Tamil vowel", "ta", "கட்சி அறிவித்தது", "காட்சி அறிவித்தது", "letters"),
    ("a Telugu vowel", "te", "కల వచ్చింది", "కాల వచ్చింది", "letters"),
    ("a Gujarati vowel", "gu", "કર ભર", "કાર ભર", "letters"),
    ("a Sinhala vowel", "si", "කල වේ", "කාල වේ", "letters"),
    ("a Khmer vowel", "km", "កាល នេះ", "កល នេះ", "letters"),
    ("a Georgian word", "ka", "პრეზიდენტი დღეს", "პრეზიდენტი ხვალ", "letters"),
    ("a decomposed letter", "uk", "Він прийшов", "Він прии\u0306шов", ""),
    ("an accent lost", "fr", "Le président élu a parlé", "Le president élu a parlé", "letters"),
    ("a letter of another script", "en", "The capital is old.", "The c\u0430pital is old.", "letters"),
    ("a ligature", "en", "The of\ufb01ce is old.", "The office is old.", ""),
    ("full-width letters", "en", "The ＡＢＣ is old.", "The ABC is old.", ""),
    ("a picture", "en", "Great news 👍 today.", "Great news 👎 today.", "letters"),
    ("a picture gone", "en", "Great news 👍 today.", "Great news today.", "letters"),
    ("a picture of two", "en", "She is a 👩‍💻 today.", "She is a 👩‍🔬 today.", "letters"),
    ("a colour of skin", "en", "Great 👍🏽 today.", "Great 👍🏿 today.", "letters"),
    ("a flag", "en", "He is in 🇺🇦 today.", "He is in 🇷🇺 today.", "letters"),
    ("a picture in colour", "en", "Great ❤️ today.", "Great ❤ today.", ""),
    ("a copyright sign", "en", "Photo © Agency here.", "Photo Agency here.", "letters"),
    ("an arrow and a bullet", "en", "■ From a → b.", "• From a - b.", ""),
]  # fmt: skip

FOR_PROGRAMS: list[Row] = [
    ("an address", "See https://a.org/x?y=1 now.", "See https://a.org/x?y=2 now.", "urls"),
    ("its scheme", "See https://a.org/x now.", "See http://a.org/x now.", "urls"),
    ("its case", "See https://a.org/?A=b now.", "See https://a.org/?a=b now.", "urls"),
    ("its port", "See http://a.org:80/ here.", "See http://a.org:81/ here.", "urls"),
    ("its last slash", "See https://a.org/x/ now.", "See https://a.org/x now.", "urls"),
    ("its last bracket", "See https://a.org/x_(b) now.", "See https://a.org/x_(b now.", "urls"),
    ("the bracket around it", "He said so (https://a.org/x).", "He said so: https://a.org/x.", ""),
    ("the mark after it", "See https://a.org.", "See https://a.org!", ""),
    ("the end of a long one", f"See {LONG}/?a=b now.", f"See {LONG}/?a/b now.", "urls"),
    ("an address gone", "See https://a.org today.", "See it today.", "letters urls"),
    ("in Cyrillic", "See https://пример.рф/я/1 here.", "See https://пример.рф/я/2 here.", "urls"),
    ("ftp", "At ftp://a.org/x today.", "At ftp://a.org/y today.", "urls"),
    ("a scheme of a program", "At tg://a?b=c today.", "At tg://a?b=d today.", "urls"),
    ("without a scheme", "See www.a.org/x today.", "See www.a.org/y today.", "urls"),
    ("a bare domain", "See bbc.com now.", "See bbc.co now.", "urls"),
    ("an e-mail address", "Write to ivan.petrenko@ukr.net now.", "Write to ivanpetrenko@ukr.net now.", "e-mails"),
    ("a handle", "Ask @nbu_ua now.", "Ask @nbu now.", "handles"),
    ("the case of a handle", "Ask @User_1 now.", "Ask @user_1 now.", "handles"),
    ("a hashtag as words", "See #nbu_ua now.", "See nbu_ua now.", "handles"),
    ("a Cyrillic hashtag", "See #выборы now.", "See #выбор now.", "handles"),
    ("Python", "Hello {name}, hi.", "Hello {nome}, hi.", "placeholders"),
    ("two that changed places", "{a} met {b}.", "{b} met {a}.", "placeholders"),
    ("an attribute in one", "Hello {user.name}, hi.", "Hello user.name, hi.", "placeholders"),
    ("a space in one", "Hello %s, hi.", "Hello % s, hi.", "placeholders"),
    ("a mapping", "We saw %(x)d cars.", "We saw %(x)s cars.", "placeholders"),
    ("C with a width", "Hello %-10s, hi.", "Hello %10s, hi.", "placeholders"),
    ("C with a precision", "It is %5.2f now.", "It is %5.1f now.", "placeholders"),
    ("numbered", "%1$s and %2$s met.", "%2$s and %1$s met.", "placeholders"),
    ("Jinja", "We saw {{x}} cars.", "We saw {x} cars.", "placeholders"),
    ("Jinja with a filter", "Hello {{ x|upper }}, hi.", "Hello { x|upper }, hi.", "placeholders"),
    ("Jinja without its spaces", "Hello {{ name }}, hi.", "Hello {{name}}, hi.", ""),
    ("a block of Jinja", "Hello {% if x %}a{% endif %} hi.", "Hello {% if x %}a{ endif } hi.", "placeholders"),
    ("Mustache", "{{#a}}some words{{/a}} here.", "{{#a}}some words{{a}} here.", "placeholders"),
    ("a brace of ICU", "{n, plural, one {a} other {b}}", "{n, plural, one {a} other {b}", "placeholders"),
    ("shell", "Hello ${x}, hi.", "Hello {x}, hi.", "placeholders"),
    ("Ruby", "Hello #{x}, hi.", "Hello {x}, hi.", "placeholders"),
    ("Ruby by name", "You have %{count} cars.", "You have %{cont} cars.", "placeholders"),
    ("PHP", "Hello $user here.", "Hello $usr here.", "placeholders"),
    ("a numbered tag", "Read <0>this</0> now.", "Read <1>this</1> now.", "placeholders"),
    ("between underscores", "Hello __NAME__, hi.", "Hello NAME, hi.", "placeholders"),
    ("a brace lost", "Hello {user name}, hi.", "Hello user name, hi.", "placeholders"),
    ("a tag of XML", 'Take <g id="1">this</g> now.', 'Take <g id="2">this</g> now.', "markup"),
]  # fmt: skip

WORDS: list[Row] = [
    ("a name lost", "On Monday Ivan Petrenko said so.", "On Monday Petrenko said so.", "names"),
    ("a name with another letter", "On Monday Petrenko said so.", "On Monday Petrenka said so.", "names"),
    ("two names swapped", "On Monday Ivan met Petro there.", "On Monday Petro met Ivan there.", "names"),
    ("not, inserted", "He is guilty.", "He is not guilty.", "letters"),
    ("not, in a short form", "He is guilty.", "He isn't guilty.", "letters"),
    ("not, lost", "The court did not convict him.", "The court did convict him.", "letters"),
    ("a word lost", "He is a well known man.", "He is a known man.", "letters"),
    ("two words swapped", "He saw the red and the green one.", "He saw the green and the red one.", "letters"),
    ("a sentence lost", "On Monday Ivan paid. It was cold there.", "It was cold there.", "letters names"),
    ("a sentence new", "It was cold there.", "It was cold there. On Monday Ivan paid.", "letters names"),
    ("another case", "He met the president there.", "He met the President there.", "letters"),
    ("a name in small letters", "He met Petrenko there.", "He met petrenko there.", "letters"),
    ("a long word", f"{'a' * 5000} is long.", f"{'a' * 5001} is long.", "letters"),
    ("a hyphen", "He is a well-known man.", "He is a well known man.", ""),
    ("quotation marks", 'He said "yes" to it.', "He said “yes” to it.", ""),
    ("a dash", "He - said so.", "He — said so.", ""),
    ("commas", "He said that, however he left.", "He said that; however, he left.", ""),
    ("a tab and a form feed", "One\ttwo\x0c three.", "One two three.", ""),
    ("a long gap", f"One{' ' * 5000}two.", "One two.", ""),
    ("a line broken elsewhere", "One two\nthree four.", "One two three\nfour.", ""),
]  # fmt: skip

PARAGRAPHS: list[Row] = [
    ("two swapped", "One two three.\n\nFour five six.\n", "Four five six.\n\nOne two three.\n", "letters"),
    ("two merged", "One two three.\n\nFour five six.\n", "One two three. Four five six.\n", "structure"),
    ("one split", "One two three. Four five six.\n", "One two three.\n\nFour five six.\n", "structure"),
    ("one lost", "One two three.\n\nFour five six.\n\nSeven.\n", "One two three.\n\nSeven.\n", "letters structure"),
    ("a word in the next one", "One two.\n\nThree.\n", "One.\n\ntwo Three.\n", "structure"),
    ("merged, with CRLF", "One two.\r\n\r\nThree four.\r\n", "One two.\r\nThree four.\r\n", "structure"),
    ("two empty lines for one", "One two three.\n\nFour five six.\n", "One two three.\n\n\nFour five six.\n", ""),
    ("empty lines around", "One two three.\n", "\n\nOne two three.\n\n", ""),
    ("spaces in the empty line", "One two three.\n\nFour five.\n", "One two three.\n \t\nFour five.\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(before, after, told, id=label)
        for label, before, after, told in (*NUMBERS, *FOR_PROGRAMS, *WORDS, *PARAGRAPHS)
    ],
)
def test_what_is_told(before: str, after: str, told: str) -> None:
    assert kinds(changes(before, after)) == told


@pytest.mark.parametrize(("before", "after", "told"), [row[1:] for row in NUMBERS + WORDS if row[3]])
def test_it_is_told_whichever_way_it_went(before: str, after: str, told: str) -> None:
    assert kinds(changes(after, before)) == told


@pytest.mark.parametrize(
    ("lang", "before", "after", "told"), [pytest.param(*row[1:], id=row[0]) for row in SCRIPTS]
)
def test_other_scripts(lang: str, before: str, after: str, told: str) -> None:
    assert kinds(changes(before, after, lang=lang, source=None)) == told


MESSAGES = [
    ("He paid 140 euros.", "He paid 104 euros.", ["“140” became “104”"]),
    ("From 5 to 7 people.", "From 7 to 5 people.", ["“5”, “7” are in another order"]),
    ("He took 5 apples.", "He took apples.", ["“5” is gone"]),
    ("Ask @nbu_ua now.", "Ask nbu_ua now.", ["“@nbu_ua” is gone"]),
    ("Hello {user.name}, hi.", "Hello user.name, hi.", ["“{user.name}” is gone"]),
    ("He met Petrenko there.", "He met petrenko there.", ["“Petrenko” became “petrenko”"]),
    ("One two.\n\nThree four.", "One two. Three four.", ["the empty line between two paragraphs is gone"]),
    ("He saw 5 men and women.", "He saw men and 5 women.", ["“5”, “men”, “and” are in another order"]),
    ("a a b c d e", "f", ["“a” (2 times), “b”, “c”, “d”, “e” became “f”"]),
    (f"He is {'a' * 60}.", f"He is {'b' * 61}.", [f"“{'a' * 60}” became “{'b' * 59}…”"]),
    ("x " * 9, "y " * 9, ["“x” (9 times) became “y” (9 times)"]),
    ("a b c d e f g", "h", ["“a”, “b”, “c”, “d”, “e” and 2 more became “h”"]),
]


@pytest.mark.parametrize(("before", "after", "told"), MESSAGES)
def test_it_is_told_once_and_in_words(before: str, after: str, told: list[str]) -> None:
    assert [change.message for change in changes(before, after)] == told


def test_places_are_those_of_both_texts() -> None:
    old, new = "Мер заплатив 140 євро.", "Учора мер заплатив 104 євро."
    (number,) = [change for change in changes(old, new, lang="uk") if change.kind == "digits"]
    assert (old[number.before.slice], new[number.after.slice]) == ("140", "104")
