"""What is said about the licences of others is true of what is installed."""

from importlib.metadata import distribution, version
from pathlib import Path

import pi_heif

ROOT = Path(__file__).parent.parent
NOTICE = (ROOT / "resources" / "licences" / "pi-heif-NOTICE.txt").read_text(encoding="utf-8")


def test_the_notice_names_the_libraries_that_really_decode_photographs() -> None:
    """A newer wheel brings newer libraries: then the notice is to be written anew."""
    told = pi_heif.libheif_info()
    decoder = told["decoders"]["libde265"].rpartition(" ")[2]

    assert f"pi-heif {version('pi-heif')} " in NOTICE
    assert f"libheif {told['libheif']} " in NOTICE
    assert f"libde265 {decoder} " in NOTICE


def test_no_encoder_of_a_licence_that_may_not_be_shipped_came_along() -> None:
    files = [str(file) for file in distribution("pi-heif").files or ()]

    assert not any("x265" in file or "aom" in file for file in files)
    assert set(pi_heif.libheif_info()["encoders"]) <= {"mask"}


def test_every_library_the_program_needs_is_named_with_its_licence() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    told = (ROOT / "LICENSE").read_text(encoding="utf-8").casefold()
    names = [line.split("==")[0] for line in lock.splitlines() if "==" in line]
    spelled = {name: name.replace("-", "_") for name in names}
    special = {
        "pyside6-addons": "pyside6",
        "pyside6-essentials": "pyside6",
        "et-xmlfile": "et_xmlfile",
    }

    assert len(names) > 10
    for name in names:
        known = special.get(name, name)
        assert known in told or spelled[name] in told, name
