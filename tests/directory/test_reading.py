"""GET /api/CustomerReps/me and /assignable, /api/Channels, /api/Topics, /api/EndUsers."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.builders import acme
from tests.world import Answer, World
from ticketing.directory.model import Channel, Customer, EndUser, Rep, Topic

LISTS = ("/api/CustomerReps/assignable", "/api/Channels", "/api/Topics", "/api/EndUsers?search=j")
REPS = {11: "Ada Admin", 13: "Ann Agent", 14: "Bob Agent", 15: "Rik Restricted", 12: "Sam Super"}


def get(world: World, path: str, by: str = "rep-11", **headers: str) -> Answer:
    path, _, query = path.partition("?")
    return world.call("GET", path, by, query=query, **headers)


def items(world: World, path: str, by: str = "rep-11") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(world, path, by).as_expected(200).json["items"]
    return found


def users(*names: str) -> Customer:
    return acme(endUsers=[EndUser(endUserID=n, name=name, uids=[f"u{n}"]) for n, name in enumerate(names, 1)])


def load(world: World, customer: Customer) -> None:
    """Has this customer's directory and no other entry."""
    world.directory.kept.clear()
    world.directory.load(customer)
    world.clock.pass_(60)


def found(world: World, search: str, more: str = "") -> list[int]:
    return [user["endUserID"] for user in items(world, f"/api/EndUsers?search={quote(search)}{more}")]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("rep-11", (11, "Ada Admin", "Administrator", 1)),
        ("rep-15", (15, "Rik Restricted", "Restricted", 1)),
        ("rep-22", (22, "Gus Globex", "Agent", 2)),
    ],
)
def test_who_asks_is_told_who_they_are(world: World, by: str, expected: tuple[Any, ...]) -> None:
    names = ("customerRepID", "name", "role", "customerID")
    assert get(world, "/api/CustomerReps/me", by).as_expected(200).json == dict(zip(names, expected, strict=True))


@pytest.mark.parametrize(
    ("by", "repIDs"), [("rep-11", [*REPS]), ("rep-12", [*REPS]), ("rep-13", [13]), ("rep-15", []), ("rep-22", [22])]
)
def test_one_may_assign_to_whom_the_role_allows_by_name(world: World, by: str, repIDs: list[int]) -> None:
    reps = items(world, "/api/CustomerReps/assignable", by)
    assert [rep["customerRepID"] for rep in reps] == repIDs
    if by == "rep-11":
        assert [rep["name"] for rep in reps] == [*REPS.values()]
        assert reps[0] == {"customerRepID": 11, "name": "Ada Admin", "role": "Administrator"}


def test_channels_are_listed_without_what_opens_them(world: World) -> None:
    world.directory.load(
        acme(
            channels=[
                Channel(channelID=3, name="hotline", type="Phone", phone="+3225550100"),
                Channel(channelID=2, name="Webshop", type="Chat", hostnames=["shop.example"], active=False),
                Channel(channelID=9, name="Hotline", type="Phone"),
            ]
        )
    )
    wanted = {channel["channelID"]: channel for channel in items(world, "/api/Channels")}
    assert wanted[3] == {
        "channelID": 3,
        "name": "hotline",
        "channelType": "Phone",
        "isActive": True,
        "phoneNumber": "+3225550100",
    }
    assert [number for number in wanted if number in (2, 3, 9)] == [3, 9, 2]
    assert (wanted[2]["isActive"], wanted[2]["phoneNumber"]) == (False, None)


def test_topics_are_listed_by_name(world: World) -> None:
    topics = [Topic(topicID=1, name="b"), Topic(topicID=2, name="A", description="Firsts"), Topic(topicID=3, name="B")]
    world.directory.load(acme(topics=topics))
    assert items(world, "/api/Topics") == [
        {"topicID": 2, "name": "A", "description": "Firsts"},
        {"topicID": 1, "name": "b", "description": None},
        {"topicID": 3, "name": "B", "description": None},
    ]
    assert items(world, "/api/Topics", "rep-21") == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("jan", [1, 2]),
        ("JANE", [1]),
        ("do", [1]),
        ("ane", []),
        ("jose", [3]),
        ("josé", [3]),
        ("muller", [3]),
        ("jan d", [1]),
        ("d jan", [1]),
        ("r", [4]),
        ("x jan", []),
        ("太", [5]),
        ("山田", [5]),
        ("!", []),
        ("jane*", [1]),
        ("x" * 300, []),
    ],
)
def test_end_users_are_found_by_beginnings_of_words_of_their_names(
    world: World, search: str, expected: list[int]
) -> None:
    load(world, users("Jane Doe", "Jan Janssen", "José Müller", "R. Roe", "山田太郎"))
    assert sorted(found(world, search)) == expected


def test_an_end_user_is_found_by_an_address_exactly(world: World) -> None:
    path = f"/api/EndUsers?uid={quote('jane@doe.example')}"
    jane = {"endUserID": 31, "name": "Jane Doe", "uids": ["jane@doe.example", "+3225550131"]}
    assert items(world, path) == [jane]
    assert items(world, f"{path}&search=doe") == [jane]
    assert items(world, f"{path}&search=roe") == items(world, f"{path}&search=!") == []
    assert items(world, "/api/EndUsers?uid=Jane@doe.example") == items(world, "/api/EndUsers?uid=jane") == []
    assert [user["endUserID"] for user in items(world, path, "rep-21")] == [41]


