"""Checks who may do what: every policy, kind of principal, role, holder and wish there is."""

from itertools import product

import pytest

from tests.builders import ADMIN, ANN, BOB, HOTLINE, RIK, SALES, SUPERVISOR, a_phone_context, a_rep, a_ticket
from ticketing.directory.principal import Access, Principal, Role
from ticketing.errors import ChannelMismatch, Forbidden, TicketingError
from ticketing.tickets.permissions import (
    assignment,
    first_assignment,
    may_assign_first,
    require_note_writer,
    require_phone_change,
    require_ticket,
    visible_holders,
)

REPS: dict[str, Principal] = {
    "Administrator": a_rep("Administrator", ADMIN),
    "Supervisor": a_rep("Supervisor", SUPERVISOR),
    "Agent": a_rep("Agent", ANN),
    "Agent who sees all": a_rep("Agent", ANN, sees_all=True),
    "Restricted": a_rep("Restricted", RIK),
}
PRINCIPALS = REPS | {"phone": a_phone_context()}
OWN = {"Administrator": ADMIN, "Supervisor": SUPERVISOR, "Agent": ANN, "Agent who sees all": ANN, "Restricted": RIK}


def refusal_of(principal: Principal, customerRepID: int | None, channelID: int | None = HOTLINE) -> type | None:
    try:
        require_ticket(principal, a_ticket(customerRepID=customerRepID, channelID=channelID))
    except TicketingError as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(("policy", "who"), [*product(Access, PRINCIPALS)])
def test_a_policy_admits_its_kinds_of_principals(policy: Access, who: str) -> None:
    admitted = {
        Access.TicketAccess: who != "phone",
        Access.TicketCreateFromPhone: True,
        Access.TicketAccessOrPhoneAuth: True,
        Access.Visitor: False,
        Access.Public: False,
    }
    if admitted[policy]:
        policy.require(PRINCIPALS[who])
    else:
        with pytest.raises(Forbidden):
            policy.require(PRINCIPALS[who])


def test_the_roles_are_the_four_of_the_contract() -> None:
    assert {role.value for role in Role} == {"Administrator", "Supervisor", "Agent", "Restricted"}


@pytest.mark.parametrize("who", REPS)
def test_everyone_may_read_what_is_theirs(who: str) -> None:
    assert refusal_of(REPS[who], OWN[who]) is None


@pytest.mark.parametrize("who", REPS)
@pytest.mark.parametrize("holder", [None, BOB])
def test_a_role_reads_what_is_nobodys_or_anothers(who: str, holder: int | None) -> None:
    sees_all = who in ("Administrator", "Supervisor", "Agent who sees all")
    allowed = sees_all or (who == "Agent" and holder is None)
    assert refusal_of(REPS[who], holder) is (None if allowed else Forbidden)


@pytest.mark.parametrize("holder", [None, ANN, BOB])
@pytest.mark.parametrize("channelID", [HOTLINE, SALES, None])
def test_a_phone_context_reaches_the_tickets_of_its_channel(holder: int | None, channelID: int | None) -> None:
    expected = None if channelID == HOTLINE else ChannelMismatch
    assert refusal_of(a_phone_context(), holder, channelID) is expected


def test_a_list_shows_whom_a_get_would_not_refuse() -> None:
    for who, principal in REPS.items():
        holders = visible_holders(principal)  # type: ignore[arg-type]
        for holder in (None, OWN[who], BOB):
            listed = holders is None or (holder or 0) in holders
            assert listed == (refusal_of(principal, holder) is None), (who, holder)


HOLDERS = (None, "self", BOB)


@pytest.mark.parametrize(("who", "held", "wanted"), [*product(PRINCIPALS, HOLDERS, HOLDERS)])
def test_an_assignment_that_a_role_may_not_make_changes_nothing(
    who: str, held: int | str | None, wanted: int | str | None
) -> None:
    own = OWN.get(who, ADMIN)
    before, wish = (own if holder == "self" else holder for holder in (held, wanted))
    assert isinstance(before, int | None)
    assert isinstance(wish, int | None)
    allowed = {
        "Administrator": True,
        "Supervisor": True,
        "Agent": (held, wanted) in ((None, "self"), ("self", None)),
        "Agent who sees all": (held, wanted) in ((None, "self"), ("self", None)),
        "Restricted": False,
        "phone": False,
    }
    assert assignment(PRINCIPALS[who], before, wish) == (wish if allowed[who] else before)


@pytest.mark.parametrize(("who", "wanted"), [*product(PRINCIPALS, HOLDERS)])
def test_a_new_ticket_is_held_by_whom_the_role_allows(who: str, wanted: int | str | None) -> None:
    own = OWN.get(who, ADMIN)
    wish = own if wanted == "self" else wanted
    assert isinstance(wish, int | None)
    expected = {
        "Administrator": wish,
        "Supervisor": wish,
        "Agent": own if wanted == "self" else None,
        "Agent who sees all": own if wanted == "self" else None,
        "Restricted": own,
        "phone": None,
    }
    assert first_assignment(PRINCIPALS[who], wish) == expected[who]


@pytest.mark.parametrize("channelID", [SALES, None])
def test_a_phone_context_cannot_change_the_channel(channelID: int | None) -> None:
    before = a_ticket(channelID=HOTLINE)
    with pytest.raises(ChannelMismatch):
        require_phone_change(a_phone_context(), before, lambda _: {"channelID": channelID, "uid": None})


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [(None, "u", True), ("u", "u", True), (None, None, True), ("u", "v", False), ("u", None, False)],
)
def test_a_phone_context_sets_a_uid_only_where_there_is_none(
    before: str | None, after: str | None, allowed: bool
) -> None:
    ticket, patched = a_ticket(channelID=HOTLINE, uid=before), {"channelID": HOTLINE, "uid": after}
    if allowed:
        require_phone_change(a_phone_context(), ticket, lambda _: patched)
    else:
        with pytest.raises(Forbidden) as refusal:
            require_phone_change(a_phone_context(), ticket, lambda _: patched)
        assert refusal.value.code == "Forbidden"


@pytest.mark.parametrize("who", PRINCIPALS)
def test_notes_are_for_representatives_alone(who: str) -> None:
    if who in REPS:
        require_note_writer(PRINCIPALS[who])
    else:
        with pytest.raises(Forbidden):
            require_note_writer(PRINCIPALS[who])


@pytest.mark.parametrize("who", PRINCIPALS)
def test_whom_one_may_choose_is_whom_one_may_assign(who: str) -> None:
    chosen = {repID for repID in (ADMIN, SUPERVISOR, ANN, BOB, RIK) if may_assign_first(PRINCIPALS[who], repID)}
    expected = {
        "Administrator": {ADMIN, SUPERVISOR, ANN, BOB, RIK},
        "Supervisor": {ADMIN, SUPERVISOR, ANN, BOB, RIK},
        "Agent": {ANN},
        "Agent who sees all": {ANN},
        "Restricted": set[int](),
        "phone": set[int](),
    }
    assert chosen == expected[who]


@pytest.mark.parametrize("who", REPS)
def test_a_representative_may_change_channel_and_uid(who: str) -> None:
    require_phone_change(REPS[who], a_ticket(uid="u", channelID=3), lambda _: {"uid": "v", "channelID": 4})


def test_no_two_principals_share_a_name() -> None:
    names = [principal.name for who, principal in PRINCIPALS.items() if who != "Agent who sees all"]
    assert len(set(names)) == len(names)
