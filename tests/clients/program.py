"""A customer's program, with a client made of docs/openapi.json. Arguments: where the API answers, a token."""

import json
import sys

from tickets_api_client import AuthenticatedClient
from tickets_api_client.api.tickets import create_ticket, list_tickets
from tickets_api_client.models import (
    CreateTicketResponse400,
    ListTicketsSortBy,
    TicketPage,
    TicketReadDTO,
    TicketWriteDTO,
)


def subject_of_new_ticket(api: AuthenticatedClient) -> str:
    draft = TicketWriteDTO(status="Open", subject="Made in Python", channel_type="Email")
    ticket = create_ticket.sync(client=api, body=draft)
    assert isinstance(ticket, TicketReadDTO), ticket
    return ticket.subject


def open_tickets(api: AuthenticatedClient) -> int:
    page = list_tickets.sync(
        client=api, status=["Open", "Pending"], is_spam=False, sort_by=ListTicketsSortBy.SUBJECT, page_size=3
    )
    assert isinstance(page, TicketPage), page
    return len([ticket for ticket in page.items if not ticket.is_closed])


def pointers_of_refusal(api: AuthenticatedClient) -> list[str]:
    refusal = create_ticket.sync(client=api, body=TicketWriteDTO(status="Open", subject="", channel_type=""))
    assert isinstance(refusal, CreateTicketResponse400), refusal
    return [refusal.code.value, *(fault.pointer for fault in refusal.errors)]


if __name__ == "__main__":
    api = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2], timeout=None)
    json.dump([subject_of_new_ticket(api), open_tickets(api), pointers_of_refusal(api)], sys.stdout)
