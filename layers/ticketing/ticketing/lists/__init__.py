"""Finding tickets: filters, orders, totals, search."""
