"""The faults that are planted: what a careless change could do to the code that keeps the work."""

from dataclasses import dataclass

STORAGE = "esa_desktop/storage"
SERVICES = "esa_desktop/services"
WRITER_TESTS = "tests/storage/test_writer.py"
STORE_TESTS = "tests/storage/test_store.py"
CUTS = "tests/torture/test_powercut.py::test_after_a_power_cut_all_that_was_acknowledged_is_there"
KILLS = "tests/torture/test_kill_places.py::test_killed_at_any_step_nothing_acknowledged_is_lost"
REFUSED = f"{WRITER_TESTS}::test_a_refused_write_keeps_its_place_and_is_told_and_tried_again"


@dataclass(frozen=True)
class Fault:
    """``old``, which stands in ``file`` once, becomes ``new``; ``test`` must notice."""

    name: str
    file: str
    old: str
    new: str
    test: str

    def in_(self, text: str) -> str:
        if text.count(self.old) != 1:
            raise ValueError(f"“{self.name}” fits {self.file} {text.count(self.old)} times")
        return text.replace(self.old, self.new)


FAULTS = (
    Fault(
        "early acknowledgement",
        f"{STORAGE}/writer.py",
        "        job.future.set_running_or_notify_cancel()\n        return self._queue(job)\n",
        "        self._queue(job)\n        done: Future[None] = Future()\n"
        "        done.set_result(None)\n        return done\n",
        REFUSED,
    ),
    Fault(
        "swallowed error",
        f"{STORAGE}/writer.py",
        "            if question is None:\n                return error\n",
        "            if question is None:\n                self._done(jobs)\n"
        "                return None\n",
        REFUSED,
    ),
    Fault(
        "retry that drops",
        f"{STORAGE}/writer.py",
        "            failures += 1\n",
        "            failures += 1\n            self._done(jobs)\n",
        REFUSED,
    ),
    Fault(
        "flush that does not wait",
        f"{STORAGE}/writer.py",
        "return self._changed.wait_for(lambda: not self._writes_left(), timeout)",
        "return True",
        f"{WRITER_TESTS}::test_flushing_waits_for_what_was_submitted",
    ),
    Fault(
        "missing fsync",
        f"{STORAGE}/durable.py",
        "    os.fsync(descriptor)\n",
        "    os.fstat(descriptor)\n",
        f"{CUTS}[journaled]",
    ),
    Fault(
        "fsync before Python has handed the bytes over",
        f"{STORAGE}/durable.py",
        "            beside.flush()  # out of Python first: what it still holds would be written"
        " unflushed\n",
        "",
        "tests/storage/test_durable.py::test_all_of_a_file_is_flushed_before_it_gets_its_name",
    ),
    Fault(
        "new folder that is not flushed",
        f"{STORAGE}/evidence_files.py",
        "        sync_folder(part.parent.parent)  # or a power cut takes the folder and all that is"
        " in it\n",
        "",
        f"{CUTS}[fat]",
    ),
    Fault(
        "wrong parent",
        f"{SERVICES}/editing.py",
        "            part.field,\n            part.expected,\n",
        "            part.field,\n            part.expected[:0],\n",
        "tests/services/test_editing.py"
        "::test_the_inverse_of_an_edit_takes_it_back_and_its_inverse_does_it_again",
    ),
    Fault(
        "file after row",
        f"{STORAGE}/putting.py",
        "        if not is_kept(folder, file):\n",
        "        if not file.sha256:\n",
        f"{STORE_TESTS}::test_a_row_is_never_without_its_file",
    ),
    Fault(
        "evidence acknowledged before it is in its place",
        f"{STORAGE}/evidence_files.py",
        "        put_in_place(part, place)\n",
        "        part.replace(place)\n",
        f"{CUTS}[fat]",
    ),
    Fault(
        "lost draft",
        f"{STORAGE}/putting.py",
        "    if latest:\n        connection.execute(insert(DRAFT)",
        "    if len(latest) > 1:\n        connection.execute(insert(DRAFT)",
        KILLS,
    ),
    Fault(
        "draft dropped before its revision",
        f"{SERVICES}/editing.py",
        "        self._submit(Write(revisions=(revision,), dropped=dropped))\n",
        "        self._submit(Write(dropped=dropped))\n"
        "        self._submit(Write(revisions=(revision,)))\n",
        "tests/services/test_editing.py"
        "::test_the_end_of_a_visit_cuts_one_revision_and_drops_the_draft",
    ),
    Fault(
        "batch in pieces",
        f"{STORAGE}/store.py",
        "        with self._transaction() as connection:\n            for write in writes:\n",
        "        for write in writes:\n            with self._transaction() as connection:\n",
        f"{STORE_TESTS}::test_several_writes_are_one_transaction",
    ),
    Fault(
        "second writer",
        f"{STORAGE}/database.py",
        '    "locking_mode": "exclusive",\n',
        '    "locking_mode": "normal",\n',
        "tests/torture/test_start_races.py::test_of_several_starts_at_once_never_two_win",
    ),
    Fault(
        "lock released early",
        f"{STORAGE}/database.py",
        "        _verify(connection)\n    except",
        "        _verify(connection)\n"
        '        connection.execute("PRAGMA locking_mode=normal").fetchall()\n'
        '        connection.execute("SELECT 1 FROM meta").fetchall()\n    except',
        "tests/storage/test_database.py::test_a_reader_from_elsewhere_is_kept_out_too",
    ),
    Fault(
        "weak flush",
        f"{STORAGE}/database.py",
        '    "synchronous": 2,  # FULL\n',
        '    "synchronous": 1,\n',
        f"{CUTS}[journaled]",
    ),
    Fault(
        "no row hash",
        f"{STORAGE}/rows.py",
        "    if not is_whole(revision):\n",
        "    if not revision.id:\n",
        f"{STORE_TESTS}::test_a_changed_body_is_found_on_opening",
    ),
    Fault(
        "no draft hash",
        f"{STORAGE}/rows.py",
        "    if _sha256(_said(draft)) != row.sha256:\n",
        "    if not row.sha256:\n",
        f"{STORE_TESTS}::test_a_changed_draft_is_found_on_opening",
    ),
    Fault(
        "heads not settled",
        f"{STORAGE}/heads.py",
        "            if there:\n"
        "                connection.execute(delete(HEAD).where(in_field(HEAD, field)))\n",
        "",
        KILLS,
    ),
    Fault(
        "project that is there before it can be opened",
        f"{SERVICES}/projects.py",
        "    Store.create(folder, _holder(who, time), first=revisions).close()\n",
        "    store = Store.create(folder, _holder(who, time))\n"
        "    store.write(Write(revisions=revisions))\n    store.close()\n",
        KILLS,
    ),
    Fault(
        "thinning by clock",
        "esa_desktop/domain/thinning.py",
        "key=lambda mark: mark.seq, reverse=True",
        "key=lambda mark: mark.day, reverse=True",
        "tests/domain/test_thinning.py::test_whatever_the_clock_says_the_last_ones_stay",
    ),
    Fault(
        "backup counted before it is verified",
        f"{STORAGE}/backups.py",
        "    if not examination.is_whole:\n        raise _unsound(home)\n",
        "",
        "tests/storage/test_backups.py"
        "::test_a_bit_that_flipped_on_the_way_is_found_before_the_backup_counts",
    ),
    Fault(
        "backup that is not put in place",
        f"{STORAGE}/backups.py",
        "            put_in_place(part, place)\n",
        "            part.rename(place)\n",
        "tests/storage/test_backups.py::test_all_of_a_backup_is_flushed_before_it_gets_its_name",
    ),
    Fault(
        "older backups thinned first",
        f"{STORAGE}/backups.py",
        "        place = backups_of(home.folder) / folder_name(seq, occasion.time)\n",
        "        place = backups_of(home.folder) / folder_name(seq, occasion.time)\n"
        "        for older in list_backups(home.folder)[8:]:\n"
        "            shutil.rmtree(older.folder)\n",
        KILLS,
    ),
    Fault(
        "restore over a project",
        f"{STORAGE}/restored_project.py",
        "def refuse_used(to: Path) -> None:\n",
        "def refuse_used(to: Path) -> None:\n    return\n",
        "tests/services/test_restoring.py::test_a_folder_that_is_used_is_refused_and_not_touched",
    ),
    Fault(
        "journal left beside a new database",
        f"{STORAGE}/taking_place.py",
        "        (folder / JOURNAL).unlink(missing_ok=True)\n",
        "        pass\n",
        KILLS,
    ),
    Fault(
        "damaged file thrown away",
        f"{STORAGE}/recovery.py",
        "            aside = set_aside(folder, cancelled)\n",
        "            aside = None\n",
        "tests/storage/test_recovery.py::test_the_damaged_files_are_kept_together_as_they_were",
    ),
    Fault(
        "mirror not atomic",
        f"{STORAGE}/mirror.py",
        "    write_durably(path, content)\n",
        "    path.write_bytes(content)\n",
        "tests/services/test_mirroring.py"
        "::test_killed_at_any_step_every_file_is_the_old_or_the_new_one",
    ),
    Fault(
        "migration without a backup",
        f"{STORAGE}/migrations.py",
        "    if before:\n        before(driver, folder)\n",
        "",
        "tests/storage/test_migrations.py::test_all_steps_are_taken_in_order_after_the_backup",
    ),
    Fault(
        "migration in pieces",
        f"{STORAGE}/migrations.py",
        "                steps[number](connection)\n",
        "                steps[number](connection)\n"
        '                connection.exec_driver_sql("COMMIT")\n'
        '                connection.exec_driver_sql("BEGIN")\n',
        "tests/storage/test_migrations.py::test_a_failing_step_leaves_nothing",
    ),
    Fault(
        "no rescue",
        f"{SERVICES}/saving.py",
        "            kept = self._rescue.keep(self._unsaved())\n",
        "            kept = None\n",
        "tests/torture/test_kill_places.py"
        "::test_a_disk_that_refuses_for_good_is_told_of_and_costs_nothing[full]",
    ),
)
