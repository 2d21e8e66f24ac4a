"""Measures, with one command for each figure; results are kept with their date in bench/results."""
