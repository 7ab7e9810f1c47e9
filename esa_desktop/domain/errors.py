"""Errors a user can meet and mend: each carries one plain Thai sentence that says what to do next."""


class EsaError(Exception):
    """What went wrong in the world outside the program, said in Thai.

    ``str(error)`` is shown to the user as it is, in the window and on the command line.
    """

    @property
    def sentence(self) -> str:
        return str(self)


class UnknownCode(EsaError):
    """A code such as ``1.2.9`` that the framework of the round does not have."""


class ValueRefused(EsaError):
    """A value that a field cannot hold: a level of 7, a fiscal year of 9999."""


class HeadsMoved(EsaError):
    """The field was changed since the edit was made; applying it would hide that change."""


class FrameworkFileError(EsaError):
    """A framework file that cannot be used: names the file, the line and what is expected."""


class StorageError(EsaError):
    """The disk or the project file refuses; nothing that was acknowledged is lost."""


class NoRoom(StorageError):
    """A backup or a copy does not fit on the drive; what is written into the project still may."""


class ProjectLocked(StorageError):
    """Somebody else has the project open; the sentence names who."""


class LeftOpen(ProjectLocked):
    """Nobody holds the project now, but another computer never closed it; it may be taken over."""


class WriteForbidden(StorageError):
    """The folder may not be written; what is in it can still be read."""


class ReadOnlyProject(StorageError):
    """The project was opened for reading only; nothing can be changed in it."""


class NotAProject(StorageError):
    """The folder or file is no project of this program, or a damaged one."""


class DamagedProject(NotAProject):
    """A project of this program whose file is damaged: what is left of it can be recovered."""


class NewerProject(StorageError):
    """The project was written by a newer version of the program."""


class AttachError(EsaError):
    """A file that cannot become evidence: vanished, empty, unreadable, too large."""


class ReportError(EsaError):
    """The PDF cannot be made or written."""


class Cancelled(EsaError):
    """The person pressed cancel; nothing was changed."""
