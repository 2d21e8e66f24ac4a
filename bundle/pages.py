"""The pages of web/ as they are built, and the addresses that whoever serves them fills in."""

from bundle.places import ROOT

BUILT = ROOT / "web" / "dist"


def filled_in(page: str, addresses: dict[str, str]) -> str:
    """Return a page with each address in the place of its `{{name}}`."""
    for name, address in addresses.items():
        page = page.replace("{{" + name + "}}", address)
    return page
