"""The stream of Tickets: sends each change of a ticket to the event bus."""

from collections.abc import Sequence

from ticketing.application import Application
from ticketing.events.dynamodb import event
from ticketing.events.event import Event
from ticketing.lambda_handler import LambdaHandler
from ticketing.stream import Consumer


def _publish(application: Application, events: Sequence[Event]) -> None:
    application.adapters.event_bus.send(events)


lambda_handler = LambdaHandler(Consumer("publishing", event, _publish).handle)
