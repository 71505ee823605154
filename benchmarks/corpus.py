"""Texts to measure with, made from sentences that we wrote: news in seven languages, sound and damaged.

    documents(megabytes)    sound news of about 2.3 KB each, in equal parts of every language
    damaged(document)       the same with two accidents of machine translation

Sentences are filled with names, places and numbers, so that no two documents are alike, and come in
paragraphs with a headline, quotations, dates, figures and Latin names as news has them. The same
seed gives the same texts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SIZE = 2300  # bytes of UTF-8 of one document


@dataclass(frozen=True, slots=True)
class Text:
    """A document and its language."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class _News:
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]
    between: str = " "


_NEWS = {
    "en": _News(
        (
            "The {thing} in {place} will be rebuilt by the end of {year}, {name} told reporters on Tuesday.",
            "“We expected more from the {thing},” said {name}, who has led the council since {year}.",
            "About {number} people came to the market, {small} per cent more than in the previous year.",
            "It was the first time that the {thing} had been opened to visitors from {place}.",
            "Nobody was hurt when the roof of the {thing} gave way shortly after 8:30 in the evening.",
            "The {thing}, which cost {number} euros, was paid for by the town and by two private donors.",
            "“I don’t think that anyone in {place} is surprised,” {name} added with a smile.",
            "Farmers near {place} have been waiting for rain since the beginning of spring.",
            "According to the police, a man of {small} had left his car in front of the {thing}.",
            "The decision is expected to be published next week, but critics (among them {name}) want a delay.",
            "Trains between {place} and the coast were late because of work on the {thing}.",
            "She had learnt the trade from her grandfather and opened a shop of her own in {year}.",
            "Whether the {thing} can be saved depends on the weather of the coming days.",
            "A long-term plan for the {thing} was presented by {name} and her colleagues from {place}.",
            "The museum’s oldest painting, a quiet view of {place}, shows a river and a low bridge.",
            "There’s little left of the old {thing}; only the tower and a few walls remain.",
            "Prices rose by {small} per cent, the bank reported, while wages stayed nearly the same.",
            "“When will it be ready?” asked a woman from {place}. Nobody at the meeting knew the answer.",
        ),
        ("Martha Quill", "Edwin Harrow", "Ruth Pellam", "Owen Tressick", "Clara Nisbet", "Hugh Fanshaw"),
        ("Millbrook", "Eastwater", "the northern valley", "Harrowgate", "Kingsport", "the old harbour"),
        ("bridge", "school", "library", "town hall", "railway station", "theatre", "water tower", "hospital"),
    ),
    "de": _News(
        (
            "Die {thing} in {place} soll bis Ende {year} erneuert werden, sagte {name} am Dienstag.",
            "„Wir hatten uns mehr erhofft“, erklärte {name}, der seit {year} im Gemeinderat sitzt.",
            "Rund {number} Menschen kamen auf den Marktplatz, {small} Prozent mehr als im Vorjahr.",
            "Zum ersten Mal durften auch Besucher aus {place} die {thing} von innen sehen.",
            "Verletzt wurde niemand, als kurz nach 20.30 Uhr ein Teil des Daches nachgab.",
            "Die {thing}, die {number} Euro gekostet hat, wurde von der Stadt und zwei Spendern bezahlt.",
            "„Überrascht ist hier vermutlich keiner“, fügte {name} lächelnd hinzu.",
            "Die Bauern bei {place} warten seit Beginn des Frühlings vergeblich auf Regen.",
            "Nach Angaben der Polizei hatte ein {small}-Jähriger sein Fahrrad vor der {thing} abgestellt.",
            "Der Beschluss wird nächste Woche erwartet, doch Kritiker (darunter {name}) verlangen Aufschub.",
            "Zwischen {place} und der Küste fuhren die Züge wegen Bauarbeiten mit großer Verspätung.",
            "Das Handwerk lernte sie von ihrem Großvater, {year} eröffnete sie ein eigenes Geschäft.",
            "Ob die {thing} erhalten bleibt, hängt vom Wetter der kommenden Tage ab.",
            "Einen Plan für die {thing} stellten {name} und seine Kollegen aus {place} vor.",
            "Das älteste Gemälde des Museums zeigt einen Fluss, eine niedrige Brücke und viel Himmel.",
            "Von der alten {thing} ist wenig geblieben; nur der Turm und einige Mauern stehen noch.",
            "Die Preise stiegen um {small} Prozent, während die Löhne nahezu gleich blieben.",
            "„Wann wird sie fertig?“, fragte eine Frau aus {place}. Eine Antwort bekam sie nicht.",
        ),
        (
            "Martha Quellwasser",
            "Erwin Haselbach",
            "Ruth Pellmann",
            "Otto Tressner",
            "Klara Nissen",
            "Hugo Fahrenholz",
        ),
        ("Mühlbach", "Ostwasser", "Hohenfelde", "Königshafen", "Nordtal", "Altenhagen"),
        ("Brücke", "Schule", "Bücherei", "Stadthalle", "Mühle", "Kirche", "Werkstatt", "Klinik"),
    ),
    "ru": _News(
        (
            "Об этом сообщило агентство Reuters со ссылкой на страницу города в Facebook.",
            "Мост у деревни {place} обещают отремонтировать до конца {year} года, сообщил {name} во вторник.",
            "«Мы ожидали большего», — сказал {name}, который работает в совете с {year} года.",
            "На площадь пришли около {number} человек, на {small} процентов больше, чем годом ранее.",
            "Впервые {thing} открыли для посетителей из города {place}.",
            "Никто не пострадал, когда вечером, вскоре после 20:30, обрушилась часть крыши.",
            "{thing} обошлась в {number} рублей; деньги собрали город и двое местных жителей.",
            "«Не думаю, что кто-нибудь удивлён», — добавил с улыбкой {name}.",
            "Крестьяне под городом {place} ждут дождя с самого начала весны.",
            "По данным полиции, мужчина {small} лет оставил машину прямо перед входом.",
            "Решение опубликуют на следующей неделе, но критики (среди них {name}) просят его отложить.",
            "Поезда между станцией {place} и побережьем опаздывали из-за ремонта путей.",
            "Ремеслу она училась у деда, а в {year} году открыла собственную мастерскую.",
            "Удастся ли её сохранить, зависит от погоды в ближайшие дни.",
            "План подготовили {name} и его коллеги из города {place}.",
            "На старейшей картине музея изображены река, низкий мост и высокое небо.",
            "От старого здания осталось немного: башня и несколько стен.",
            "Цены выросли на {small} процентов, а зарплаты почти не изменились.",
            "«Когда же всё будет готово?» — спросила женщина из зала. Ответа она не получила.",
        ),
        (
            "Марфа Криничная",
            "Ефим Орешников",
            "Раиса Полынова",
            "Олег Травников",
            "Клавдия Нисская",
            "Глеб Фонарёв",
        ),
        ("Мельничный", "Заречье", "Королёво", "Северная Долина", "Ореховка", "Старая Гавань"),
        ("школа", "библиотека", "мельница", "больница", "башня", "станция"),
    ),
    "uk": _News(
        (
            "Про це повідомила агенція Reuters із посиланням на сторінку міста у Facebook.",
            "Міст біля села {place} обіцяють відновити до кінця {year} року, повідомив {name} у вівторок.",
            "«Ми очікували більшого», — сказав {name}, який працює в раді з {year} року.",
            "На площу прийшло близько {number} людей, на {small} відсотків більше, ніж торік.",
            "Уперше {thing} відчинила двері для відвідувачів із міста {place}.",
            "Ніхто не постраждав, коли ввечері, невдовзі після 20:30, обвалилася частина даху.",
            "{thing} коштувала {number} гривень; гроші зібрали місто та двоє місцевих мешканців.",
            "«Не думаю, що це когось здивує», — додав з усмішкою {name}.",
            "Селяни поблизу міста {place} чекають на дощ від самого початку весни.",
            "За даними поліції, чоловік {small} років залишив авто просто перед входом.",
            "Рішення оприлюднять наступного тижня, але критики (серед них {name}) просять його відкласти.",
            "Потяги між станцією {place} та узбережжям запізнювалися через ремонт колій.",
            "Ремесла вона вчилася в діда, а {year} року відкрила власну майстерню.",
            "Чи вдасться її зберегти, залежить від погоди найближчими днями.",
            "План підготували {name} та його колеги з міста {place}.",
            "На найстарішій картині музею зображено річку, низький міст і високе небо.",
            "Від старої будівлі залишилося небагато: вежа та кілька стін.",
            "Ціни зросли на {small} відсотків, а зарплати майже не змінилися.",
            "«Коли ж усе буде готово?» — запитала жінка із зали. Відповіді вона не отримала.",
        ),
        (
            "Марфа Криниця",
            "Юхим Горішний",
            "Раїса Полинова",
            "Олег Травник",
            "Клавдія Нісенко",
            "Гліб Ліхтар",
        ),
        ("Млинове", "Заріччя", "Королівка", "Північна Долина", "Горіхівка", "Стара Гавань"),
        ("школа", "бібліотека", "майстерня", "лікарня", "вежа", "станція"),
    ),
    "zh": _News(
        (
            "据路透社Reuters报道，这条消息最早出现在该市的Facebook页面上。",
            "{name}周二表示，{place}的{thing}将在{year}年底前重新修建。",
            "“我们原本期待更多，”自{year}年起担任委员的{name}说。",
            "大约{number}人来到广场，比去年增加了百分之{small}。",
            "这座{thing}第一次向来自{place}的游客开放。",
            "晚上八点半过后不久，部分屋顶塌了下来，所幸没有人受伤。",
            "修建费用为{number}元，由市政府和两位居民共同承担。",
            "“我想大家并不感到意外，”{name}笑着补充道。",
            "{place}附近的农民从春天开始就一直在等雨。",
            "警方说，一名{small}岁的男子把车停在了{thing}门口。",
            "决定预计下周公布，但批评者（包括{name}）要求推迟。",
            "由于轨道维修，{place}和海边之间的列车晚点了。",
            "她从祖父那里学会了这门手艺，{year}年开了自己的店。",
            "能不能保住它，要看未来几天的天气。",
            "{name}和来自{place}的同事一起介绍了这份计划。",
            "博物馆最古老的画上有一条河、一座矮桥和一片天空。",
            "旧房子留下的不多，只剩下塔和几面墙。",
            "物价上涨了百分之{small}，工资却几乎没有变化。",
            "“什么时候能完工？”一位女士问道。没有人能够回答。",
        ),
        ("王美兰", "李文山", "张小雨", "陈国庆", "刘静怡", "赵海峰"),
        ("东河镇", "北山", "老港口", "新桥", "青石村", "南湖"),
        ("学校", "图书馆", "剧院", "车站", "医院", "水塔"),
        "",
    ),
    "ja": _News(
        (
            "ロイター（Reuters）によると、市は自らのFacebookのページで発表した。",
            "{name}は火曜日、{place}の{thing}が{year}年末までに建て直されると述べた。",
            "「もっと期待していた」と、{year}年から議員を務める{name}は話した。",
            "広場にはおよそ{number}人が集まり、前の年より{small}パーセント増えた。",
            "この{thing}が{place}からの来訪者に開かれたのは初めてだ。",
            "午後八時半すぎに屋根の一部が崩れたが、けがをした人はいなかった。",
            "費用は{number}円で、市と二人の住民が負担した。",
            "「驚いた人はいないと思う」と{name}は笑顔で付け加えた。",
            "{place}の近くの農家は春の初めから雨を待っている。",
            "警察によると、{small}歳の男性が{thing}の前に車を止めていた。",
            "決定は来週公表される見通しだが、延期を求める声（{name}ら）もある。",
            "線路の工事のため、{place}と海岸を結ぶ列車が遅れた。",
            "彼女は祖父から技術を学び、{year}年に自分の店を開いた。",
            "残せるかどうかは、これからの天気しだいだ。",
            "計画は{name}と{place}の仲間たちが発表した。",
            "博物館で最も古い絵には、川と低い橋と広い空が描かれている。",
            "古い建物で残っているのは塔といくつかの壁だけだ。",
            "物価は{small}パーセント上がったが、賃金はほとんど変わらなかった。",
            "「いつ完成するのか」と女性が尋ねた。答えられる人はいなかった。",
        ),
        ("田中美咲", "鈴木健一", "佐藤由美", "高橋翔太", "伊藤直子", "渡辺浩"),
        ("東川町", "北山", "古い港", "新橋", "青石村", "南湖"),
        ("学校", "図書館", "劇場", "駅", "病院", "給水塔"),
        "",
    ),
    "he": _News(
        (
            "כך דיווחה סוכנות Reuters, והידיעה הופיעה גם בעמוד Facebook של העיר.",
            "{name} מסר ביום שלישי כי הגשר ליד {place} ישוקם עד סוף שנת {year}.",
            '"ציפינו ליותר", אמר {name}, המכהן במועצה מאז שנת {year}.',
            "כ-{number} אנשים הגיעו לכיכר, {small} אחוזים יותר מאשר בשנה שעברה.",
            "זו הפעם הראשונה שבה {thing} נפתחה למבקרים מן העיירה {place}.",
            "איש לא נפגע כאשר חלק מן הגג קרס מעט אחרי השעה 20:30.",
            "העבודות עלו {number} שקלים, ואת הכסף גייסו העירייה ושני תושבים.",
            '"אני לא חושב שמישהו מופתע", הוסיף {name} בחיוך.',
            "החקלאים ליד {place} מחכים לגשם מאז תחילת האביב.",
            "לדברי המשטרה, גבר בן {small} השאיר את מכוניתו מול הכניסה.",
            "ההחלטה תפורסם בשבוע הבא, אך המבקרים (ובהם {name}) מבקשים לדחות אותה.",
            "הרכבות בין {place} לבין החוף התעכבו בגלל עבודות במסילה.",
            "את המקצוע למדה מסבה, ובשנת {year} פתחה חנות משלה.",
            "האם אפשר יהיה להציל אותה? הדבר תלוי במזג האוויר בימים הקרובים.",
            "את התוכנית הציגו {name} ועמיתיו מן העיירה {place}.",
            "בציור העתיק ביותר במוזיאון נראים נהר, גשר נמוך ושמיים רחבים.",
            "מן הבניין הישן נותר רק מעט: המגדל וכמה קירות.",
            "המחירים עלו ב-{small} אחוזים, ואילו השכר כמעט לא השתנה.",
            "מישהי מן הקהל שאלה מתי הכול יהיה מוכן, ולא קיבלה תשובה.",
        ),
        ("רות ברקאי", "עידו מעיין", "נועה אלון", "אורי שקד", "תמר גפן", "גיל ניר"),
        ("עין הטחנה", "מזרח המים", "הנמל הישן", "עמק הצפון", "גשר חדש", "אבן ירוקה"),
        ("הספרייה", "הטחנה", "התחנה", "המרפאה", "הבריכה", "הכנסייה"),
    ),
}
LANGUAGES = tuple(_NEWS)


