"""Views of tickets, which are made unchecked of what was checked before."""

from tests.builders import A_MOMENT, a_ticket
from tests.fakes import InMemoryDirectory
from ticketing.tickets.ticket_view import TicketView
from ticketing.tickets.views import Labels


def test_a_view_is_whole_valid_and_in_the_order_of_the_description() -> None:
    view = Labels(InMemoryDirectory()).views([a_ticket(uid="jane@doe.example", followUpDate=A_MOMENT, topicIDs=[1])])[0]
    shown = view.model_dump()
    assert [*shown] == [*TicketView.model_fields]
    assert TicketView.model_validate(shown) == view
