"""The whole main job in a temporary folder: what support runs on an installed program."""

from esa_desktop.self_test.running import run_self_test

__all__ = ["run_self_test"]
