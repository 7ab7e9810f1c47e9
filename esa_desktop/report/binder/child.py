"""The binder made in a child process: the request names a job in a file of our own, the answer is plain values."""

import hashlib
import pickle
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from esa_desktop.domain.binder import BinderResult, Trouble, Volume
from esa_desktop.domain.errors import EsaError
from esa_desktop.report.binder.job import BinderJob, BindingStep


def answer(
    request: Mapping[str, Any], progress: Callable[[dict[str, Any]], None]
) -> tuple[dict[str, Any], bytes]:
    """``{"job": path of a pickled `BinderJob`, "sha256": of its bytes, "folder": for the volumes}``.

    Progress: ``{"done", "total", "at", "file"}`` before each file is opened. The answer is the
    `BinderResult` as JSON values (`result_from_values` reads it), or ``{"error": sentence}`` for
    what a person can mend. The job was written by the parent a moment ago; a pickle of anybody
    else's, put there meanwhile, is never read: the hash came through the parent's own pipe.
    """
    from esa_desktop.report.binder.binding import bind

    said = Path(request["job"]).read_bytes()
    if hashlib.sha256(said).hexdigest() != request["sha256"]:
        raise ValueError("not the job that was written")
    job = pickle.loads(said)  # noqa: S301 - see above
    if not isinstance(job, BinderJob):
        raise TypeError(f"no binder job: {type(job).__name__}")

    def tell(step: BindingStep) -> None:
        progress(asdict(step))

    try:
        result = bind(job, Path(request["folder"]), progress=tell)
    except EsaError as error:
        return {"error": error.sentence}, b""
    return result_to_values(result), b""


def result_to_values(result: BinderResult) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "volumes": [asdict(volume) for volume in result.volumes],
        "items": result.items,
        "troubles": [asdict(trouble) for trouble in result.troubles],
        "bound": dict(result.bound),
    }


def result_from_values(values: Mapping[str, Any]) -> BinderResult:
    return BinderResult(
        volumes=tuple(Volume(**volume) for volume in values["volumes"]),
        items=values["items"],
        troubles=tuple(Trouble(**trouble) for trouble in values["troubles"]),
        bound=dict(values["bound"]),
    )
