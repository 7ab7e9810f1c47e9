"""Scenes of the mirror, of migration and of recovery after damage."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection

from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Kind
from esa_desktop.services import mirroring
from esa_desktop.services.backing_up import Reason, list_backups
from esa_desktop.services.recovering import recover
from esa_desktop.storage import migrations
from esa_desktop.storage.backups import backup_before_migration
from esa_desktop.storage.mirror import _for_notepad
from esa_desktop.storage.store import Store
from esa_desktop.storage.tables import SCHEMA_VERSION
from tests.projects import WHO, opened
from tests.torture.ledger import losses
from tests.torture.scene import HOLDER, PROJECT, Scene, Tell, Told, at_home, words
from tests.torture.scenes_of_backups import backed_up, backups_wrong, sha256_of, write
from tests.torture.scenes_of_work import field_of, flush, work_is_kept, working

FOREIGN = "ของฉันเอง.txt"
LAST_WORDS = "คำสุดท้ายก่อนเสียหาย"


def mirrored(ground: Path) -> None:
    backed_up(ground)
    with opened(ground / PROJECT) as project:
        mirroring.mirror(project.folder, project.project_id, project.editor.views)
    (ground / PROJECT / "mirror" / FOREIGN).write_text("ของคนอื่น", encoding="utf-8")


def damaged(ground: Path) -> None:
    """The middle of the database is gone, an old journal lies beside it; backup and mirror are there."""
    mirrored(ground)
    database = ground / PROJECT / "project.db"
    stale = _journal_of(database)
    with opened(ground / PROJECT) as project:
        for number in range(20):
            write(project, f"{LAST_WORDS} {number}")
        project.flush()
        mirroring.mirror(project.folder, project.project_id, project.editor.views)
    database.with_name("project.db-journal").write_bytes(stale)
    with database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * 40_000)
    (ground / "damaged.sha256").write_text(sha256_of(database.read_bytes()), encoding="ascii")


def _journal_of(database: Path) -> bytes:
    """The journal of a transaction that changes every page and was never finished."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        connection.execute("PRAGMA cache_size=1")  # or nothing is written before the COMMIT
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        for table in ("head", "revision", "evidence_file", "meta"):
            connection.execute(f"DELETE FROM {table}")
        hot = database.with_name("project.db-journal").read_bytes()
        connection.execute("ROLLBACK")
    return hot


# --- acts -------------------------------------------------------------------------------------


def write_mirror(ground: Path, tell: Tell) -> None:
    with working(ground, tell) as project:
        for number in range(3):
            views = project.editor.views
            texts = mirroring._texts(views, None)
            tell("texts", {name: sha256_of(_for_notepad(said)) for name, said in texts.items()})
            mirroring.mirror(project.folder, project.project_id, views)
            write(project, f"ลงสำเนาข้อความ {number}")
        flush(project, tell)


def recover_all(ground: Path, tell: Tell) -> None:
    recover(ground / PROJECT, WHO)
    tell("made")


def migrate(ground: Path, tell: Tell) -> None:
    with later_schema():
        folder = ground / PROJECT
        Store.open(folder, HOLDER, before_migration=backup_before_migration).close()
        tell("migrated")


@contextmanager
def later_schema() -> Iterator[None]:
    """A program whose schema is one version further: each text is noted in a table of its own."""
    real = migrations.migrate
    now = SCHEMA_VERSION

    def step(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id TEXT PRIMARY KEY, size INTEGER)")
        connection.exec_driver_sql("INSERT INTO later SELECT id, length(body) FROM revision")

    further = partial(real, steps={**migrations.STEPS, now: step}, newest=now + 1)
    with (
        patch("esa_desktop.storage.database.SCHEMA_VERSION", now + 1),
        patch("esa_desktop.storage.database.migrate", further),
    ):
        yield


# --- judges -----------------------------------------------------------------------------------


def mirror_is_whole(ground: Path, told: Sequence[Told]) -> list[str]:
    """Every text is one of those that were to be written, what is foreign stays, the next run heals."""
    wrong = work_is_kept(ground, told)
    folder = ground / PROJECT / "mirror"
    if (folder / FOREIGN).read_text(encoding="utf-8") != "ของคนอื่น":
        wrong.append("foreign file changed")
    known = [(name, sha256) for (texts,) in words(told, "texts") for name, sha256 in texts.items()]
    for name, sha256 in _contents(folder).items():
        if name in dict(known) and (name, sha256) not in known:
            wrong.append("torn text")
    with at_home(ground), opened(ground / PROJECT) as project:
        shutil.copytree(folder, ground / "healed" / "mirror")
        (ground / "fresh").mkdir()
        for place in ("healed", "fresh"):
            (ground / place / "project.db").touch()  # without one nothing is mirrored
        mirroring.mirror(ground / "healed", project.project_id, project.editor.views)
        mirroring.mirror(ground / "fresh", project.project_id, project.editor.views)
    (ground / "healed" / "mirror" / FOREIGN).unlink()
    if _contents(ground / "healed") != _contents(ground / "fresh"):
        wrong.append("mirror does not heal")
    return wrong


def _contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256_of(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".part"
    }


def migrated_or_not(ground: Path, told: Sequence[Told]) -> list[str]:
    """The old schema or the new, whole; the next start finishes; the backup of before counts."""
    folder = ground / PROJECT
    with at_home(ground):
        try:
            migrate(ground, lambda *_: None)
        except EsaError as error:
            return [f"does not go on: {error}"]
    with closing(sqlite3.connect(folder / "project.db")) as connection, connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (later,) = connection.execute("SELECT count(*) FROM later").fetchone()
        (all_,) = connection.execute("SELECT count(*) FROM revision").fetchone()
        connection.execute("DROP TABLE later")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    wrong = [] if version == SCHEMA_VERSION + 1 and later == all_ else ["half migrated"]
    if not any(backup.reason is Reason.MIGRATION for backup in list_backups(folder)):
        wrong.append("no backup of before")
    return wrong or work_is_kept(ground, told) or backups_wrong(folder, told)


def recovered_or_not(ground: Path, told: Sequence[Told]) -> list[str]:
    """Recovering can be done again until it is done; what was damaged is kept as it was."""
    folder = ground / PROJECT
    try:
        with at_home(ground):
            if not words(told, "made"):
                recover(folder, WHO)
            with opened(folder) as project:
                method = project.editor.view(field_of(project, "1.1.1", Kind.METHOD)).value.plain
    except EsaError as error:
        return [f"does not go on: {error}"]
    wrong = losses(folder, [])
    if LAST_WORDS not in method:  # they were in the database and in the mirror only
        wrong.append("lost")
    kept = {sha256_of(path.read_bytes()) for path in (folder / "damaged").glob("*/project.db")}
    if (ground / "damaged.sha256").read_text(encoding="ascii") not in kept:
        wrong.append("the damaged file was not kept")
    return wrong


SCENES = (
    Scene("mirror", mirrored, write_mirror, mirror_is_whole),
    Scene("migrate", backed_up, migrate, migrated_or_not),
    Scene("recover", damaged, recover_all, recovered_or_not),
)
