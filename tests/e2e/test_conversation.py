"""Messages, search and totals through the running API, with the streams really running."""

from tests.e2e.client import Client
from tests.local_stack import wait_until


def test_a_message_is_found_by_its_words_until_its_ticket_is_deleted(api: Client) -> None:
    ticketID = api.ticket(subject="Sleutelhanger")["ticketID"]
    body = {"ticketID": ticketID, "body": "Où est ma commande zwaluwstaart? 退款", "from": "jane@doe.example"}
    message = api.ask("POST", "/api/TicketMessages", 201, body=body).json()
    assert (message["messageID"], message["from"], message["isRead"]) == (1, "jane@doe.example", False)
    assert (message["direction"], message["customerRepName"]) == ("Representative", "Ada Admin")
    for search in ("zwaluwstaart", "ZWALUWSTAART+sleutelhanger", "zwaluw*", "ou+退款+sleutel*"):
        api.until_total(f"search={search}", 1)
        assert api.all_ids(f"search={search}") == [ticketID]
    assert api.all_ids("search=zwaluwstaart", "Rik") == []
    page = api.ask("GET", f"/api/TicketMessages?ticketId={ticketID}", 200).json()
    assert (page["totalCount"], page["items"]) == (1, [message])
    api.ask("DELETE", f"/api/Tickets/{ticketID}", 204)
    page = api.ask("GET", "/api/Tickets?search=zwaluwstaart", 200).json()
    assert page["items"] == []
    api.until_total("search=zwaluwstaart", 0)
    api.refused("GET", f"/api/TicketMessages?ticketId={ticketID}", "NotFound", 404)


def test_an_edited_subject_is_found_by_its_new_words_only(api: Client) -> None:
    ticket = api.ticket(subject="Fietsbel")
    api.until_total("search=fietsbel", 1)
    api.ask("PUT", f"/api/Tickets/{ticket['ticketID']}", 200, body=ticket | {"subject": "Koplamp"})
    api.until_total("search=koplamp", 1)
    api.until_total("search=fietsbel", 0)


def test_an_end_users_message_reopens_a_closed_ticket(api: Client) -> None:
    path = f"/api/Tickets/{api.ticket(status='Closed')['ticketID']}"
    ticketID = int(path.rsplit("/", 1)[1])
    said = {"ticketID": ticketID, "body": "Still nothing", "direction": "EndUser"}
    api.ask("POST", "/api/TicketMessages", 201, body=said)
    ticket = api.ask("GET", path, 200).json()
    assert (ticket["status"], ticket["closeDate"], ticket["preview"]) == ("Open", None, "Still nothing")
    assert ticket["lastEndUserMessageID"] == 1


def test_totals_follow_every_change(api: Client) -> None:
    before = api.total("status=Counted")
    made = [api.ticket(status="Counted")["ticketID"] for _ in range(3)]
    api.until_total("status=Counted", before + 3)
    api.ask("PATCH", f"/api/Tickets/{made[0]}", 200, body=[{"op": "replace", "path": "/status", "value": "Closed"}])
    api.ask("DELETE", f"/api/Tickets/{made[1]}", 204)
    api.until_total("status=Counted", before + 1)


def test_a_history_tells_of_an_end_users_other_tickets(api: Client) -> None:
    uid = "history@doe.example"
    made = [api.ticket(uid=uid, subject=f"Parcel {n}")["ticketID"] for n in range(3)]
    path = f"/api/Tickets/{made[0]}/history-summary"
    wait_until(lambda: api.ask("GET", path, 200).json()["ticketCount"] == 2)
    history = api.ask("GET", path, 200).json()
    assert [ticket["ticketID"] for ticket in history["recentTickets"]] == [made[2], made[1]]
    assert (history["openCount"], history["channels"]) == (2, {"Email": 2})
    assert history["summary"].startswith("This end user has 2 other tickets")
