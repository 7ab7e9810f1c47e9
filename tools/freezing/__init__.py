"""Makes the program that users get: one folder that needs no Python, for Linux and for Windows."""
