"""TBX (ISO 30042:2008, ``martif``, and :2019, ``tbx``) through translate-toolkit: what other term programs exchange.

Each language of a concept other than Chinese gives an entry: its first term is the source, further ones are aliases.
Of the Chinese terms the first preferred one is the rendering, deprecated ones are rejected, the rest accepted. The kind
and the text of the first mention are kept in notes, which other programs show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from compiler_flow.errors import FormatError
from compiler_flow.glossary.formats import Format
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Term, TermKind
from compiler_flow.text import base_language, clean, fold_spaces, lazy_pattern

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TARGET = "zh"
_NAMES_OF_2019 = {"tbx": "martif", "conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig"}
_KIND = lazy_pattern(r"^kind:\s*(\w+)$")
_FIRST = lazy_pattern(r"^first:\s*(\S.*)$")


def loads(data: bytes, path: Path) -> tuple[Term, ...]:
    """The entries of a TBX file. Raises ``FormatError`` for what is none, and for one that declares entities."""
    from lxml import etree

    if b"<!ENTITY" in data:
        raise FormatError(_("The file declares XML entities; they are not read."), path=path)
    try:
        units = [*_tbxfile().parsestring(_as_martif(data)).units]
    except etree.XMLSyntaxError as error:
        raise FormatError(
            _("This is no TBX file: {reason}.").format(reason=error.msg), path=path, line=error.lineno or 0
        ) from error
    except (AssertionError, AttributeError, ValueError, LookupError, TypeError) as error:
        # What the toolkit meets first where the root or the body is another one.
        raise FormatError(_("This is no TBX file (martif)."), path=path) from error
    if not units:
        raise FormatError(_("The file holds no term entries (martif/termEntry)."), path=path)
    return tuple(term for unit in units for term in _terms(unit, path))


def _as_martif(data: bytes) -> bytes:
    """The file with the names of 2008, which are all that the toolkit knows; the rest of a concept is the same."""
    from lxml import etree

    if b"urn:iso:std:iso:30042:ed-2" not in data:
        return data
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        node.tag = _NAMES_OF_2019.get(name, name)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def dumps(terms: Iterable[Term]) -> bytes:
    """Entries as TBX."""
    store = _tbxfile()(sourcelanguage="en", targetlanguage="zh-CN")
    for term in terms:
        unit = store.addsourceunit(term.source)
        unit.set_source_terms([term.source, *term.aliases])
        unit.set_target_terms([term.target, *term.accept, *term.reject], "zh-CN")
        _mark(unit, term)
    return bytes(store)


def _tbxfile() -> Any:
    # The toolkit is half typed; its store comes in here and nowhere else.
    from translate.storage.tbx import tbxfile

    return tbxfile


def _mark(unit: Any, term: Term) -> None:
    from lxml import etree

    unit.addnote(f"kind: {term.kind.value}")
    if term.first:
        unit.addnote(f"first: {term.first}")
    unit.addnote(term.note)
    source, target = unit.getlanguageNodes()[:2]
    # ISO 639-2: "mul" says that the term is the same in several languages, which is what an empty column means.
    source.set(_LANG, term.lang or "mul")
    for tig in target.findall(unit.namespaced("tig"))[1 + len(term.accept) :]:
        note = etree.SubElement(tig, unit.namespaced("termNote"), type="administrativeStatus")
        note.text = "deprecatedTerm-admn-sts"


def _terms(unit: Any, path: Path) -> Iterator[Term]:
    languages = [(node.get(_LANG) or "", node) for node in unit.getlanguageNodes()]
    targets = [
        term for lang, _node in languages if base_language(lang) == _TARGET for term in unit.get_target_terms(lang)
    ]
    wanted = list(dict.fromkeys(_text(term) for term in targets if not term.deprecated))
    refused = tuple(dict.fromkeys(_text(term) for term in targets if term.deprecated))
    notes = [_text_of(note) for note in unit.getnotes().split("\n")]
    kinds = [match.group(1) for match in map(_KIND.match, notes) if match]
    firsts = [match.group(1) for match in map(_FIRST.match, notes) if match]
    kind = TermKind(kinds[0]) if kinds and kinds[0] in set(TermKind) else TermKind.OTHER
    for lang, node in languages:
        if base_language(lang) == _TARGET:
            continue
        sources = list(dict.fromkeys(_text(term) for term in unit.get_target_terms(lang)))
        yield Term(
            source=sources[0] if sources else "",
            target=wanted[0] if wanted else "",
            kind=kind,
            lang="" if base_language(lang) in {"mul", "und", ""} else lang,
            aliases=tuple(sources[1:]),
            accept=tuple(wanted[1:]),
            reject=refused,
            first=firsts[0] if firsts else "",
            note="; ".join(note for note in notes if note and not (_KIND.match(note) or _FIRST.match(note))),
            path=str(path),
            line=node.sourceline or 0,
        )


def _text(term: Any) -> str:
    return _text_of(term.text or "")


def _text_of(text: str) -> str:
    return fold_spaces(clean(text))


FORMAT = Format((".tbx",), loads, dumps)
