"""The command line of a benchmark."""

import argparse


def command_line(about: str | None) -> argparse.ArgumentParser:
    """Return a parser whose help is what a module says about itself."""
    return argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
