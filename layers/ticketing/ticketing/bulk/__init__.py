"""One action over many tickets."""