def test_another_customers_end_users_do_not_exist(world: World) -> None:
    assert found(world, "jane") == [31]
    assert [user["endUserID"] for user in items(world, "/api/EndUsers?search=jane", "rep-22")] == [41]


@pytest.mark.parametrize("query", ["", "uid=&search=", "search="])
def test_end_users_are_asked_for_by_something(world: World, query: str) -> None:
    get(world, f"/api/EndUsers?{query}").refused(400, "InvalidRequest", ["search"])


def test_that_nothing_is_asked_for_is_told_beside_what_else_is_wrong(world: World) -> None:
    get(world, "/api/EndUsers?pageSize=x").refused(400, "InvalidRequest", ["pageSize", "search"])


def test_a_thousand_end_users_are_sorted_and_no_more(world: World) -> None:
    load(world, users(*(f"Jan J{number}" for number in range(1000))))
    page = get(world, "/api/EndUsers?search=j&pageSize=100&pageNumber=10").as_expected(200).json
    assert (page["totalCount"], page["totalPages"], len(page["items"])) == (1000, 10, 100)
    load(world, users(*(f"Jan J{number}" for number in range(1001))))
    refusal = get(world, "/api/EndUsers?search=j").refused(400, "TooManyToSort", ["search"]).json
    assert refusal["detail"].startswith("More than 1000 end users match")
    assert found(world, "j j100") == [101, 1001]


def test_too_many_who_share_an_address_are_told_by_that(world: World) -> None:
    owners = [EndUser(endUserID=number, name=f"Jan J{number}", uids=["family"]) for number in range(1, 1002)]
    load(world, acme(endUsers=owners))
    refusal = get(world, "/api/EndUsers?uid=family").refused(400, "TooManyToSort", ["uid"]).json
    assert refusal["detail"] == "More than 1000 end users match: search for a name, too."
    assert found(world, "j100", "&uid=family") == [100, 1000, 1001]
    get(world, "/api/EndUsers?uid=family&search=j").refused(400, "TooManyToSort", ["search"])


def test_no_more_is_read_than_can_be_looked_at(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ticketing.directory.reading.MAX_READ", 3)
    load(world, users("Jan A", "Jan B", "Jan C"))
    assert found(world, "jan a") == [1]
    load(world, users("Jan A", "Jan B", "Jan C", "Jan D"))
    refusal = get(world, "/api/EndUsers?search=jan+a").refused(400, "TooManyToSort", ["search"]).json
    assert refusal["detail"].startswith("More than 3 names have a word that begins as the longest of these")


def test_pages_are_those_of_lists(world: World) -> None:
    topics = [Topic(topicID=number, name=f"{number:03}") for number in range(1, 131)]
    world.directory.load(acme(topics=topics))

    def page(query: str) -> tuple[list[int], tuple[int, ...]]:
        found = get(world, f"/api/Topics?{query}").as_expected(200).json
        paging = tuple(found[name] for name in ("pageNumber", "pageSize", "totalPages", "totalCount"))
        return [topic["topicID"] for topic in found["items"]], paging

    assert page("") == (list(range(1, 101)), (1, 100, 2, 130))
    assert page("pageNumber=2") == (list(range(101, 131)), (2, 100, 2, 130))
    assert page("pageNumber=3&pageSize=500") == ([], (3, 100, 2, 130))
    assert page("pageNumber=0&pageSize=0") == ([1], (1, 1, 130, 130))
    get(world, "/api/Topics?pageSize=x&pageNumber=1.5").refused(400, "InvalidRequest", ["pageNumber", "pageSize"])
    get(world, "/api/Topics?pageNumber=101").refused(400, "PageTooDeep", ["pageNumber"])


@pytest.mark.parametrize("path", LISTS)
def test_asking_again_costs_a_304_until_something_changes(world: World, path: str) -> None:
    known = get(world, path).as_expected(200).headers["ETag"]
    again = get(world, path, if_none_match=known).as_expected(304)
    assert (again.text, again.headers["ETag"]) == (None, known)
    reps = [*acme().reps, Rep(repID=17, name="New", role="Agent")]
    end_users = [*acme().endUsers, EndUser(endUserID=50, name="Jo", uids=[])]
    channels = [*acme().channels, Channel(channelID=50, name="New", type="Email")]
    topics = [*acme().topics, Topic(topicID=50, name="New")]
    world.directory.load(acme(reps=reps, endUsers=end_users, channels=channels, topics=topics))
    world.clock.pass_(59)
    get(world, path, if_none_match=known).as_expected(304)
    world.clock.pass_(1)
    assert get(world, path, if_none_match=known).as_expected(200).headers["ETag"] != known


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_one_query_and_none_within_a_minute(world: World, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    get(world, "/api/CustomerReps/me").as_expected(200)
    asked: list[str] = []
    beginning = world.directory.beginning

    def counted(customerID: int, prefix: str, at_most: int | None = None) -> Any:
        asked.append(prefix)
        return beginning(customerID, prefix, at_most)

    monkeypatch.setattr(world.directory, "beginning", counted)
    for _ in range(2):
        get(world, path).as_expected(200)
    assert len(asked) == 1


def test_someone_who_is_removed_is_nobody(world: World) -> None:
    get(world, "/api/CustomerReps/me", "rep-13").as_expected(200)
    del world.directory.kept[1, "rep#13"]
    world.clock.pass_(60)
    get(world, "/api/CustomerReps/me", "rep-13").refused(401, "Unauthorized")


def test_an_overlong_uid_matches_nobody(world: World) -> None:
    assert items(world, f"/api/EndUsers?uid={'u' * 1_100}") == []
