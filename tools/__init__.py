"""Programs around the program: measuring, torture, fonts, packaging; nothing here is shipped."""
