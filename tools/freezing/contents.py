"""What a frozen program must hold and what is left out of it; ``pyinstaller.spec`` asks here."""

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Final, Literal

System = Literal["linux", "windows"]

RESOURCES: Final = ("colour", "frameworks", "help", "icons", "sample")
"""Of ``resources``. The word list is for checkouts, and its licences go to ``licences``."""
_NOT_COPIED: Final = re.compile(r"resources/icons/app-icon\.ico$|resources/help/[^/]*\.png$")
"""The icon in the resource section of the Windows program; the README's picture of the window."""

SHIPPED: Final = (
    "resources/colour/srgb.icc",
    "resources/frameworks/*.toml",
    "resources/help/pages/*.md",
    "resources/help/pictures/*.png",
    "resources/icons/app-icon.svg",
    "resources/icons/document.ico",
    "resources/sample/sample.toml",
    "fonts/EsaUI-Regular.ttf",
    "fonts/EsaUI-SemiBold.ttf",
    "fonts/Sarabun-Regular.ttf",
    "fonts/Sarabun-Italic.ttf",
    "fonts/Sarabun-Bold.ttf",
    "fonts/Sarabun-BoldItalic.ttf",
    "fonts/THSarabunNew-Regular.ttf",
    "fonts/THSarabunNew-Italic.ttf",
    "fonts/THSarabunNew-Bold.ttf",
    "fonts/THSarabunNew-BoldItalic.ttf",
)
"""In the checkout and, by the same name, in the bundle; a pattern stands for at least one file."""
ONLY_BUILT_WITH: Final = ("resources/icons/app-icon.ico",)
THAI: Final = {"linux": "libthai.so.0", "windows": "thai.dll"}
DICTIONARY: Final = "thbrk.tri"
LICENCES: Final = "licences/index.json"

MODULES_IN_C: Final = (
    "PySide6/QtCore.*",
    "PySide6/QtGui.*",
    "PySide6/QtWidgets.*",
    "PySide6/QtNetwork.*",
    "PySide6/QtPdf.*",
    "PySide6/QtPrintSupport.*",
    "PySide6/QtSvg.*",
    "PIL/_imaging.*",
    "PIL/_imagingcms.*",
    "PIL/_webp.*",
    "PIL/_avif.*",
    "_pi_heif.*",
    "pikepdf/_core.*",
    "lxml/etree.*",
    "uharfbuzz/_harfbuzz*",
    "pypdfium2_raw/version.json",
)
LIBRARIES: Final = {
    "linux": (
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/imageformats/libqico.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6",  # QtPdf is linked to it
        "pypdfium2_raw/libpdfium.so",
        "pi_heif.libs/libheif*",
        "pikepdf.libs/libqpdf*",
    ),
    "windows": (
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/plugins/imageformats/qsvg.dll",
        "PySide6/plugins/imageformats/qico.dll",
        "PySide6/plugins/iconengines/qsvgicon.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/Qt6Pdf.dll",
        "PySide6/Qt6Network.dll",  # QtPdf is linked to it
        "PySide6/MSVCP140.dll",
        "pypdfium2_raw/pdfium.dll",
        "sqlite3.dll",
    ),
}
"""What only a start would miss: PyInstaller builds without them and says nothing."""
HIDDEN: Final = (
    "sqlalchemy.dialects.sqlite.pysqlite",
    "PIL.AvifImagePlugin",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.ImageCms",
    "PIL.JpegImagePlugin",
    "PIL.MpoImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
    "PIL.WebPImagePlugin",
)
"""Modules that are found by name at run time."""
_OTHER_DATABASES: Final = ("mssql", "mysql", "oracle", "postgresql")
EXCLUDED: Final = (
    *("tkinter", "unittest", "doctest", "pdb", "pydoc", "lib2to3", "distutils", "ensurepip"),
    *("setuptools", "pkg_resources", "pip", "_pytest", "pytest", "numpy", "nlpo3", "IPython"),
    *("PIL.ImageQt", "PIL.ImageShow", "PIL.ImageTk", "PIL.ImageGrab", "PIL._imagingft"),
    *(
        "lxml.builder",
        "lxml.cssselect",
        "lxml.html",
        "lxml.isoschematron",
        "lxml.objectify",
        "lxml.sax",
    ),
    *("sqlalchemy.testing", *(f"sqlalchemy.dialects.{name}" for name in _OTHER_DATABASES)),
    *(f"PySide6.Qt{name}" for name in ("DBus", "OpenGL", "Qml", "Quick", "Test", "Xml")),
)

