"""The book an office hands in: one file a page type, and the order they stand in."""
