"""About: the program's version and the licences of what it is made of."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop import __version__
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.theme import set_role

PARTS = (
    "Qt และ PySide6 (LGPL-3.0) · ReportLab (BSD) · HarfBuzz (MIT) · SQLAlchemy (MIT) · "
    "libthai (LGPL-2.1) · nlpo3 (Apache-2.0) · pikepdf (MPL-2.0) · lxml (BSD) · "
    "pypdfium2 (BSD) · Pillow (MIT-CMU) · pi-heif (BSD) พร้อม libheif และ libde265 (LGPL-3.0) · "
    "segno (BSD) · openpyxl (MIT)"
)
FONTS = "แบบอักษร TH Sarabun New (GPL พร้อมข้อยกเว้นสำหรับแบบอักษร) · Sarabun (OFL-1.1)"


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("เกี่ยวกับโปรแกรม"))
        self.setFixedWidth(480)
        title = QLabel(self.tr("ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"))
        set_role(title, "title")
        version = QLabel(
            self.tr("รุ่น {0}").format(thai_digits(__version__))
            + f"  ·  Python {platform.python_version()}  ·  Qt {qVersion()}"
        )
        set_role(version, "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for label in (title, version, QLabel(self.tr(PARTS)), QLabel(self.tr(FONTS))):
            label.setWordWrap(True)
            column.addWidget(label)
        close = QPushButton(self.tr("ปิดหน้านี้"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