# Qt's plugins that are kept, by folder; a folder that is not named goes as a whole.
_PLUGINS: Final = {
    "platforms": "xcb wayland offscreen windows",
    "platforminputcontexts": "composeplatforminputcontextplugin ibusplatforminputcontextplugin",
    "platformthemes": "xdgdesktopportal",
    "iconengines": "svgicon",
    "imageformats": "jpeg svg ico gif",
    "printsupport": "cupsprintersupport",
    "styles": "modernwindowsstyle",
    "wayland-decoration-client": "adwaita bradient",
    "wayland-shell-integration": "xdg-shell",
}
_PLUGIN: Final = re.compile(r"PySide6/(?:Qt/)?plugins/([\w-]+)/(?:lib)?q?([\w-]+)\.(?:so|dll)$")
_OURS: Final = re.compile(r"(resources|fonts|licences)/")
_LEFT_OUT: Final = re.compile(
    r"PySide6/(Qt/)?(translations|qml)/|PySide6/opengl32sw\.dll$"
    r"|lxml/(includes|isoschematron)/|reportlab/fonts/"
    r"|.*\.(pyi|pxd|pyx|pdb|lib|a|c|h|cpp)$|.*\.dist-info/"
)
# What is asked for by name while the program runs, or by what starts it; other libraries are kept
# when one that is kept needs them.
_ASKED_BY_NAME: Final = re.compile(
    r"(.*/)?plugins/|pypdfium2_raw/|(libthai\.so\.0|thai\.dll|sqlite3\.dll)$|libpython3|python3\d*\.dll$"
    r"|(.*/)?(vcruntime|msvcp|ucrtbase|api-ms-win)[\w-]*\.dll$",
    re.IGNORECASE,
)
CARRIES_DEBUGGING: Final = re.compile(r"libpython3|python3\.\d+/lib-dynload/|sqlalchemy/")
"""Libraries on Linux that may come with all a debugger wants: two thirds of them, and the folders
in which they were compiled. Not those whose links a wheel's maker has mended: strip breaks them."""
Entry = tuple[str, str, str]
"""Of PyInstaller: name in the bundle, file here (of a link: where it leads), kind."""


def keeps(name: str) -> bool:
    """Whether what PyInstaller found goes into the bundle; ``name`` as in the bundle."""
    name = name.replace("\\", "/")
    plugin = _PLUGIN.match(name)
    if plugin:
        return plugin[2] in _PLUGINS.get(plugin[1], "").split()
    return bool(_OURS.match(name)) or not _LEFT_OUT.match(name)


def files_of(entries: Iterable[Entry]) -> list[Entry]:
    """What is kept, without links: every library here knows the place of those it needs.

    A folder without links can be copied to a stick and packed by anything.
    """
    return [entry for entry in entries if entry[2] != "SYMLINK" and keeps(entry[0])]


def needed_of(binaries: Iterable[Entry], libraries_of: Callable[[str], set[str]]) -> list[Entry]:
    """Of the binaries that are kept, those that something kept needs: left-out plugins had their own.

    ``libraries_of`` tells the names of the libraries a file is linked to.
    """
    kept = files_of(binaries)
    files = {_file_name(name): source for name, source, _ in kept}
    open_ends = [
        _file_name(name)
        for name, _, kind in kept
        if kind == "EXTENSION" or _ASKED_BY_NAME.match(name.replace("\\", "/"))
    ]
    reached: set[str] = set()
    while open_ends:
        name = open_ends.pop()
        if name in files and name not in reached:
            reached.add(name)
            open_ends.extend(library.casefold() for library in libraries_of(files[name]))
    return [entry for entry in kept if _file_name(entry[0]) in reached]


def _file_name(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def copied_from(root: Path) -> list[tuple[str, str]]:
    """The files of the checkout that are shipped, each with its folder in the bundle."""
    folders = [*(root / "resources" / name for name in RESOURCES), root / "fonts"]
    return [
        (str(file), file.relative_to(root).parent.as_posix())
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not _NOT_COPIED.match(file.relative_to(root).as_posix())
    ]


def modules_of(root: Path) -> list[str]:
    """Every module of the program: none is left to the luck of being found."""
    files = [
        file
        for file in sorted((root / "esa_desktop").rglob("*.py"))
        if (file.parent / "__init__.py").is_file()
    ]
    names = [".".join(file.relative_to(root).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in names if not name.endswith(".__main__")]


def missing_before(root: Path, prepared: Path, system: System) -> list[str]:
    """What the checkout or the prepared folder lacks of what must be shipped."""
    made = (f"thai/{THAI[system]}", f"thai/{DICTIONARY}", LICENCES)
    return [
        *(name for name in (*SHIPPED, *ONLY_BUILT_WITH) if not any(root.glob(name))),
        *(f"{prepared.name}/{name}" for name in made if not (prepared / name).is_file()),
    ]


def missing_after(system: System, files: Iterable[str], modules: Iterable[str]) -> list[str]:
    """What an analysis would not put into the bundle of what must be shipped."""
    there = [name.replace("\\", "/").casefold() for name in files]
    wanted = (*SHIPPED, THAI[system], DICTIONARY, LICENCES, *MODULES_IN_C, *LIBRARIES[system])
    known = set(modules)
    return [
        *(name for name in wanted if not any(fnmatch(file, name.casefold()) for file in there)),
        *(name for name in HIDDEN if name not in known),
    ]


def refuse_if(missing: Iterable[str]) -> None:
    """End the build with a sentence that names what is missing."""
    names = sorted(missing)
    if names:
        raise SystemExit(f"the program is not frozen, because this is missing: {', '.join(names)}")
