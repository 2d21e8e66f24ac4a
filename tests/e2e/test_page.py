"""The page of the API in a real browser: it loads nothing from elsewhere, and every call can be tried on it."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.browser import Page, chromium, opened
from tests.local_stack import Stack


@pytest.fixture(scope="module")
def page(stack: Stack) -> Iterator[Page]:
    program = chromium()
    if not program:
        pytest.skip("no Chromium: tests/e2e/chromium.sh says how to get one")
    with TemporaryDirectory() as profile, opened(program, Path(profile)) as page:
        page.ask("Page.navigate", url=f"{stack.baseUrl}/api/docs")
        page.wait_for("document.querySelectorAll('details.operation').length > 0")
        yield page


def fill(page: Page, field: str, text: str) -> None:
    page.evaluate(f"document.getElementById({json.dumps(field)}).value = {json.dumps(text)}")


def send(page: Page, operation: str) -> tuple[str, str]:
    """Send an operation's form by its button; return the status and the body that the page shows."""
    reply = f"document.querySelector('#{operation} .reply')"
    page.evaluate(f"location.hash = '{operation}'")
    page.evaluate(f"{reply}.replaceChildren()")
    page.wait_for(f"document.getElementById('{operation}').open")
    page.evaluate(f"document.querySelector('#{operation} button').click()")
    page.wait_for(f"{reply}.querySelector('.status, .refused') !== null")
    status, body = page.evaluate(f"['.status', '.reply-body'].map(part => {reply}.querySelector(part).textContent)")
    return status, body


def test_every_operation_of_the_description_stands_on_the_page(page: Page) -> None:
    shown, described = page.evaluate(
        """fetch('openapi.json').then(reply => reply.json()).then(api => [
            [...document.querySelectorAll('details.operation')].map(operation => operation.id).sort(),
            Object.values(api.paths).flatMap(Object.values).map(operation => operation.operationId).sort()])"""
    )
    assert shown == described
    assert len(shown) == len(set(shown)) > 10


def test_every_operation_has_a_form_whose_fields_have_labels(page: Page) -> None:
    unlabelled = page.evaluate(
        """[...document.querySelectorAll('input, select, textarea')].filter(field => !field.labels.length).length"""
    )
    forms = page.evaluate("document.querySelectorAll('details.operation form button').length")
    assert (unlabelled, forms) == (0, page.evaluate("document.querySelectorAll('details.operation').length"))


def test_a_read_is_tried_with_a_token(page: Page, stack: Stack) -> None:
    fill(page, "token", stack.token(1, rep=11))
    fill(page, "readTicket-id", "2")
    status, body = send(page, "readTicket")
    assert status.startswith("200")
    assert json.loads(body)["ticketID"] == 2


def test_a_list_is_tried_with_repeated_parameters(page: Page, stack: Stack) -> None:
    fill(page, "token", stack.token(1, rep=11))
    fill(page, "listTickets-status", "Open\nPending")
    fill(page, "listTickets-pageSize", "100")
    status, body = send(page, "listTickets")
    assert status.startswith("200")
    assert {ticket["status"] for ticket in json.loads(body)["items"]} == {"Open", "Pending"}


def test_a_body_is_sent_as_its_example_has_it(page: Page, stack: Stack) -> None:
    fill(page, "token", stack.token(1, rep=11))
    status, body = send(page, "createTicket")
    assert status.startswith("201")
    sent = json.loads(page.evaluate("document.getElementById('createTicket-body').value"))
    assert json.loads(body).items() >= sent.items()


def test_a_refusal_is_shown_as_it_came(page: Page) -> None:
    fill(page, "token", "")
    status, body = send(page, "readTicket")
    assert status.startswith("401")
    assert json.loads(body)["code"] == "Unauthorized"


def test_nothing_is_loaded_from_elsewhere_and_nothing_went_wrong(page: Page, stack: Stack) -> None:
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert loaded
    assert all(address.startswith(f"{stack.baseUrl}/api/") for address in loaded)
    assert [complaint for complaint in page.complaints if "401" not in complaint] == []
