"""What the case file cannot say: renderings in translations, offsets, overlaps of entries, odd input."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler_flow.glossary import Matcher, base_terms
from compiler_flow.glossary.folding import (
    CASED,
    LOOSE,
    STRICT,
    WORDS,
    cased,
    is_irregular,
    is_irregular_western,
    loose,
    nearly_western,
    squeeze,
    strict,
    western,
    western_spaced,
    western_words,
    worded,
)
from compiler_flow.model import Term, TermKind
from compiler_flow.terms import fold_rendering, is_rejected

PERSON, PLACE = TermKind.PERSON, TermKind.PLACE
PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", PERSON, reject=("汉诺·佩夫库",))
BRAZE = Term("Baiba Braže", "拜巴·布拉热", PERSON)
TOKAYEV = Term("Касым-Жомарт Токаев", "卡瑟姆若马尔特·托卡耶夫", PERSON, lang="ru")
DPRK = Term("North Korea", "朝鲜", PLACE)
PENINSULA = Term("Korean Peninsula", "朝鲜半岛", PLACE)
EU = Term("EU", "欧盟", TermKind.ORGANIZATION, aliases=("European Union",), accept=("欧洲联盟",))
COP = Term("COP29", "COP29", TermKind.EVENT)
ALL = (PEVKUR, BRAZE, TOKAYEV, DPRK, PENINSULA, EU, COP)


def source(text, *terms, lang="en"):
    return [(text[hit.start : hit.end], hit.term.target) for hit in Matcher(terms, lang).source(text)]


def target(text, *terms, lang="en"):
    return [(text[hit.start : hit.end], hit.term.source) for hit in Matcher(terms, lang).target(text)]


def test_renderings_are_found_whatever_separates_the_names():
    for text in ("汉诺·佩夫库尔", "汉诺 佩夫库尔", "汉诺•佩夫库尔", "汉诺・佩夫库尔"):
        assert target(f"部长{text}说", *ALL) == [(text, "Hanno Pevkur")]


def test_a_shorter_rendering_inside_a_longer_one_does_not_count():
    assert target("朝鲜半岛与朝鲜", *ALL) == [("朝鲜半岛", "Korean Peninsula"), ("朝鲜", "North Korea")]


def test_surnames_are_partial_and_full_names_are_not():
    hits = Matcher(ALL, "en").target("汉诺·佩夫库尔说。佩夫库尔又说。")
    assert [hit.partial for hit in hits] == [False, True]


def test_refused_renderings_are_told_from_accepted_ones():
    text = "汉诺·佩夫库说，汉诺·佩夫库尔答"
    hits = Matcher(ALL, "en").target(text)
    assert [(text[hit.start : hit.end], is_rejected(hit, text)) for hit in hits] == [
        ("汉诺·佩夫库", True),
        ("汉诺·佩夫库尔", False),
    ]


def test_a_rendering_of_two_entries_gives_a_hit_for_each():
    first, second = Term("Ilham Aliyev", "伊利哈姆·阿利耶夫", PERSON), Term("Heydar Aliyev", "盖达尔·阿利耶夫", PERSON)
    assert target("阿利耶夫说", first, second) == [("阿利耶夫", "Ilham Aliyev"), ("阿利耶夫", "Heydar Aliyev")]


def test_latin_renderings_respect_words():
    assert target("COP29大会、COP290、欧盟", *ALL) == [("COP29", "COP29"), ("欧盟", "EU")]


def test_a_country_character_counts_only_where_it_means_the_country():
    base = base_terms("en")
    korea, america = "South Korea", "United States"
    assert target("美韩联合军演", *base) == [("美", america), ("韩", korea)]
    assert target("美方表示，美丽的对立是立法。", *base) == [("美", america)]
    assert target("26日美韩会谈", *base) == [("美", america), ("韩", korea)]
    assert target("阿拉木图的哈德森", *base) == []


def test_entries_of_another_language_are_left_out():
    assert source("Токаев", TOKAYEV, lang="en") == []
    assert source("Токаева", TOKAYEV, lang="ru-RU") == [("Токаева", "卡瑟姆若马尔特·托卡耶夫")]


def test_the_house_overrides_the_base_and_keeps_its_short_forms():
    house = Term("Türkiye", "突厥", PLACE)
    assert source("Türkiye and Turkey", house, *base_terms("en")) == [("Türkiye", "突厥"), ("Turkey", "土耳其")]
    same = Term("US", "美国", PLACE, reject=("美利坚合众国",))
    (hit,) = Matcher((same, *base_terms("en")), "en").source("the US")
    assert "美" in hit.term.accept
    assert "美利坚合众国" not in hit.term.accept


def test_two_entries_of_one_name_accept_each_other():
    (hit,) = Matcher((Term("Kyiv", "基辅"), Term("Kyiv", "基輔")), "en").source("in Kyiv")
    assert (hit.term.target, hit.term.accept) == ("基辅", ("基輔",))


def test_surnames_of_two_persons_count_only_with_one_rendering():
    same = (Term("A. Smith", "阿·史密斯", PERSON), Term("B. Smith", "贝·史密斯", PERSON))
    other = (Term("A. Smith", "阿·史密斯", PERSON), Term("B. Smith", "贝·斯密思", PERSON))
    assert source("and Smith said", *same) == [("Smith", "阿·史密斯")]
    assert source("and Smith said", *other) == []


def test_a_surname_that_is_another_entry_is_that_entry():
    terms = (Term("Anna London", "安娜·伦敦", PERSON), Term("London", "伦敦", PLACE))
    assert source("in London", *terms) == [("London", "伦敦")]


def test_a_longer_word_does_not_hide_a_shorter_name():
    terms = (Term("New York Time", "甲"), Term("New York", "纽约", PLACE))
    assert source("the New York Timer", *terms) == [("New York", "纽约")]


def test_offsets_hold_where_spaces_and_marks_are_folded():
    text = "The  Euro\u00adpean   Union\u00a0acts"
    assert source(text, *ALL) == [("Euro\u00adpean   Union", "欧盟")]


def test_snowball_serves_languages_without_a_table():
    council = Term("riksdagen", "瑞典议会", TermKind.ORGANIZATION)
    assert source("i riksdagens hus", council, lang="sv") == [("riksdagens", "瑞典议会")]
    assert source("riksdaler", council, lang="sv") == []


def test_nothing_is_found_without_entries_or_text():
    assert Matcher((), "en").source("Hanno Pevkur") == ()
    assert Matcher((Term("", "甲"), Term("乙", " "), Term("...", "丙")), "en").source("...") == ()
    assert Matcher(ALL, "").source("Hanno Pevkur") != ()


MATCHERS = {lang: Matcher(ALL, lang) for lang in ("en", "ru", "lv", "ko", "ja", "tr", "sv", "")}
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["Hanno Pevkur", "Braze", "Bražes", "EU", "Токаевым", "’s", "İ", "\u0301", "  ", "\u00ad", ". "]
        ),
        st.text(max_size=5),
    )
).map("".join)


@given(TEXTS, st.sampled_from(sorted(MATCHERS)))
@example("Brazě ǰ ŉ ßEU\u0345", "en")
def test_hits_stand_where_they_say_and_never_overlap(text, lang):
    end = 0
    for hit in MATCHERS[lang].source(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
        found = squeeze(text[hit.start : hit.end])[0].translate(LOOSE)
        forms = [form.translate(LOOSE) for form in (hit.term.source, *hit.term.aliases)]
        # At least the beginning of some word of the entry stands there; the end may be inflected.
        assert any(word[:4] == found[:4] for form in forms for word in [form, *form.split()])


@given(TEXTS.map(lambda text: text.replace("EU", "汉诺·佩夫库尔").replace("Braze", "朝鲜 半岛")))
def test_renderings_fold_to_what_was_searched_for(text):
    wanted = {"汉诺佩夫库尔", "佩夫库尔", "汉诺佩夫库", "拜巴布拉热", "布拉热"}
    wanted |= {"朝鲜", "朝鲜半岛", "欧盟", "欧洲联盟", "COP29"}
    for hit in MATCHERS["en"].target(text):
        assert fold_rendering(text[hit.start : hit.end]) in wanted


@given(st.text())
@example("İı ’ ё Ёǰ\u1fb7")
def test_the_quick_ways_give_what_the_tables_give(text):
    assert cased(text) == text.translate(CASED)
    assert strict(text) == text.translate(STRICT)
    assert loose(text) == text.translate(LOOSE)
    assert worded(text) == text.translate(WORDS)
    assert len(text.translate(LOOSE)) == len(text)


@given(st.text(st.characters(max_codepoint=0x2122)))
@example("".join(map(chr, range(0x2123))))
@example("Šárka Ÿ ƒµ²ª “’–—…\xa0€™")
def test_western_texts_are_folded_as_the_tables_fold_them(text):
    text = text.encode("cp1252", "ignore").decode("cp1252")
    data = western(text)
    assert data is not None
    assert western_words(data).decode("cp1252") == text.translate(WORDS)
    spaced = western_spaced(data)
    assert is_irregular_western(spaced) == is_irregular(text)
    assert spaced.decode("cp1252").translate(CASED) == text.translate(CASED)


def test_other_texts_are_not_western():
    assert western("Łódź") is None
    assert western("Киев") is None
    assert western("\x81") is None
    assert nearly_western("Łódź “x”") == b"?\xf3d? \x93x\x94"


_NAMES = [
    "Hanno Pevkur",
    "Pevkur",
    "Hanno",
    "North Korea",
    "Korean Peninsula",
    "EU",
    "European Union",
    "COP29",
    "Braže",
]
_BETWEEN = [
    " ",
    "  ",
    ", ",
    ". ",
    "'s",
    "\u00ad",
    "\n",
    "“",
    "the ",
    "President ",
    "-",
    "@",
    "eu",
    "www.",
    "!",
    "* *",
    "—",
]
_SOURCES = [*_NAMES, *_BETWEEN, "Braze", "Токаев", "Hanno", "Pevkur", "”", "’", "‘"]


@given(
    st.lists(st.lists(st.sampled_from(_SOURCES), max_size=8).map("".join), max_size=6),
    st.sampled_from(["en", "ru", "ko"]),
)
@example(["Then Hanno  Pevkur spoke."], "en")
@example(["“Hanno Pevkur” spoke.", "Hanno Pevkur’s"], "en")
def test_many_sources_have_the_names_that_each_of_them_has(texts, lang):
    matcher = Matcher(ALL, lang)
    assert list(matcher.sources(texts)) == [matcher.source(text) for text in texts]


_LAYER = Matcher(
    (
        *ALL,
        *base_terms("en"),
        Term("Pevkur Prize", "佩夫库尔奖"),
        Term("Prize Fund", "奖励基金会"),
        Term("New Prize", "新奖"),
        Term("St. Prize", "圣奖"),
        Term("Fund, Inc.", "基金公司"),
        Term("steel plant", "钢铁厂"),
        Term("prize-giving", "颁奖"),
        Term("Élan", "埃兰"),
        Term("élan vital", "生命冲力"),
        Term("pevkur prize", "奖"),
        Term("µ-Fund", "微基金"),
        Term("New→Fund", "新基金"),
        Term("=Fund", "等基金"),
        Term("Шавкат", "沙夫卡特"),
    ),
    "en",
)
_AROUND = [
    *(
        "Hanno",
        "Pevkur",
        "Prize",
        "Fund",
        "New",
        "Guinea",
        "Georgia",
        "Israel",
        "France",
        "St",
        "Inc",
        "steel",
        "plants",
    ),
    *(
        "prize",
        "giving",
        "Élan",
        "élan",
        "vital",
        "US",
        "EU",
        "O",
        "Smith",
        "μ",
        "µ",
        "Шавкат",
        "Jordan",
        "the",
        "Braze",
    ),
    *(
        " ",
        " ",
        " ",
        " ",
        "  ",
        "\xa0",
        "\t",
        "\n",
        "\0",
        ",",
        ", ",
        ".",
        ". ",
        "-",
        "–",
        "'",
        "’",
        "‘",
        "“",
        "”",
        "(",
        ")",
    ),
    *(
        "[",
        "]",
        "…",
        "!",
        "?",
        ";",
        ":",
        "«",
        "»",
        "@",
        "www.",
        "://",
        ".lt",
        "\xad",
        "\x81",
        "ł",
        "²",
        "\u0301",
        "`",
        "＇",
    ),
]


@settings(max_examples=1000)
@given(st.lists(st.lists(st.sampled_from(_AROUND), max_size=8).map("".join), max_size=4))
@example(["New?Fund", "New→Fund", "=Fund"])
@example(["Hanno,Pevkur Prize", "New", "Guinea", "in New\xa0Guinea", "Fund, Inc.", "Prize"])
@example(["Hanno Pevkur Prize Fund", "Pevkur Prize, Prize Fund. France’s", "St. Prize", "New Prize", "Pevkur"])
def test_names_seen_at_a_glance_among_many_sources_are_there(texts):
    assert list(_LAYER.sources(texts)) == [_LAYER.source(text) for text in texts]


def test_names_do_not_go_from_one_source_over_to_the_next():
    matcher = Matcher(ALL, "en")
    assert list(matcher.sources(["He met Hanno", "Pevkur spoke"])) == [(), matcher.source("Pevkur spoke")]


def _plainly(text, *terms, others=ALL):
    matcher = Matcher((*terms, *others), "en")
    hits = [hit for term in terms for hit in matcher.source(term.source)]
    return matcher.not_plainly_rendered([hits, ()], [text, ""]) == []


def test_a_rendering_is_seen_at_a_glance():
    assert _plainly("汉诺·佩夫库尔说", PEVKUR, others=())
    assert _plainly("佩夫库尔说", PEVKUR, others=())
    assert _plainly("朝鲜发表声明", DPRK)
    assert not _plainly("部长说", PEVKUR)
    assert not _plainly("朝鲜发表声明", DPRK, EU)
    assert _plainly("朝鲜与欧盟", DPRK, EU)


def test_what_may_be_part_of_another_rendering_is_not_seen_at_a_glance():
    assert not _plainly("朝鲜半岛局势", DPRK)
    assert not _plainly("朝鲜 半岛局势", DPRK)
    assert _plainly("朝鲜局势", DPRK)


def test_a_surname_of_marks_only_is_none():
    entry = Term("Hanno ...", "汉诺·佩夫库尔", PERSON)
    for lang in ("de", "et", "ru", "en"):
        assert Matcher([entry], lang).source("! * * * — —") == ()
