"""Each recipe of docs/changing.md does what it says, by edits of the files that the page names and of no others.

A recipe is performed on a copy of the project; another Python then checks that the made-up thing is there.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest

from description.document import document
from description.operations.examples import TICKET
from tests.builders import a_body
from tests.described import validator
from tests.gateway import an_event
from tests.tables import ROOT
from tests.template import test_gateway
from tests.world import Context, World
from ticketing import errors
from ticketing.application import Application, LambdaHandler
from ticketing.http import Api, Reply, Request
from ticketing.tickets.dynamodb.items import from_item, to_item

PACKAGE = Path("layers/ticketing/ticketing")
COPIED = ("description", "functions", "layers/ticketing", "tests", "template.yaml", "pyproject.toml")


@dataclass(frozen=True)
class Edit:
    """Text to insert before a text that stands once in a file."""

    file: str
    before: str
    inserted: str

    def perform(self, project: Path) -> None:
        path = project / self.file
        text = path.read_text()
        assert text.count(self.before) == 1, f"{self.before!r} stands {text.count(self.before)} times in {self.file}"
        path.write_text(text.replace(self.before, self.inserted + self.before))


@dataclass(frozen=True)
class Recipe:
    """A row of the page by its first cell, the edits that it takes, and a check that passes only after them."""

    wish: str
    edits: tuple[Edit, ...]
    check: Callable[[], None]


def check_field() -> None:
    world = World()
    created = world.call("POST", "/api/Tickets", body=a_body(shelf="A3")).as_expected(201).json
    ticket = world.store.get(1, created["ticketID"])
    assert ticket
    item = to_item(ticket, "nonce")
    assert (created["shelf"], item["shelf"], from_item(item)) == ("A3", "A3", ticket)
    path = f"/api/Tickets/{ticket.ticketID}"
    changed = world.call("PATCH", path, body=[{"op": "replace", "path": "/shelf", "value": "B1"}])
    assert changed.as_expected(200).json["shelf"] == "B1"
    assert world.call("PUT", path, body=a_body()).as_expected(200).json["shelf"] is None
    world.call("POST", "/api/Tickets", body=a_body(shelf="A" * 9)).refused(400, "InvalidRequest", ["/shelf"])
    schemas = document()["components"]["schemas"]
    assert schemas["TicketWriteDTO"]["properties"]["shelf"]["description"] == "The shelf that the parcel lies on."
    assert validator(json.dumps({"$ref": "#/components/schemas/TicketReadDTO"})).is_valid(TICKET)


def check_refusal() -> None:
    api = Api("tickets")

    @api.serves("GET /api/Tickets/{id}")
    def _refuse(_: Application, request: Request) -> Reply:
        raise vars(errors)["ShelfFull"](f"There is no room for ticket {request.ticket_id()}.")

    event = an_event("GET", "/api/Tickets/7", headers={"Authorization": "Bearer rep-11"})
    reply = LambdaHandler(api.handle).handle(World().application, event, Context())
    problem = json.loads(reply["body"])
    assert (reply["statusCode"], problem["code"]) == (409, "ShelfFull")
    assert problem["detail"] == "There is no room for ticket 7."


def check_route() -> None:
    world = World()
    ticket = world.keep()
    assert world.call("GET", f"/api/Tickets/{ticket.ticketID}/shelf").as_expected(200).json["subject"] == ticket.subject
    world.call("GET", f"/api/Tickets/{ticket.ticketID}/shelf", by=None).refused(401, "Unauthorized")
    test_gateway.test_the_gateway_has_the_routes_of_the_code_and_no_others()


FIELD = Recipe(
    "add a field that a client may write",
    (
        Edit(
            f"{PACKAGE}/tickets/model.py",
            "    toNumber: Annotated",
            """\
    shelf: Annotated[str, Field(max_length=8, description="The shelf that the parcel lies on.")] | None = None
""",
        ),
    ),
    check_field,
)
REFUSAL = Recipe(
    "add a refusal",
    (
        Edit(
            f"{PACKAGE}/errors.py",
            "class KeyInUse(",
            """\
class ShelfFull(TicketingError):
    "The shelf has no room."

    status = HTTPStatus.CONFLICT


""",
        ),
    ),
    check_refusal,
)
ROUTE = Recipe(
    "add a route",
    (
        Edit(
            f"{PACKAGE}/http/routes.py",
            '    Route("PUT", "/api/Tickets/bulk"',
            """\
    Route("GET", "/api/Tickets/{id}/shelf", Access.TicketAccess, "tickets"),
""",
        ),
        Edit(
            "functions/tickets/app.py",
            "lambda_handler = ",
            """\
@api.serves("GET /api/Tickets/{id}/shelf")
def read_shelf(application: Application, request: Request) -> Reply:
    return _ticket(application, application.tickets.read(request.caller, request.ticket_id()))


""",
        ),
        Edit(
            "template.yaml",
            "        Replace:\n",
            """\
        Shelf:
          Type: HttpApi
          Properties: {ApiId: !Ref Api, Method: GET, Path: "/api/Tickets/{id}/shelf"}
""",
        ),
        Edit(
            "description/operations/tickets.py",
            '    "POST /api/Tickets": Operation(',
            """\
    "GET /api/Tickets/{id}/shelf": Operation(
        tag="Tickets",
        summary="Read a shelf",
        text="Returns the ticket on the shelf.",
        successes=(Success("The ticket.", model=TicketView, headers=("ETag",)),),
        refusals=(NotFound,),
    ),
""",
        ),
    ),
    check_route,
)
RECIPES = (FIELD, REFUSAL, ROUTE)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.wish)
def test_a_recipe_edits_the_files_that_the_page_names(recipe: Recipe) -> None:
    named, edited = files_on_the_page(recipe.wish), {edit.file for edit in recipe.edits}
    assert len(named) == len(edited)
    assert all(any(fnmatch(file, pattern) for pattern in named) for file in edited), f"{named} are not {edited}"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.wish)
def test_a_recipe_does_what_it_says(recipe: Recipe, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, KeyError)):
        recipe.check()
    done = checked(recipe, tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_route_without_its_event_is_noticed(tmp_path: Path) -> None:
    edits = tuple(edit for edit in ROUTE.edits if edit.file != "template.yaml")
    done = checked(Recipe(ROUTE.wish, edits, ROUTE.check), tmp_path)
    assert "test_the_gateway_has_the_routes_of_the_code_and_no_others" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("AssertionError")


def files_on_the_page(wish: str) -> list[str]:
    """Return the files that the page names for a wish, as patterns: `<group>` stands for any folder."""
    (row,) = re.findall(
        rf"^\| {re.escape(wish)} \|(.*?)\|(.*?)\|", (ROOT / "docs/changing.md").read_text(), re.MULTILINE
    )
    paths = re.findall(r"`([\w/<>]+\.(?:py|yaml))`", "".join(row))
    patterns = [re.sub("<.*?>", "*", path) for path in paths]
    return [path if any(ROOT.glob(path)) else f"{PACKAGE}/{path}" for path in patterns]


def checked(recipe: Recipe, folder: Path) -> subprocess.CompletedProcess[str]:
    """Perform a recipe on a copy of the project, and check it by a Python that imports the copy alone."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules"))
        else:
            shutil.copy(ROOT / name, folder)
    for edit in recipe.edits:
        edit.perform(folder)
    program = f"from tests import test_recipes; test_recipes.{recipe.check.__name__}()"
    paths = {"PYTHONPATH": f"{folder}:{folder / 'layers/ticketing'}"}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=folder, env=paths, capture_output=True, text=True, check=False)
