"""Makes the use cases of their adapters, each when it is first asked for.

`lambda_handler = LambdaHandler(handle)` in a function's app.py calls `handle(application, event, context)`.
"""

from __future__ import annotations

import gc
import time
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from ticketing.adapters import Adapters
    from ticketing.bulk.runner import BulkUpdates
    from ticketing.calls.assignment import Assigning
    from ticketing.calls.recordings import Arrivals, Playback
    from ticketing.directory.authentication import Authentication
    from ticketing.directory.reading import DirectoryReading
    from ticketing.feed.following import Following
    from ticketing.feed.telling import FeedTelling
    from ticketing.history.end_user import EndUserHistory
    from ticketing.history.keeping import HistoryKeeping
    from ticketing.history.reading import HistoryReading
    from ticketing.hooks.firing import Firing
    from ticketing.hooks.runner import HookRunner
    from ticketing.jobs.cleanup import TicketCleanup
    from ticketing.jobs.job import CleanUp
    from ticketing.learning.detecting import Detecting
    from ticketing.learning.pipeline import NewTickets, Pipeline
    from ticketing.learning.teaching import Teaching
    from ticketing.learning.ticket_text import TicketText
    from ticketing.lists.indexing import Indexing
    from ticketing.lists.listing import Listing
    from ticketing.lists.rebuilding import Rebuilding
    from ticketing.tickets.conversations import Conversations
    from ticketing.tickets.editing import Tickets
    from ticketing.tickets.model import Ticket
    from ticketing.tickets.revision import Revisions
    from ticketing.tickets.views import Labels
    from ticketing.webchat.conversation import ChatConversation
    from ticketing.webchat.create_chat_ticket import Webchat
    from ticketing.webchat.visitors import Visitors


