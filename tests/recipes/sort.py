"""An order of lists: by `endDate`."""

from tests.builders import a_ticket
from tests.recipes.edit import PACKAGE, Edit
from tests.recipes.lists import applications, listed, require_projections

WISH = "add an order of lists"
EDITS = (
    Edit(
        f"{PACKAGE}/tickets/order.py",
        "    def followUpDate(self)",
        """\
    def endDate(self) -> str | None: ...
    @property
""",
    ),
    Edit(f"{PACKAGE}/tickets/order.py", "    closeDate: ", "    endDate: str | None = None\n"),
    Edit(f"{PACKAGE}/tickets/order.py", '    closeDate = "', '    endDate = "endDate"\n'),
    Edit(
        f"{PACKAGE}/tickets/order.py",
        "            case SortBy.closeDate:",
        """\
            case SortBy.endDate:
                return ticket.endDate
""",
    ),
    Edit("template.yaml", "closeDate]", "endDate, "),
)


def check() -> None:
    ends = {1: None, 2: "2026-01-02T00:00:00.000Z", 3: "2026-01-01T00:00:00.000Z", 4: None}
    tickets = [a_ticket(ticketID=each, endDate=end) for each, end in ends.items()]
    for application in applications(tickets):
        for query in ("", "&status=Open", "&search=parcel"):
            assert listed(application, f"sortBy=endDate{query}") == ([2, 3, 4, 1], 4)
            assert listed(application, f"sortBy=endDate&sortOrder=asc{query}&pageSize=3") == ([3, 2, 1], 4)
    require_projections()