def documents(megabytes: float, seed: int = 1, languages: tuple[str, ...] = LANGUAGES) -> list[Text]:
    """Sound documents of some size together, the languages in turn.

    >>> [text.lang for text in documents(0.01)][:3], len({text.text for text in documents(0.1)}) > 30
    (['en', 'de', 'ru'], True)
    """
    chance = random.Random(seed)
    texts: list[Text] = []
    size = 0
    while size < megabytes * 1e6:
        lang = languages[len(texts) % len(languages)]
        texts.append(Text(_document(_NEWS[lang], chance), lang))
        size += len(texts[-1].text.encode())
    return texts


def _document(news: _News, chance: random.Random) -> str:
    paragraphs = [_filled(chance.choice(news.sentences[2:6]), news, chance).rstrip(".。")]
    size, last = 0, ""
    order: list[str] = []
    while size < SIZE:
        paragraph = []
        for _ in range(chance.randint(2, 4)):
            if not order:
                order = chance.sample(news.sentences, len(news.sentences))
                if order[-1] == last:
                    order.reverse()
            last = order.pop()
            paragraph.append(_filled(last, news, chance))
        paragraphs.append(news.between.join(paragraph))
        size += len(paragraphs[-1].encode())
    return "\n".join(paragraphs) + "\n"


