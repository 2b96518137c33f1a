import pytest

from compiler_flow.glossary import find, lint
from compiler_flow.model import Severity, Term, TermKind

PERSON, PLACE = TermKind.PERSON, TermKind.PLACE


def names(*terms):
    return [finding.check for finding in lint(terms)]


GOOD = (
    Term("Hanno Pevkur", "汉诺·佩夫库尔", PERSON, aliases=("Ханно Певкур",), path="a.csv", line=2),
    Term("Токаев", "托卡耶夫", PERSON, lang="ru", path="a.csv", line=3),
    Term("Tokayev", "托卡耶夫", PERSON, lang="en", path="a.csv", line=4),
    Term("Nord Stream 2", "“北溪2号”", path="a.csv", line=5),
    Term("EU", "欧盟", TermKind.ORGANIZATION),
    Term("European Union", "欧盟", TermKind.ORGANIZATION),
)


def test_a_sound_glossary_has_no_findings():
    assert names(*GOOD) == []


@pytest.mark.parametrize(
    ("term", "check"),
    [
        (Term("", "甲"), "glossary-incomplete"),
        (Term("A", " "), "glossary-incomplete"),
        (Term("A", "甲", reject=("甲",)), "glossary-rejected-target"),
        (Term("A B", "甲·乙", accept=("丙·丁",), reject=("丙 丁",)), "glossary-rejected-target"),
        (Term("A B", "甲•乙", PERSON), "glossary-interpunct"),
        (Term("A B", "甲・乙", PERSON), "glossary-interpunct"),
        (Term("A B", "甲.乙", PERSON), "glossary-interpunct"),
        (Term("A ", "甲"), "glossary-spaces"),
        (Term("A", "甲\u00a0乙"), "glossary-spaces"),
        (Term("A", "甲（乙"), "glossary-unpaired"),
        (Term("A", "“甲"), "glossary-unpaired"),
        (Term("Kyiv", "基辅"), "glossary-duplicate"),
        (Term("Kiev", "基輔"), "glossary-two-renderings"),
        (Term("Lvov", "基辅", PLACE), "glossary-one-rendering"),
    ],
)
def test_each_fault_is_found_alone(term, check):
    assert names(Term("Kyiv", "基辅", PLACE, aliases=("Kiev",)), term) == [check]


def test_findings_say_where_and_how_to_mend():
    (finding,) = lint([Term("A B", "甲•乙", PERSON, path="names.csv", line=7)])
    assert (finding.path, finding.line, finding.fix, finding.severity) == ("names.csv", 7, "甲·乙", Severity.ERROR)


def test_contradictions_name_both_places():
    terms = (Term("Kyiv", "基辅", path="a.csv", line=2), Term("Kyiv", "基輔", path="b.csv", line=9))
    (finding,) = lint(terms)
    assert "a.csv:2" in finding.message
    assert (finding.path, finding.line) == ("b.csv", 9)


def test_the_base_layer_is_not_the_house():
    assert names(Term("Kyiv", "基辅"), Term("Kyiv", "甲", base=True)) == []


def test_look_up_by_any_text_best_first():
    terms = (
        Term("European Union", "欧盟", note="EU"),
        Term("EU", "欧盟"),
        Term("Baiba Braže", "拜巴·布拉热", PERSON, reject=("布拉日",)),
        Term("Euler", "欧拉", base=True),
    )
    assert [term.source for term in find(terms, "eu")] == ["EU", "European Union", "Euler"]
    assert [term.source for term in find(terms, "braze")] == ["Baiba Braže"]
    assert [term.source for term in find(terms, "拜巴 布")] == ["Baiba Braže"]
    assert [term.source for term in find(terms, "布拉日")] == ["Baiba Braže"]
    assert find(terms, " ") == ()


def test_a_name_without_capitals_is_the_same_name_and_an_unknown_language_is_told():
    found = list(
        lint(
            (
                Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON),
                Term("hanno pevkur", "哈诺·佩夫库尔", TermKind.PERSON),
                Term("Nice", "尼斯", TermKind.PLACE),
                Term("nice", "好的"),
                Term("summit", "峰会", lang="英语"),
                Term("саммит", "峰会", lang="ru"),
            )
        )
    )
    assert [(one.check, one.source) for one in found] == [
        ("glossary-two-renderings", "hanno pevkur"),
        ("glossary-language", "summit"),
    ]
