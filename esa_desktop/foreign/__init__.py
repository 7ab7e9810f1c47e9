"""Files other people made: what is in them. Only ever run in a child process (`esa_desktop.child`)."""
