"""Puts the frozen program into what people install: Setup.exe, a portable zip, a .deb, their checksums."""