class Application:
    """The use cases over one set of adapters. Importing and making it loads none of them."""

    def __init__(self, adapters: Adapters) -> None:
        self.adapters = adapters

    # directory

    @cached_property
    def authentication(self) -> Authentication:
        from ticketing.directory.authentication import Authentication

        world = self.adapters
        return Authentication(world.tokens, world.current_directory, lambda: world.now().timestamp())

    @cached_property
    def directory_reading(self) -> DirectoryReading:
        from ticketing.directory.cached_lists import CachedLists
        from ticketing.directory.reading import DirectoryReading
        from ticketing.tickets.permissions import may_assign_first

        world = self.adapters
        lists = CachedLists(world.current_directory, lambda: world.now().timestamp())
        return DirectoryReading(world.directory, lists.beginning, may_assign_first)

    # tickets

    @cached_property
    def revisions(self) -> Revisions:
        """Return what reads and changes single tickets, without what checks a client's draft."""
        from ticketing.tickets.revision import Revisions

        return Revisions(self.adapters.tickets, self.adapters.now)

    @cached_property
    def tickets(self) -> Tickets:
        from ticketing.tickets.editing import Tickets
        from ticketing.tickets.references import References

        world = self.adapters
        return Tickets(world.tickets, world.now, world.receipts, References(world.directory))

    @cached_property
    def conversations(self) -> Conversations:
        from ticketing.tickets.conversations import Conversations

        world = self.adapters
        return Conversations(self.revisions, world.messages, world.receipts, self.labels, world.now)

    @cached_property
    def labels(self) -> Labels:
        from ticketing.tickets.views import Labels

        return Labels(self.adapters.directory)

    # lists

    @cached_property
    def listing(self) -> Listing:
        from ticketing.lists.listing import Listing

        world = self.adapters
        return Listing(world.index, lambda: world.text_search, world.pages, world.directory, self.labels)

    @cached_property
    def indexing(self) -> Indexing:
        from ticketing.jobs.following import FollowingJobs
        from ticketing.lists.indexing import Indexing

        world = self.adapters
        return Indexing(world.ticket_counts, world.search, FollowingJobs(world.jobs).after, world.now)

    @cached_property
    def rebuilding(self) -> Rebuilding:
        from ticketing.jobs.following import FollowingJobs
        from ticketing.kernel.deadline import Deadline
        from ticketing.lists.rebuilding import Rebuilding

        world, jobs = self.adapters, FollowingJobs(self.adapters.jobs)
        followers = (
            self.indexing,
            world.ticket_counts,
            world.recount,
            world.search,
            jobs.orphaned,
            jobs.orphaned_calls,
        )
        return Rebuilding(world.whole_tables, world.tickets, *followers, lambda: Deadline(time.monotonic() + 60))

    # feed

    @cached_property
    def telling(self) -> FeedTelling:
        from ticketing.feed.telling import FeedTelling

        return FeedTelling(self.adapters.feed_log)

    @cached_property
    def following(self) -> Following:
        from ticketing.feed.following import Following

        world = self.adapters
        return Following(world.feed_log, world.ticket_walk, world.tickets, self.labels, world.now)

    # jobs, hooks, learning

    @cached_property
    def cleaning(self) -> TicketCleanup:
        from ticketing.calls.recordings import remove_call
        from ticketing.jobs.cleanup import TicketCleanup

        world = self.adapters

        def before(job: CleanUp) -> None:
            remove_call(world.calls, world.recordings, job)
            if job.lesson:
                self.teaching.teach_last(job.customerID, job.ticketID, job.lesson)

        return TicketCleanup(world.tickets, world.messages, world.histories, world.jobs, before)

    @cached_property
    def hooks(self) -> HookRunner:
        from ticketing.hooks.runner import HookRunner

        return HookRunner(self.adapters.current_directory, self.labels, lambda: self.adapters.webhooks)

    @cached_property
    def firing(self) -> Firing:
        from ticketing.hooks.firing import Firing

        return Firing(self.adapters.current_directory, self.adapters.jobs)

    @cached_property
    def new_tickets(self) -> NewTickets:
        from ticketing.learning.pipeline import NewTickets

        return NewTickets(self.adapters.directory, self.adapters.jobs)

    @cached_property
    def pipeline(self) -> Pipeline:
        from ticketing.learning.pipeline import Pipeline

        return Pipeline(self.detecting, self.hooks)

    @cached_property
    def teaching(self) -> Teaching:
        from ticketing.learning.teaching import Teaching

        return Teaching(
            self.adapters.tickets, self._ticket_text, self.adapters.spam_filter, self.adapters.topic_detector
        )

    @cached_property
    def detecting(self) -> Detecting:
        from ticketing.learning.detecting import Detecting

        world = self.adapters
        return Detecting(world.directory, self._ticket_text, world.spam_filter, world.topic_detector, self.hooks)

    @cached_property
    def _ticket_text(self) -> TicketText:
        from ticketing.learning.ticket_text import TicketText

        return TicketText(self.adapters.messages)

    # bulk, history, calls, webchat

    @cached_property
    def bulk(self) -> BulkUpdates:
        from ticketing.bulk.runner import BulkUpdates
        from ticketing.kernel.idempotency import Once

        world = self.adapters
        once = Once(world.claims, world.now)
        return BulkUpdates(self.revisions, world.receipts, world.directory, once, world.jobs, lambda: world.executor)

    @cached_property
    def history(self) -> EndUserHistory:
        from ticketing.history.end_user import EndUserHistory

        world = self.adapters
        return EndUserHistory(
            self.revisions, world.tickets, world.index, world.directory, self.labels, lambda: world.executor
        )

    @cached_property
    def history_keeping(self) -> HistoryKeeping:
        from ticketing.history.keeping import HistoryKeeping
        from ticketing.jobs.following import FollowingJobs

        world = self.adapters
        following = FollowingJobs(world.jobs)
        return HistoryKeeping(world.histories, lambda tickets: following.orphaned(dict.fromkeys(tickets, 0)), world.now)

    @cached_property
    def history_reading(self) -> HistoryReading:
        from ticketing.history.reading import HistoryReading

        return HistoryReading(self.revisions, self.adapters.histories, self.adapters.directory)

    @cached_property
    def assigning(self) -> Assigning:
        from ticketing.calls.assignment import Assigning

        world = self.adapters
        stores = (self.revisions, world.receipts, world.calls, world.current_directory)

        def picked_up(ticket: Ticket) -> None:
            self.firing.phone_picked_up(ticket)  # few tickets that are assigned are calls: hooks are loaded only then

        return Assigning(*stores, world.telephony, picked_up, world.now)

    @cached_property
    def playback(self) -> Playback:
        from ticketing.calls.recordings import Playback

        return Playback(self.revisions, self.adapters.calls, self.adapters.recordings, self.adapters.now)

    @cached_property
    def arrivals(self) -> Arrivals:
        from ticketing.calls.recordings import Arrivals

        return Arrivals(self.revisions, self.adapters.calls)

    @cached_property
    def webchat(self) -> Webchat:
        from ticketing.webchat.create_chat_ticket import Webchat

        world = self.adapters
        return Webchat(self.tickets, world.receipts, world.chat_channels, world.buckets, world.now)

    @cached_property
    def visitors(self) -> Visitors:
        from ticketing.webchat.visitors import Visitors

        return Visitors(self.adapters.tickets, self.adapters.directory, self.adapters.now)

    @cached_property
    def chats(self) -> ChatConversation:
        from ticketing.webchat.conversation import ChatConversation

        world = self.adapters
        return ChatConversation(self.conversations, world.receipts, world.buckets, world.now)


type Handle = Callable[[Application, dict[str, Any], Any], Any]
"""Answers an event, given the application and the Lambda context."""


class LambdaHandler:
    """A handler as Lambda calls it; the deployment's application is made at the first event."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        """Answer an event."""
        try:
            return self.handle(deployed(), event, context)
        finally:
            _end_start()


@cache
def _end_start() -> None:
    """Have garbage collected from now on, but never look at what the start and the first event have left for good."""
    gc.freeze()
    gc.enable()


@cache
def deployed() -> Application:
    """Return the application that the environment's settings describe, made when first asked for."""
    from ticketing.adapters import Adapters
    from ticketing.settings import Settings

    return Application(Adapters(Settings.of_environment()))
