"""The page of the API in a real browser: it loads nothing from elsewhere, and every call can be tried on it."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.browser import Page, chromium, opened
from tests.local_stack import Stack

pytestmark = pytest.mark.beyond_sam_local("its containers change the network, and browsers drop requests then")


@pytest.fixture(scope="module")
def page(stack: Stack) -> Iterator[Page]:
    program = chromium()
    if not program:
        pytest.skip("no Chromium: tests/e2e/chromium.sh says how to get one")
    with TemporaryDirectory() as profile, opened(program, Path(profile)) as page:
        visit(page, stack)
        yield page


def visit(page: Page, stack: Stack) -> None:
    page.ask("Page.navigate", url=f"{stack.baseUrl}/api/docs")
    page.wait_for("document.querySelectorAll('details.operation').length > 0")


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


def filter_by(page: Page, words: str) -> None:
    page.evaluate(
        f"""(box => {{ box.value = {json.dumps(words)}; box.dispatchEvent(new Event('input')) }})(
            document.getElementById('filter'))"""
    )


def test_every_operation_of_the_description_stands_on_the_page(page: Page) -> None:
    shown, described = page.evaluate(
        """fetch('openapi.json').then(reply => reply.json()).then(api => [
            [...document.querySelectorAll('details.operation')].map(operation => operation.id).sort(),
            Object.values(api.paths).flatMap(Object.values).map(operation => operation.operationId).sort()])"""
    )
    assert shown == described
    assert len(shown) == len(set(shown)) > 10


def test_an_address_that_names_no_part_of_the_page_leads_nowhere(page: Page) -> None:
    assert page.evaluate("targetOf({ hash: '#%' })") is None


def test_a_description_that_cannot_be_read_is_said(page: Page, stack: Stack) -> None:
    page.evaluate("window.fetch = async () => new Response('', { status: 503 })")
    page.evaluate("load()")
    page.wait_for("document.querySelector('main > [role=alert]')?.textContent.includes('503') === true")
    visit(page, stack)


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


def test_an_answer_is_brought_into_view_in_colours(page: Page) -> None:
    status, _ = send(page, "readHealth")
    assert status.startswith("200")
    top, bottom, height = page.evaluate(
        """(({top, bottom}) => [top, bottom, innerHeight])(
            document.querySelector('#readHealth .status').getBoundingClientRect())"""
    )
    assert 0 < top < bottom <= height
    colours = page.evaluate(
        """[...document.querySelectorAll('#readHealth .reply-body span')]
            .map(part => [part.className, part.textContent])"""
    )
    assert colours == [["key", '"status"'], ["string", '"ok"']]


def test_replies_have_examples(page: Page) -> None:
    examples = "[...document.querySelectorAll('#readTicket .example')]"
    page.evaluate(f"{examples}.forEach(example => {{ example.open = true }})")
    page.wait_for(f"{examples}.length > 3 && {examples}.every(example => example.querySelector('pre'))")
    shown = page.evaluate("[...document.querySelectorAll('#readTicket .example pre')].map(each => each.textContent)")
    assert json.loads(shown[0])["ticketID"] == 101
    assert {"Unauthorized", "Forbidden", "NotFound"} <= {json.loads(text).get("code") for text in shown[1:]}


def test_the_filter_leaves_what_has_every_word(page: Page) -> None:
    def shown() -> list[str]:
        found: list[str] = page.evaluate(
            "[...document.querySelectorAll('main details[id]')].filter(each => each.offsetParent).map(each => each.id)"
        )
        return found

    filter_by(page, "chat get")
    assert shown() == ["readChat"]
    assert page.evaluate("document.getElementById('found').textContent").startswith("1 of ")
    page.evaluate("location.hash = 'readTicket'")  # a link to what is hidden
    page.wait_for("document.getElementById('readTicket').offsetParent !== null")
    assert len(shown()) > 30


def test_the_operation_that_is_read_is_marked(page: Page) -> None:
    filter_by(page, "")
    for operation in ("listTickets", "createChatTicket"):
        page.evaluate(f"location.hash = '{operation}'")
        page.wait_for(f"document.querySelector('nav [aria-current]')?.hash === '#{operation}'")


def test_a_phone_shows_all_of_it_without_scrolling_sideways(page: Page) -> None:
    page.ask("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.wait_for("document.querySelectorAll('.example:not(:has(pre))').length === 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = false })")
    page.ask("Emulation.clearDeviceMetricsOverride")


def test_the_description_is_linked(page: Page, stack: Stack) -> None:
    assert page.evaluate("document.querySelector('header a').href") == f"{stack.baseUrl}/api/openapi.json"


def test_nothing_is_loaded_from_elsewhere_and_nothing_went_wrong(page: Page, stack: Stack) -> None:
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert loaded
    assert all(address.startswith(f"{stack.baseUrl}/api/") for address in loaded)
    assert [complaint for complaint in page.complaints if "401" not in complaint] == []
