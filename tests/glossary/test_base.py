from compiler_flow.glossary import Matcher, base_terms
from compiler_flow.model import TermKind


def targets(lang):
    return {form: term.target for term in base_terms(lang) for form in (term.source, *term.aliases)}


def test_countries_under_their_common_names():
    names = targets("en")
    assert {name: names[name] for name in ("Estonia", "Czech Republic", "Turkey", "DPRK", "US", "Hong Kong", "UN")} == {
        "Estonia": "爱沙尼亚",
        "Czech Republic": "捷克",
        "Turkey": "土耳其",
        "DPRK": "朝鲜",
        "US": "美国",
        "Hong Kong": "香港",
        "UN": "联合国",
    }
    assert targets("ru")["Белоруссия"] == "白俄罗斯"
    assert targets("lt")["Estija"] == "爱沙尼亚"
    assert targets("en-GB")["Estonia"] == "爱沙尼亚"


def test_what_is_an_ordinary_word_stays_out():
    names = targets("en")
    assert not {"Jersey", "Kazakh", "English", "world", "Europe", "Gold", "Myanmar (Burma)"} & set(names)
    assert all(len(form) > 1 for form in names)


def test_languages_and_currencies_come_with_their_words():
    names = targets("en")
    assert (names["Kazakh language"], names["US dollar"]) == ("哈萨克语", "美元")
    tenge = next(term for term in base_terms("en") if term.source == "Kazakhstani tenge")
    assert "坚戈" in tenge.accept


def test_every_entry_is_marked_and_named_once():
    for lang in ("en", "ru", "lt", "ko", "ro"):
        terms = base_terms(lang)
        assert terms
        assert all(term.base and term.lang == lang for term in terms)
        assert len({term.source for term in terms}) == len(terms)


def test_unknown_languages_and_chinese_have_no_base():
    assert base_terms("xx") == base_terms("zh-CN") == base_terms("") == base_terms("not a language!") == ()


def test_organizations_are_no_places():
    kinds = {term.source: term.kind for term in base_terms("en")}
    assert kinds["European Union"] == TermKind.ORGANIZATION
    assert kinds["Estonia"] == TermKind.PLACE


def test_no_country_in_ordinary_words():
    text = "The jersey of the chad, a turkey dinner on china plates, and us."
    assert Matcher(base_terms("en"), "en").source(text) == ()
