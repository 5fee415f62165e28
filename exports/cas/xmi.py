"""XMI of a CAS, out and in. Format: UIMA references, "XMI CAS Serialization Reference".

Reading: any document type declaration is refused, so there are no external entities and none that multiply; the parser
(expat) goes through the file without a tree.
"""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat

from annotations.report import AnnotationSet, Report
from exports.cas.document import Document, Found, damaged, document, may_be_label
from exports.cas.features import without_controls
from exports.cas.layers import SOFA, SOURCE, TARGET, VIEW, Layers, attribute_value
from exports.cas.structures import FIRST, structures

_XMI = "http://www.omg.org/XMI"
_NAMESPACES = {
    "custom": "http:///custom.ecore",
    "metadata": "http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore",
    "segmentation": "http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore",
    "ner": "http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore",
}
_ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="http:///uima/cas.ecore" '
    + " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    + ' xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
)
_PREFIXES = {uri.removeprefix("http:///").removesuffix(".ecore").replace("/", "."): p for p, uri in _NAMESPACES.items()}
_STRUCTURE = 2
"""The depth of feature structures; elements within them are the values of an array."""


def xmi(report: Report, labels: AnnotationSet | None, layers: Layers) -> str:
    """The report and one of its annotation sets, or none."""
    text, controls = without_controls(report.text)
    made = structures(report, labels, layers, text, controls)
    tags = {one.type: _tag(one.type) for one in made}
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="{VIEW}" mimeType="text" sofaString={attribute_value(text)}/>\n'
    out = [_ROOT, sofa]
    for number, (kind, begin, end, features, ends) in enumerate(made, FIRST):
        inner = f' {SOURCE}="{ends[0]}" {TARGET}="{ends[1]}"' if ends else ""
        if features:
            inner += "".join([f" {name}={attribute_value(value)}" for name, value in features.items()])
        out.append(f'<{tags[kind]} xmi:id="{number}" sofa="1" begin="{begin}" end="{end}"{inner}/>\n')
    members = " ".join(map(str, range(FIRST, FIRST + len(made))))
    out.append(f'<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n')
    return "".join(out)


def _tag(kind: str) -> str:
    package, _, name = kind.rpartition(".")
    return f"{_PREFIXES[package]}:{name}"


def read_xmi(content: bytes, place: str) -> Document:
    """What the file holds. Raises ``FormatError`` with the line for what is no XMI, or not safe."""
    reader = _Reader(place)
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(place, error) from error
    except (LookupError, ValueError) as error:  # an encoding that there is not
        raise damaged(place, error) from error
    sofa = reader.sofas.get(VIEW) or next(iter(reader.sofas.values()), None)
    if sofa is None:
        raise damaged(place, "it has no text")
    return document(place, sofa[1], sofa[0], reader.structures)


class _Reader:
    """Collects sofas and feature structures as the parser meets them. ``sofas`` gives key and text by the sofa's id."""

    def __init__(self, place: str) -> None:
        self.sofas: dict[str, tuple[str, str]] = {}
        self.structures: list[Found] = []
        self._place = place
        self._depth = 0
        self._open: Found | None = None
        self._value: list[str] | None = None
        self._arrays: dict[str, list[str]] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.parser = parser

    def _doctype(self, *_args: object) -> NoReturn:
        raise damaged(self._place, "it declares a document type, which XMI never does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != f"{_XMI} XMI":
            raise damaged(self._place, "it is XML, but no XMI")
        if self._depth == _STRUCTURE:
            self._structure(_type(name), attributes)
        elif self._depth > _STRUCTURE:
            self._value = [] if self._depth == _STRUCTURE + 1 else None

    def _structure(self, kind: str, attributes: dict[str, str]) -> None:
        key = attributes.pop(f"{_XMI} id", "")
        self._open = None
        if kind == SOFA and "sofaString" in attributes:
            self.sofas.setdefault(attributes.get("sofaID", ""), (key, attributes["sofaString"]))
        elif may_be_label(kind):
            self._open = Found(key, kind, attributes, self.parser.CurrentLineNumber)
            self.structures.append(self._open)

    def _text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        if self._depth == _STRUCTURE + 1 and self._value is not None and self._open is not None:
            self._arrays.setdefault(name, []).append("".join(self._value))
        elif self._depth == _STRUCTURE and self._arrays and self._open is not None:
            # Several values of a feature are joined as everywhere in the program.
            self._open.features.update((feature, ";".join(values)) for feature, values in self._arrays.items())
        if self._depth <= _STRUCTURE:
            self._arrays = {}
        self._value = None
        self._depth -= 1


def _type(name: str) -> str:
    """``http:///a/b.ecore C`` as ``a.b.C``."""
    uri, _, local = name.rpartition(" ")
    package = uri.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{local}" if package and package != "uima.noNamespace" else local
