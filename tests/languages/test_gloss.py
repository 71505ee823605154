"""Glosses come from closed lists, names by a standard; both directions, all languages."""

import re
from importlib import resources

import iuliia
import pytest

from cleaner import yamlio
from cleaner.languages import gloss, lookup, remedies
from cleaner.languages.fragments import in_other_letters

LANGUAGES = ["ru", "uk", "de", "fr", "es", "it", "pt", "pl", "cs", "zh", "ja", "ar", "he"]

GLOSSED = [
    ("будут", "ru", "en", "will"), ("кожна", "uk", "en", "every"), ("nicht", "de", "en", "not"),
    ("avec", "fr", "en", "with"), ("pero", "es", "en", "but"), ("anche", "it", "en", "also"),
    ("também", "pt", "en", "also"), ("będzie", "pl", "en", "will"), ("protože", "cs", "en", "because"),
    ("已经", "zh", "en", "already"), ("しかし", "ja", "en", "but"), ("لكن", "ar", "en", "but"),
    ("דולר", "he", "en", "dollars"), ("февраля", "ru", "en", "February"), ("listopadu", "cs", "en", "November"),
    ("dollars", "en", "ru", "долларов"), ("because", "en", "de", "weil"), ("hours", "en", "ja", "時間"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "source", "target", "said"), GLOSSED, ids=[f"{r[1]} {r[0]}" for r in GLOSSED]
)
def test_gloss(word: str, source: str, target: str, said: str) -> None:
    found = gloss.gloss(word, source, target)
    assert found is not None
    assert found.text == said


@pytest.mark.parametrize("word", ["президент", "оккупантам", "Regierung", "公司"])
def test_open_class_words_are_never_guessed(word: str) -> None:
    assert all(gloss.gloss(word, source, "en") is None for source in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_directions_are_there(lang: str) -> None:
    for direction in ("into-english", "from-english"):
        entries = gloss._lists(lang, direction)
        assert len(entries) > 20
        assert {entry.kind for entry in entries.values()} == {"function", "unit", "currency"}
        assert all(
            word == word.strip() and entry.text == entry.text.strip() != "" for word, entry in entries.items()
        )


def test_lists_say_where_they_come_from() -> None:
    folder = resources.files("cleaner.languages") / "data" / "gloss"
    for lang in LANGUAGES:
        text = (folder / f"{lang}.yml").read_text("utf-8")
        assert text.startswith("#")
        assert "Sources:" in text
        yamlio.read(text, f"{lang}.yml")


NAMES = [("Эрнан", "ru", "Ernan"), ("Елена", "ru", "Yelena"), ("Андреев", "ru", "Andreyev"),
         ("Юрій", "uk", "Yurii"), ("Польщі", "uk", "Polshchi"), ("Знам'янка", "uk", "Znamianka"),
         ("Пловдив", "bg", "Plovdiv"), ("北京", "zh", "")]  # fmt: skip


@pytest.mark.parametrize(("name", "lang", "latin"), NAMES, ids=[row[0] for row in NAMES])
def test_transliterate(name: str, lang: str, latin: str) -> None:
    assert gloss.transliterate(name, lang) == latin


PROVEN = [
    ("Анна Anna came.", "uk", "Anna"),
    ("But кожна every family.", "uk", "every"),
    ("Secretary Столтенберг Stoltenberg spoke.", "uk", "Stoltenberg"),
    ("They both [будут] be there.", "ru", ""),
    ("Many людей people came.", "ru", ""),
    ("The на table is on fire.", "ru", ""),
]


@pytest.mark.parametrize(("text", "source", "beside"), PROVEN, ids=[row[0] for row in PROVEN])
def test_redundancy_is_proven_or_denied(text: str, source: str, beside: str) -> None:
    (fragment,) = in_other_letters(text, lookup("en"), lookup(source), None)
    assert remedies.redundant(text, fragment, lookup("en")) == beside


RUSSIAN_NAMES = """\
Ельцин Объедков Юрий Сергей Рыбинск Майоров Подъярков Ильич Филиппович Щукин Цой Эрнан Жириновский
Хабаровск Чебоксары Шойгу Алтайский Ямал Яхья Вьюгин Мельничук Бабаев Эльбрус Йошкар-Ола Нижний Тагил Улан-Удэ Ейск
Приозерье Раиса Фаина Зоя Аэрофлот Лыткарино Ыныкчан Гуляй-Поле Воробьева Григорьев Игорь"""


@pytest.mark.parametrize("name", RUSSIAN_NAMES.split())
def test_a_library_transliterates_russian_names_alike(name: str) -> None:
    """iuliia knows BGN/PCGN with its apostrophes, which news leaves out."""
    spelt = iuliia.BGN_PCGN.translate(name)
    assert gloss.transliterate(name, "ru") == re.sub("[’”·]", "", spelt)


# The examples of the resolution itself (Cabinet of Ministers of Ukraine, 27 January 2010, No. 55).
RESOLUTION = """Алушта Alushta · Андрій Andrii · Борщагівка Borshchahivka · Борисенко Borysenko · Вінниця Vinnytsia
Володимир Volodymyr · Гадяч Hadiach · Богдан Bohdan · Згурський Zghurskyi · Ґалаґан Galagan · Ґорґани Gorgany
Донецьк Donetsk · Дмитро Dmytro · Рівне Rivne · Олег Oleh · Есмань Esman · Єнакієве Yenakiieve · Гаєвич Haievych
Короп’є Koropie · Житомир Zhytomyr · Жанна Zhanna · Жежелів Zhezheliv · Закарпаття Zakarpattia · Казимирчук Kazymyrchuk
Медвин Medvyn · Михайленко Mykhailenko · Іванків Ivankiv · Іващенко Ivashchenko · Їжакевич Yizhakevych
Кадіївка Kadiivka · Мар’їне Marine · Йосипівка Yosypivka · Стрий Stryi · Олексій Oleksii · Київ Kyiv
Коваленко Kovalenko · Лебедин Lebedyn · Леонід Leonid · Миколаїв Mykolaiv · Маринич Marynych · Ніжин Nizhyn
Наталія Nataliia · Одеса Odesa · Онищенко Onyshchenko · Полтава Poltava · Петро Petro · Решетилівка Reshetylivka
Рибчинський Rybchynskyi · Суми Sumy · Соломія Solomiia · Тернопіль Ternopil · Троць Trots · Ужгород Uzhhorod
Уляна Uliana · Фастів Fastiv · Філіпчук Filipchuk · Харків Kharkiv · Христина Khrystyna · Біла Bila
Стеценко Stetsenko · Чернівці Chernivtsi · Шевченко Shevchenko · Шостка Shostka · Кишеньки Kyshenky
Щербухи Shcherbukhy · Гоща Hoshcha · Гаращенко Harashchenko · Юрій Yurii · Корюківка Koriukivka · Яготин Yahotyn
Ярошенко Yaroshenko · Костянтин Kostiantyn · Знам’янка Znamianka · Феодосія Feodosiia · Розгон Rozghon"""


@pytest.mark.parametrize(("name", "latin"), [pair.split() for pair in re.split(r" · |\n", RESOLUTION)])
def test_the_resolution_names_its_own_examples(name: str, latin: str) -> None:
    assert gloss.transliterate(name, "uk") == latin
