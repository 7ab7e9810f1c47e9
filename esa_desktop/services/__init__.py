"""What the window and the command line ask for: use cases over domain, storage and report, without Qt."""
