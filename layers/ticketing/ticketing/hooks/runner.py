"""Runs the actions that a customer has bound to a hook on a ticket, in the order of their priority.

The first that fails ends the run, and the next delivery of the job goes on with it; a late delivery passes it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ticketing.directory.author import SYSTEM, Author
from ticketing.directory.hooks import ActionType, Hook, HookAction, actions_of
from ticketing.directory.lookup import customer_settings
from ticketing.directory.principal import Automation
from ticketing.hooks.actions import applies_to, hook_effect, require_action_references

if TYPE_CHECKING:
    from collections.abc import Callable

    from ticketing.directory.ports import Directory
    from ticketing.hooks.ports import Webhooks
    from ticketing.jobs.steps import Steps
    from ticketing.tickets.views import Labels


@dataclass(frozen=True)
class HookRunner:
    """Runs the actions of hooks; `directory` must not be a cached one, and webhooks are made when first used."""

    directory: Directory
    labels: Labels
    webhooks: Callable[[], Webhooks]

    def run(self, steps: Steps, hook: Hook) -> None:
        """Run every action of the hook that applies to the ticket when its turn comes; raises NotFound when the ticket
        is gone, and Unavailable, Undelivered, Conflict or MissingReference when the rest is worth another try."""
        with steps.attempt(hook):
            for action in self._actions(steps.customerID, hook):
                with steps.attempt(action.key):
                    self._run_once(steps, action)

    def run_fired(self, steps: Steps, hook: Hook) -> None:
        """Run a hook that a change has fired, and after OnEscalate the one that tells how it went."""
        self.run(steps, hook)
        if hook is Hook.OnEscalate:
            self.run(steps.led_by(hook), _after_escalation(steps))

    def _actions(self, customerID: int, hook: Hook) -> list[HookAction]:
        entries = self.directory.beginning(customerID, actions_of(hook)).values()
        actions = [entry for entry in entries if isinstance(entry, HookAction)]
        return sorted(actions, key=lambda action: (action.priority, action.actionID))

    def _run_once(self, steps: Steps, action: HookAction) -> None:
        if applies_to(action, steps.ticket()) and not steps.is_done(action.key):
            steps.require_time()
            self._run(steps, action)

    def _run(self, steps: Steps, action: HookAction) -> None:
        if action.type is ActionType.ApiCall:
            return self._call(steps, action)
        require_action_references(self.directory, steps.customerID, action)
        settings = customer_settings(self.directory, steps.customerID)
        effect = hook_effect(action, steps.tickets.now(), settings.cleanupDays)
        by = Author.hook(action.hookName, steps.hooks)
        return steps.change(action.key, effect, by) if effect else steps.remove(action.key)

    def _call(self, steps: Steps, action: HookAction) -> None:
        secret = f"{steps.customerID}/{action.hookName}/{action.actionID}"
        body = self.labels.view(steps.ticket(), Automation(steps.customerID, SYSTEM)).model_dump_json()
        self.webhooks().post(action.url or "", secret, steps.name(action.key), body)
        steps.note(action.key)


def _after_escalation(steps: Steps) -> Hook:
    """Return the hook that runs once those of the escalation are done, by whether anybody holds the ticket then."""

    def found() -> str:
        return Hook.PostEscalate if steps.ticket().customerRepID else Hook.OnEscalateFailed

    return Hook(steps.settled("afterEscalation", found))
