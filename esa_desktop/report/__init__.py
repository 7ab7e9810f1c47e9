"""What is printed: Thai text set and shaped by the program itself, page by page, into PDF and Office files."""
