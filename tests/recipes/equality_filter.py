"""An equality filter: `hasRecording`."""

from description.document import document
from tests.builders import a_ticket
from tests.recipes.edit import PACKAGE, Edit
from tests.recipes.lists import applications, listed, require_projections

WISH = "add an equality filter"
EDITS = (
    Edit(
        f"{PACKAGE}/tickets/facets.py",
        "FACETS = (",
        """\
def _recorded(is_recorded: bool) -> str:
    return "recorded" if is_recorded else "unrecorded"


RECORDED = Facet(
    "recorded",
    "H",
    FlagParameters((("hasRecording", "Only tickets with a recording, or none."),), _recorded),
    lambda ticket: _recorded(ticket.hasRecording),
    is_indexed=False,
)

""",
    ),
    Edit(f"{PACKAGE}/tickets/facets.py", "MARKS)\n", "RECORDED, "),
    Edit("template.yaml", "followUpDate, subject, closeDate]", "recordedKey, "),
)


def check() -> None:
    tickets = [a_ticket(ticketID=each, hasRecording=each > 3, channelID=each % 2 + 1) for each in range(1, 7)]
    for application in applications(tickets):
        for query, found in (("hasRecording=true", [6, 5, 4]), ("hasRecording=false&channelIDs=1", [2])):
            assert listed(application, query) == (found, len(found))
            assert listed(application, f"{query}&pageSize=1") == (found[:1], len(found))  # the total comes from counts
    parameters = {each["name"]: each for each in document()["paths"]["/api/Tickets"]["get"]["parameters"]}
    assert parameters["hasRecording"]["schema"] == {"type": "boolean"}
    require_projections()
