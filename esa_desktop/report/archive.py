"""What PDF/A-2u and PDF/UA-1 ask of a whole document: language, title, colours, tree, page labels."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from esa_desktop.paths import resources_folder
from esa_desktop.report.streams import Picture, Stream
from esa_desktop.report.structure import Element, write_structure

LANGUAGE: Final = "th-TH"
PROGRAM: Final = "esa_desktop"
_PROFILE: Final = "colour/srgb.icc"
_META: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{program}</pdf:Producer><xmp:CreatorTool>{program}</xmp:CreatorTool>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
{accessible}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

_ACCESSIBLE: Final = "<pdfuaid:part>1</pdfuaid:part>"


class _Info(pdfdoc.PDFInfo):
    """Who and what, the same as in the metadata; no dates: equal content is equal bytes."""

    def format(self, document: Any) -> bytes:
        entries = {
            "Title": pdfdoc.PDFString(self.title),
            "Author": pdfdoc.PDFString(self.author),
            "Creator": pdfdoc.PDFString(PROGRAM),
            "Producer": pdfdoc.PDFString(PROGRAM),
        }
        written: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return written


class _Written(pdfdoc.PDFObject):
    """An object in PDF's own writing."""

    def __init__(self, words: bytes) -> None:
        self._words = words

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab asks so
        return self._words


def tag_page(document: Any, reference: Any, place: int) -> None:
    """Tell a page where it stands in the tree (``place`` from 0), and put its text away."""
    page = document.idToObject[reference.name]
    page.__NoDefault__ = [*type(page).__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = place
    page.Tabs = pdfdoc.PDFName("S")
    code = page.stream or ""
    page.Contents = Stream(code.encode("ascii"))  # text is in it as codes, never as letters
    page.stream = None


def finish(
    document: Any,
    tree: Element,
    pages: Sequence[Any],
    labels: Sequence[str],
    *,
    title: str,
    author: str,
    whole: bool = True,
) -> None:
    """Give the catalog what the standards ask for; ``labels``: the number shown for every page.

    Some pages out of a document (not ``whole``) have headings and rows that begin nowhere: they
    are tagged and fit for an archive, but do not call themselves PDF/UA.
    """
    document.info = _Info()
    document.info.title, document.info.author = title, author
    catalog = document.Catalog
    names = ["OutputIntents", "MarkInfo", "PageLabels", "ViewerPreferences"]
    catalog.__NoDefault__ = list(dict.fromkeys([*type(catalog).__NoDefault__, *names]))
    catalog.__Refs__ = [name for name in type(catalog).__Refs__ if name not in names]
    catalog.StructTreeRoot = write_structure(document, tree, list(pages))
    catalog.MarkInfo = _Written(b"<</Marked true>>")
    catalog.ViewerPreferences = _Written(b"<</DisplayDocTitle true>>")
    catalog.Metadata = _metadata(title, author, whole=whole)
    catalog.OutputIntents = pdfdoc.PDFArray([_output_intent(document)])
    for entry in document.idToObject.values():
        if type(entry) is pdfdoc.PDFImageXObject:
            entry.__class__ = Picture
    catalog.PageLabels = _Written(_page_labels(labels))


def _metadata(title: str, author: str, *, whole: bool) -> Any:
    """Not compressed, so that an archive finds it without knowing PDF."""
    words = _META.format(
        title=_xml(title),
        author=_xml(author),
        language=LANGUAGE,
        program=PROGRAM,
        accessible=_ACCESSIBLE if whole else "",
    )
    content = words.encode("utf-8")
    head = b"<</Type/Metadata/Subtype/XML/Length %d>>" % len(content)
    return _Written(b"%s\nstream\n%s\nendstream" % (head, content))


def _xml(text: str) -> str:
    """What XML may hold: no control signs, no halves of a pair."""
    allowed = (sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff")
    return escape("".join(sign for sign in allowed if sign not in "\ufffe\uffff"), quote=False)


def _output_intent(document: Any) -> Any:
    profile = Stream(_profile(), "/N 3")
    name = pdfdoc.PDFString("sRGB IEC61966-2.1")
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": document.Reference(profile),
        }
    )


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return (resources_folder() / _PROFILE).read_bytes()


def _page_labels(labels: Sequence[str]) -> bytes:
    """Every page its own: no style of PDF counts in Thai letters or digits."""
    entries = [
        b"%d<</P<%s>>>" % (place, ("\ufeff" + label).encode("utf-16-be").hex().upper().encode())
        for place, label in enumerate(labels)
        if label
    ] or [b"0<<>>"]
    if labels and not labels[0] and entries != [b"0<<>>"]:
        entries.insert(0, b"0<<>>")
    return b"<</Nums[%s]>>" % b" ".join(entries)
