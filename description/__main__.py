"""Writes the description: `python -m description`."""

from description.files import write

if __name__ == "__main__":
    write()
