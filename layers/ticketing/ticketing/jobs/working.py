"""Jobs, done: what was queued to be done later. Each may be brought more than once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from ticketing.calls.call import recordings_of
from ticketing.calls.ports import CallStore, RecordingStore
from ticketing.errors import NotFound
from ticketing.hooks.running import Hooks
from ticketing.jobs.jobs import CleanUp, DetectSpam, DetectTopics, ExecuteActions, Job, Teach
from ticketing.jobs.ports import JobQueue
from ticketing.jobs.steps import Steps
from ticketing.kernel.deadline import Deadline
from ticketing.learning.detecting import Detecting
from ticketing.learning.teaching import Teaching
from ticketing.tickets.editing import Tickets
from ticketing.tickets.ports import MessageStore

SLICE = 250
"""Messages removed between two looks at the clock."""


@dataclass(frozen=True)
class Working:
    """Does jobs; what only some of them need is made when they come."""

    tickets: Tickets
    messages: MessageStore
    calls: CallStore
    recordings: RecordingStore
    jobs: JobQueue
    teaching: Callable[[], Teaching]
    detecting: Callable[[], Detecting]
    hooks: Callable[[], Hooks]

    def do(self, job: Job, deadline: Deadline) -> None:
        """Does one job; raises what makes it worth another try. Of a ticket that is gone nothing is left to do."""
        with suppress(NotFound):
            self._do(job, deadline)

    def _do(self, job: Job, deadline: Deadline) -> None:
        match job:
            case CleanUp():
                self._remove_call(job)
                if job.lesson:
                    self.teaching().teach_last(job.customerID, job.ticketID, job.lesson)
                self._remove_messages(job, deadline)
            case Teach():
                self.teaching().teach(job)
            case DetectSpam():
                self.detecting().detect_spam(Steps(self.tickets, job, deadline))
            case DetectTopics():
                self.detecting().detect_topics(Steps(self.tickets, job, deadline))
            case ExecuteActions():
                self.hooks().run(Steps(self.tickets, job, deadline), job.hookName)

    def _remove_call(self, job: CleanUp) -> None:
        """The call goes first, and only if no other ticket has taken it: its recording is then that ticket's."""
        if job.callSid and self.calls.forget(job.customerID, job.callSid):
            self.recordings.delete(recordings_of(job.customerID, job.callSid))

    def _remove_messages(self, job: CleanUp, deadline: Deadline) -> None:
        """Removes messages slice by slice; what is left when time is up becomes a job of its own."""
        for first in range(job.firstMessageID, job.lastMessageID + 1, SLICE):
            if first > job.firstMessageID and not deadline.remaining:
                rest = {"firstMessageID": first, "lesson": None, "callSid": None}
                return self.jobs.send([job.model_copy(update=rest)])
            last = min(first + SLICE - 1, job.lastMessageID)
            self.messages.delete(job.customerID, job.ticketID, first, last)
        return None
