"""Lists of the demo data through the running API."""

import pytest

from tests.e2e.client import Client

QUERIES = [
    "",
    "status=Open",
    "status=open&status=Pending",
    "isClosed=true",
    "isSpam=true",
    "channelType=phone",
    "channelIDs=1&channelIDs=2",
    "customerRepID=0",
    "customerRepID=13&isClosed=false",
    "endUserID=31",
    "includeFollowUp=true",
    "sortBy=subject&sortOrder=asc",
    "sortBy=status",
    "sortBy=closeDate",
    "sortBy=followUpDate&includeFollowUp=true",
    "sortBy=ticketID&status=Open",
    "sortBy=dateCreated&sortOrder=asc",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("who", ["Ada", "Ann", "Rik", "Gus"])
def test_a_list_shows_each_of_its_tickets_once_and_counts_them(api: Client, who: str, query: str) -> None:
    found = api.all_ids(query, who)
    assert len(found) == len(set(found))


def test_a_list_shows_what_the_caller_may_read_and_nothing_else(api: Client) -> None:
    everything = set(api.all_ids("includeFollowUp=true"))
    for who in ("Ann", "Rik"):
        visible = set(api.all_ids("includeFollowUp=true", who))
        assert visible < everything
        for ticketID in sorted(everything - visible)[:3]:
            api.ask("GET", f"/api/Tickets/{ticketID}", 403, who)
        for ticketID in sorted(visible)[:3]:
            api.ask("GET", f"/api/Tickets/{ticketID}", 200, who)


def test_pages_and_cursors_show_the_same(api: Client) -> None:
    pages = [api.ask("GET", f"/api/Tickets?pageSize=7&pageNumber={n}&status=Open", 200).json() for n in (1, 2, 3)]
    by_page = [ticket["ticketID"] for page in pages for ticket in page["items"]]
    assert by_page == api.all_ids("status=Open")[:21]
    follow = f"/api/Tickets?pageSize=14&status=Open&cursor={pages[0]['nextCursor']}"
    by_cursor = api.ask("GET", follow, 200).json()
    assert by_cursor["pageNumber"] is None
    assert [ticket["ticketID"] for ticket in by_cursor["items"]] == by_page[7:]
    api.refused("GET", follow, "InvalidCursor", 400, who="Sam")
    api.refused("GET", follow.replace("Open", "Pending"), "InvalidCursor", 400)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("pageNumber=x", "InvalidRequest"),
        ("isSpam=1", "InvalidRequest"),
        ("uid=a&uid=b", "InvalidRequest"),
        ("sortBy=colour", "InvalidRequest"),
        ("sortOrder=up", "InvalidRequest"),
        ("status=%ff", "InvalidRequest"),
        ("pageNumber=101&pageSize=100", "PageTooDeep"),
        ("cursor=abc", "InvalidCursor"),
    ],
)
def test_what_is_malformed_is_refused(api: Client, query: str, code: str) -> None:
    api.refused("GET", f"/api/Tickets?{query}", code, 400)


@pytest.mark.parametrize("query", ["pageNumber=-3", "colour=red", "uid=", "status="])
def test_what_is_odd_is_taken(api: Client, query: str) -> None:
    assert api.total(query) > 200


def test_page_numbers_and_sizes_are_clamped(api: Client) -> None:
    page = api.ask("GET", "/api/Tickets?pageNumber=-3&pageSize=1000", 200).json()
    assert (page["pageNumber"], page["pageSize"], len(page["items"])) == (1, 100, 100)


def test_an_overlong_value_matches_nothing(api: Client) -> None:
    assert api.total(f"uid={'a' * 3000}") == 0


def test_a_comma_is_part_of_a_value(api: Client) -> None:
    api.ticket(status="On hold, again", isProcessed=True)
    assert api.all_ids("status=On%20hold%2C%20again")
    assert not api.all_ids("status=On%20hold")
