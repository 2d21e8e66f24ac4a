"""GET /api/Tickets/{id}."""

import pytest

from tests.builders import ANN, BOB, RIK
from tests.world import World
from ticketing.tickets.ticket_view import TicketView

NO_IDS = ["0", "-1", "+1", "01", "1.0", "1e2", "abc", "x1", "1x", "%31", " 1", "１", "9007199254740992", "9" * 400]


def test_a_ticket_is_read_with_every_field(world: World) -> None:
    world.keep(ticketID=7, uid="+3225550131", customerRepID=ANN, channelID=2, topicIDs=[2, 1, 9], version=4)
    answer = world.call("GET", "/api/Tickets/7").as_expected(200)
    assert answer.headers["ETag"] == '"4"'
    assert answer.json.keys() == TicketView.model_fields.keys()
    assert answer.json["topics"] == ["Delivery", "Billing"]
    assert answer.json["customerRepName"] == "Ann Agent"
    assert answer.json["channelName"] == "Chat 2"
    assert [user["endUserID"] for user in answer.json["endUsers"]] == [31]


def test_what_the_directory_no_longer_holds_has_no_name(world: World) -> None:
    world.keep(customerRepID=999, channelID=999, topicIDs=[999], uid="nobody's")
    ticket = world.call("GET", "/api/Tickets/1").as_expected(200).json
    assert (ticket["customerRepID"], ticket["customerRepName"]) == (999, None)
    assert (ticket["channelID"], ticket["channelName"]) == (999, None)
    assert (ticket["topics"], ticket["endUsers"]) == ([], [])


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*", '"9", "1"'])
def test_what_the_client_has_already_is_not_sent_again(world: World, tag: str) -> None:
    world.keep()
    answer = world.call("GET", "/api/Tickets/1", if_none_match=tag).as_expected(304)
    assert answer.text is None
    assert answer.headers["ETag"] == '"1"'
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("tag", ['"2"', "1", "", "nonsense"])
def test_what_the_client_has_of_old_is_sent(world: World, tag: str) -> None:
    world.keep()
    world.call("GET", "/api/Tickets/1", if_none_match=tag).as_expected(200)


def test_another_customers_ticket_does_not_exist(world: World) -> None:
    world.keep(customerID=2, ticketID=5)
    theirs = world.call("GET", "/api/Tickets/5").refused(404, "NotFound")
    missing = world.call("GET", "/api/Tickets/6").refused(404, "NotFound")
    assert theirs.text == missing.text


@pytest.mark.parametrize("text", NO_IDS)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_what_is_no_id_is_no_ticket(world: World, method: str, text: str) -> None:
    world.keep()
    body = {"PUT": {"status": "Open", "subject": "x", "channelType": "Email"}, "PATCH": []}.get(method)
    world.call(method, f"/api/Tickets/{text}", body=body).refused(404, "NotFound")


def test_the_largest_id_is_an_id(world: World) -> None:
    world.keep(ticketID=9007199254740991)
    world.call("GET", "/api/Tickets/9007199254740991").as_expected(200)


@pytest.mark.parametrize(
    ("by", "readable"),
    [
        ("rep-11", {1, 2, 3, 4}),
        ("rep-12", {1, 2, 3, 4}),
        ("rep-13", {1, 2}),
        ("rep-15", {4}),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_role_reaches_its_tickets_and_no_others(world: World, by: str, readable: set[int], method: str) -> None:
    for holder in (None, ANN, BOB, RIK):
        world.keep(customerRepID=holder)
    body = {"PUT": {"status": "Open", "subject": "x", "channelType": "Email"}, "PATCH": []}.get(method)
    for ticketID in (1, 2, 3, 4):
        answer = world.call(method, f"/api/Tickets/{ticketID}", by, body)
        if ticketID in readable:
            answer.as_expected(204 if method == "DELETE" else 200)
        else:
            answer.refused(403, "Forbidden")
            assert world.store.get(1, ticketID)


def test_agents_see_every_ticket_where_the_customer_says_so(world: World) -> None:
    world.keep(customerID=2, ticketID=5, customerRepID=21)
    world.call("GET", "/api/Tickets/5", "rep-22").as_expected(200)


def test_an_unprocessed_ticket_can_be_read(world: World) -> None:
    world.keep(isProcessed=False)
    world.call("GET", "/api/Tickets/1").as_expected(200)
