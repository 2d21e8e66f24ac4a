"""Restores what a stack's tables held at a moment: first beside the live tables, then into them."""