def _filled(sentence: str, news: _News, chance: random.Random) -> str:
    filled = sentence.format(
        name=chance.choice(news.names),
        place=chance.choice(news.places),
        thing=chance.choice(news.things),
        year=chance.randint(1951, 2025),
        number=chance.randint(200, 900),
        small=chance.randint(3, 28),
    )
    return filled[:1].upper() + filled[1:]


_FOREIGN = dict.fromkeys(("en", "zh", "ja", "he"), "будут") | {
    "de": "[будут]",
    "ru": "[weather]",
    "uk": "[weather]",
}
_MARKS = {"en": "“”", "de": "„“", "ru": "«»", "uk": "«»", "zh": "“”", "ja": "「」", "he": '""'}


def damaged(text: Text, seed: int = 1) -> Text:
    """The document with two accidents at random places.

    >>> sound = documents(0.01)[0]
    >>> damaged(sound).text == sound.text
    False
    """
    chance = random.Random(f"{seed} {text.text}")
    made = text.text
    for accident in chance.sample(tuple(_accidents(text.lang)), 2):
        made = accident(made, chance)
    return Text(made, text.lang)


def _accidents(lang: str) -> Iterator[Callable[[str, random.Random], str]]:
    yield lambda text, chance: _inserted(text, _FOREIGN[lang], chance)
    yield lambda text, chance: _inserted(text, "&quot;", chance)
    yield lambda text, chance: _inserted(text, "<unk>", chance)
    yield lambda text, chance: _inserted(text, "\\u00e9", chance)
    yield lambda text, chance: _inserted(text, "café ".encode().decode("latin-1").strip(), chance)
    yield lambda text, chance: _inserted(text, "\u200b", chance)
    yield lambda text, chance: _lost(text, _MARKS[lang][1], chance)
    yield lambda text, chance: _lost(text, _MARKS[lang][0], chance)


def _inserted(text: str, what: str, chance: random.Random) -> str:
    """A piece of text between two words, or two sentences where there are no words."""
    gaps = [at for at, char in enumerate(text) if char in " ，。、"]
    at = chance.choice(gaps) + 1
    return f"{text[:at]}{what} {text[at:]}"


def _lost(text: str, mark: str, chance: random.Random) -> str:
    """One of some marks taken away."""
    places = [at for at, char in enumerate(text) if char == mark]
    if not places:
        return _inserted(text, "<unk>", chance)
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]
