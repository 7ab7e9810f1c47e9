"""Assess a Thai educational service area office by its standards, and print the sheets."""

__version__ = "0.1.0"
