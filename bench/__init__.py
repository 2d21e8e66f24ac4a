"""What is measured, with one command each; results are kept with their date in bench/results."""
