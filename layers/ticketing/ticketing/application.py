"""Makes the use cases of their adapters, each when it is first asked for."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.adapters import Adapters
    from ticketing.bulk.runner import BulkUpdates
    from ticketing.calls.assignment import Assigning
    from ticketing.calls.recordings import Arrivals, Playback
    from ticketing.directory.authentication import Authentication
    from ticketing.directory.reading import DirectoryReading
    from ticketing.feed.following import Following
    from ticketing.feed.telling import FeedTelling
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
    from ticketing.summary.end_user import EndUserSummaries
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

        adapters = self.adapters
        return Authentication(adapters.tokens, adapters.current_directory, lambda: adapters.now().timestamp())

    @cached_property
    def directory_reading(self) -> DirectoryReading:
        from ticketing.directory.cached_lists import CachedLists
        from ticketing.directory.reading import DirectoryReading
        from ticketing.tickets.permissions import may_assign_first

        adapters = self.adapters
        lists = CachedLists(adapters.current_directory, lambda: adapters.now().timestamp())
        return DirectoryReading(adapters.directory, lists.beginning, may_assign_first)

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

        adapters = self.adapters
        return Tickets(adapters.tickets, adapters.now, adapters.receipts, References(adapters.directory))

    @cached_property
    def conversations(self) -> Conversations:
        from ticketing.tickets.conversations import Conversations

        adapters = self.adapters
        return Conversations(self.revisions, adapters.messages, adapters.receipts, self.labels, adapters.now)

    @cached_property
    def labels(self) -> Labels:
        from ticketing.tickets.views import Labels

        return Labels(self.adapters.directory)

    # lists

    @cached_property
    def listing(self) -> Listing:
        from ticketing.lists.listing import Listing

        adapters = self.adapters
        return Listing(adapters.index, lambda: adapters.text_search, adapters.pages, adapters.directory, self.labels)

    @cached_property
    def indexing(self) -> Indexing:
        from ticketing.jobs.queueing import JobQueueing
        from ticketing.lists.indexing import Indexing

        adapters, queueing = self.adapters, JobQueueing(self.adapters.jobs)
        return Indexing(adapters.ticket_counts, adapters.search, queueing.after, queueing.orphaned, adapters.now)

    @cached_property
    def rebuilding(self) -> Rebuilding:
        from ticketing.jobs.queueing import JobQueueing
        from ticketing.kernel.deadline import Deadline
        from ticketing.lists.rebuilding import Rebuilding

        adapters, queueing = self.adapters, JobQueueing(self.adapters.jobs)
        followers = (
            self.indexing,
            adapters.ticket_counts,
            adapters.recount,
            adapters.search,
            queueing.orphaned,
            queueing.orphaned_calls,
        )
        return Rebuilding(adapters.whole_tables, adapters.tickets, *followers, lambda: Deadline(time.monotonic() + 60))

    # feed

    @cached_property
    def telling(self) -> FeedTelling:
        from ticketing.feed.telling import FeedTelling

        return FeedTelling(self.adapters.feed_log)

    @cached_property
    def following(self) -> Following:
        from ticketing.feed.following import Following

        adapters = self.adapters
        return Following(adapters.feed_log, adapters.ticket_walk, adapters.tickets, self.labels, adapters.now)

    # jobs, hooks, learning

    @cached_property
    def cleaning(self) -> TicketCleanup:
        from ticketing.calls.recordings import remove_call
        from ticketing.jobs.cleanup import TicketCleanup

        adapters = self.adapters

        def before(job: CleanUp) -> None:
            remove_call(adapters.calls, adapters.recordings, job)
            if job.lesson:
                self.teaching.teach_last(job.customerID, job.ticketID, job.lesson)

        return TicketCleanup(adapters.tickets, adapters.messages, adapters.histories, adapters.jobs, before)

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

        adapters = self.adapters
        return Detecting(
            adapters.directory, self._ticket_text, adapters.spam_filter, adapters.topic_detector, self.hooks
        )

    @cached_property
    def _ticket_text(self) -> TicketText:
        from ticketing.learning.ticket_text import TicketText

        return TicketText(self.adapters.messages)

    # bulk, summary, history, calls, webchat

    @cached_property
    def bulk(self) -> BulkUpdates:
        from ticketing.bulk.runner import BulkUpdates
        from ticketing.kernel.idempotency import Once

        adapters = self.adapters
        once = Once(adapters.claims, adapters.now)
        return BulkUpdates(
            self.revisions, adapters.receipts, adapters.directory, once, adapters.jobs, lambda: adapters.executor
        )

    @cached_property
    def summaries(self) -> EndUserSummaries:
        from ticketing.summary.end_user import EndUserSummaries

        adapters = self.adapters
        return EndUserSummaries(
            self.revisions,
            adapters.tickets,
            adapters.ticket_counts,
            adapters.directory,
            self.labels,
            lambda: adapters.executor,
        )

    @cached_property
    def history_keeping(self) -> HistoryKeeping:
        from ticketing.history.keeping import HistoryKeeping

        return HistoryKeeping(self.adapters.histories)

    @cached_property
    def history_reading(self) -> HistoryReading:
        from ticketing.history.reading import HistoryReading

        return HistoryReading(self.revisions, self.adapters.histories, self.adapters.directory)

    @cached_property
    def assigning(self) -> Assigning:
        from ticketing.calls.assignment import Assigning

        adapters = self.adapters
        stores = (self.revisions, adapters.receipts, adapters.calls, adapters.current_directory)

        def picked_up(ticket: Ticket) -> None:
            self.firing.phone_picked_up(ticket)  # few tickets that are assigned are calls: hooks are loaded only then

        return Assigning(*stores, adapters.telephony, picked_up, adapters.now)

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

        adapters = self.adapters
        return Webchat(self.tickets, adapters.receipts, adapters.chat_channels, adapters.buckets, adapters.now)

    @cached_property
    def visitors(self) -> Visitors:
        from ticketing.webchat.visitors import Visitors

        return Visitors(self.adapters.tickets, self.adapters.directory, self.adapters.now)

    @cached_property
    def chats(self) -> ChatConversation:
        from ticketing.webchat.conversation import ChatConversation

        adapters = self.adapters
        return ChatConversation(self.conversations, adapters.receipts, adapters.buckets, adapters.now)
