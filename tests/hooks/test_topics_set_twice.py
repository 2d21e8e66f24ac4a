"""Checks a ticket whose topics a hook has set twice over can still be changed."""

from time import monotonic

from tests.backends import application_on, directory_on
from tests.builders import ADMIN, ANN, a_rep, a_ticket, acme
from tests.engines import Tables
from ticketing.directory.hooks import HookAction
from ticketing.hooks.actions import hook_effect
from ticketing.kernel.deadline import Deadline
from ticketing.tickets.patch import merge_patch
from ticketing.tickets.precondition import Precondition


def test_a_ticket_can_be_changed_after_a_hook_that_names_a_topic_twice(tables: Tables, customerID: int) -> None:
    application = application_on(tables)
    directory_on(tables).load(acme(customerID=customerID))
    action = HookAction.model_validate({"actionID": 1, "hookName": "OnClose", "type": "SetTopics", "topicIDs": [1, 1]})
    effect = hook_effect(action, application.adapters.now(), 30)
    assert effect
    ticket = effect(a_ticket(customerID=customerID, ticketID=1))
    application.adapters.tickets.create(ticket)
    caller, patch = a_rep("Administrator", ADMIN, customerID=customerID), merge_patch({"customerRepID": ANN})
    changed = application.tickets.patch(caller, ticket, patch, Precondition(), Deadline(monotonic() + 9))
    assert changed.customerRepID == ANN
