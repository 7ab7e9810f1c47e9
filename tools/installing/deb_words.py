"""What stands in the .deb beside the program: control file, menu entry, kinds of files, copyright."""

import json
from email.utils import formatdate
from pathlib import Path
from typing import Final

from esa_desktop import __version__
from tools.installing.names import ROOT

PACKAGE: Final = "esa-desktop"
HOME: Final = f"usr/lib/{PACKAGE}"
MAINTAINER: Final = "esa_desktop authors <esa-desktop@users.noreply.github.com>"
KINDS: Final = {
    "application/x-esa-package": ("*.esax", "ไฟล์ส่งงานประเมิน", "Self-assessment package"),
    "application/x-esa-project": ("*.esa", "งานประเมิน", "Self-assessment project"),
}

DESKTOP: Final = f"""\
[Desktop Entry]
Type=Application
Name=Self-assessment by standards
Name[th]=ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา
GenericName=Self-assessment of educational service area offices
GenericName[th]=รายงานการประเมินตนเอง
Comment=Write the assessment, attach evidence, print the indicator sheets
Comment[th]=เขียนผลการประเมิน แนบหลักฐาน และพิมพ์แบบรายงานรายตัวบ่งชี้
Exec={PACKAGE} %f
Icon={PACKAGE}
Terminal=false
Categories=Office;
Keywords=assessment;standards;report;
Keywords[th]=ประเมิน;มาตรฐาน;รายงาน;เขตพื้นที่;สพท;
MimeType={";".join(KINDS)};
StartupNotify=true
StartupWMClass={PACKAGE}
"""

LINTIAN: Final = f"""\
# One folder that brings its own Python and Qt: the versions the program was tested with.
{PACKAGE}: embedded-library
{PACKAGE}: custom-library-search-path
{PACKAGE}: library-not-linked-against-libc
{PACKAGE}: national-encoding
{PACKAGE}: hardening-no-pie
{PACKAGE}: unstripped-binary-or-object
{PACKAGE}: shared-library-lacks-prerequisites
{PACKAGE}: no-manual-page
{PACKAGE}: initial-upload-closes-no-bugs
{PACKAGE}: embedded-javascript-library
{PACKAGE}: font-in-non-font-package
{PACKAGE}: truetype-font-prohibits-installable-embedding
{PACKAGE}: font-outside-font-dir
{PACKAGE}: duplicate-font-file
{PACKAGE}: extra-license-file
{PACKAGE}: package-contains-documentation-outside-usr-share-doc
{PACKAGE}: executable-in-usr-lib
"""

_COPYRIGHT: Final = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: esa_desktop
Comment: The program brings other people's work along. The texts of all licences lie
 in /{home}/_internal/licences:
{others}

Files: *
Copyright: 2026 the esa_desktop authors
License: Expat
{licence}
"""


def control(depends: str, size: int) -> str:
    """The control file; ``size`` in bytes."""
    return f"""\
Package: {PACKAGE}
Version: {__version__}
Architecture: amd64
Maintainer: {MAINTAINER}
Installed-Size: {-(-size // 1024)}
Depends: {depends}
Recommends: libx11-data, xkb-data
Section: misc
Priority: optional
Description: self-assessment of Thai educational service area offices
 Staff write the method and the results of every issue of the standards, attach
 evidence, tick quality levels and print the official indicator sheets.
 .
 โปรแกรมประเมินตนเองตามมาตรฐาน
 สำนักงานเขตพื้นที่การศึกษา ไม่ต้องใช้อินเทอร์เน็ต
"""


def changelog(time: int) -> str:
    return f"""\
{PACKAGE} ({__version__}) unstable; urgency=low

  * See the program's own list of changes.

 -- {MAINTAINER}  {formatdate(time)}
"""


def mime() -> str:
    """What the desktop is told of our files, in the form of shared-mime-info."""
    kinds = "".join(
        f"""\
  <mime-type type="{name}">
    <comment>{english}</comment>
    <comment xml:lang="th">{thai}</comment>
    <icon name="{name.replace("/", "-")}"/>
    <glob pattern="{pattern}" weight="60"/>
  </mime-type>
"""
        for name, (pattern, thai, english) in KINDS.items()
    )
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
{kinds}</mime-info>
"""


def copyright_of(tree: Path) -> str:
    """Ours, and the names of what is brought along as the bundle's own index tells them."""
    index = tree / "_internal" / "licences" / "index.json"
    others = json.loads(index.read_text(encoding="utf-8")) if index.is_file() else []
    names = [f" {one['name']} {one['version']}: {one['licence']}" for one in others]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)[2]
    text = "\n".join(f" {line}" if line else " ." for line in licence.strip().splitlines())
    return _COPYRIGHT.format(home=HOME, others="\n".join(names) or " (none)", licence=text)
