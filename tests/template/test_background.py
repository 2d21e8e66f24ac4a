"""Behind the requests: limits, streams, queues, alarms, forwarding. A slip in these shows on no emulator."""

import json
import re
from typing import Any

import pytest

from functions.worker.app import PATIENCE
from tests.tables import ROOT, resources, template
from tests.template.grants import functions
from ticketing.adapters import MODEL_PATIENCE
from ticketing.directory.principal import Access
from ticketing.hooks.https import LONGEST_CALL
from ticketing.http.routes import CREATE_CHAT_TICKET, ROUTES
from ticketing.jobs.steps import PATIENT_DELIVERIES
from ticketing.settings import Settings
from ticketing.tickets.dynamodb.stored import COUNTER

QUEUES = resources("AWS::SQS::Queue")
ALARMS = resources("AWS::CloudWatch::Alarm")
COMMON: dict[str, Any] = template()["Globals"]["Function"]
STREAM_KEEPS = 24 * 60 * 60
"""Seconds for which DynamoDB keeps a record in a stream."""


def events(function: str, kind: str) -> list[dict[str, Any]]:
    found = functions()[function].get("Events", {}).values()
    return [event["Properties"] for event in found if event["Type"] == kind]


STREAMS = [(function, mapping) for function in functions() for mapping in events(function, "DynamoDB")]


def test_no_setting_is_a_secret() -> None:
    secrets = [name for name in Settings.__dataclass_fields__ if "SECRET" in name]
    values = {name: COMMON["Environment"]["Variables"].get(name) for name in secrets}
    assert all(value is None or value["Ref"] in ("TokenSecretParameter", "HookSecrets") for value in values.values())


@pytest.mark.parametrize("function", functions())
def test_a_function_behind_the_gateway_ends_before_the_gateway_gives_up(function: str) -> None:
    if events(function, "HttpApi"):
        assert functions()[function].get("Timeout", COMMON["Timeout"]) < 30


@pytest.mark.parametrize(("function", "mapping"), STREAMS)
def test_a_poison_record_stops_a_stream_for_a_while_only(function: str, mapping: dict[str, Any]) -> None:
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 1 <= mapping["MaximumRetryAttempts"] <= 10
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    destination = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"].split(".")[0]
    assert is_watched(destination) or is_counted(function), f"{function} fails into {destination}, which has no alarm"


def test_events_wait_for_a_day_and_are_set_aside_whole_before_the_stream_forgets_them() -> None:
    (mapping,) = events("publisher", "DynamoDB")
    assert 82_800 <= mapping["MaximumRecordAgeInSeconds"] < STREAM_KEEPS
    assert mapping["DestinationConfig"]["OnFailure"]["Type"] == "S3"


def test_what_is_derived_does_not_wait_longer_than_a_rebuild_is_needed_for() -> None:
    assert all(mapping["MaximumRecordAgeInSeconds"] <= 3600 for mapping in events("indexer", "DynamoDB"))


@pytest.mark.parametrize(("function", "mapping"), STREAMS)
def test_customers_counters_reach_no_reader(function: str, mapping: dict[str, Any]) -> None:
    if mapping["Stream"] != {"Fn::GetAtt": "TicketsTable.StreamArn"}:
        assert function == "indexer"
        return
    (filtered,) = mapping["FilterCriteria"]["Filters"]
    pattern = {"dynamodb": {"Keys": {"ticketID": {"N": [{"anything-but": [str(COUNTER)]}]}}}}
    assert json.loads(filtered["Pattern"]) == pattern


@pytest.mark.parametrize(("function", "mapping"), STREAMS)
def test_an_alarm_counts_what_a_stream_lost(function: str, mapping: dict[str, Any]) -> None:
    assert mapping["MetricsConfig"] == {"Metrics": ["EventCount"]}
    lost = {str(each["MetricStat"]["Metric"]) for each in ALARMS["EventsLost"]["Metrics"] if "MetricStat" in each}
    event = next(name for name, each in functions()[function]["Events"].items() if each["Properties"] is mapping)
    assert str(of_a_mapping("DroppedEventCount", f"{function.capitalize()}Function{event}")) in lost


def of_a_mapping(metric: str, mapping: str) -> dict[str, Any]:
    dimensions = [{"Name": "EventSourceMappingUUID", "Value": {"Ref": mapping}}]
    return {"Namespace": "AWS/Lambda", "MetricName": metric, "Dimensions": dimensions}


def is_counted(function: str) -> bool:
    """Return whether an alarm goes off when a record of a stream of the function's was set aside."""
    watched = [alarm for name, alarm in ALARMS.items() if name != "EventsLost"]
    metrics = [
        each["MetricStat"]["Metric"] for alarm in watched for each in alarm.get("Metrics", ()) if "MetricStat" in each
    ]
    wanted = [
        of_a_mapping("OnFailureDestinationDeliveredEventCount", f"{function.capitalize()}Function{name}")
        for name, event in functions()[function]["Events"].items()
        if event["Type"] == "DynamoDB"
    ]
    return all(any(each.items() <= one.items() for one in (*watched, *metrics)) for each in wanted)


def test_a_worker_that_queues_jobs_of_its_own_is_not_stopped_as_a_mistake() -> None:
    assert functions()["worker"]["RecursiveLoop"] == "Allow"
    assert all("RecursiveLoop" not in properties for name, properties in functions().items() if name != "worker")


def test_jobs_take_as_much_of_the_account_as_a_parameter_says() -> None:
    (jobs,) = events("worker", "SQS")
    assert jobs["ScalingConfig"]["MaximumConcurrency"] == {"Ref": "WorkerConcurrency"}
    # the least and the most that Lambda takes
    parameter = template()["Parameters"]["WorkerConcurrency"]
    assert (parameter["MinValue"], parameter["MaxValue"]) == (2, 1000)


def test_another_version_of_the_webhooks_secret_is_another_text_in_the_template() -> None:
    """CloudFormation reads a secret again only when the text that names it, or its resource, changes."""
    connection = resources("AWS::Events::Connection")["WebhookConnection"]
    value = connection["AuthParameters"]["ApiKeyAuthParameters"]["ApiKeyValue"]["Fn::Sub"]
    assert value == "{{resolve:secretsmanager:${WebhookSecret}:SecretString:::${WebhookSecretVersion}}}"


def test_alarms_watch_the_accounts_concurrency_and_its_tables() -> None:
    share, claimed = ALARMS["ConcurrencyHigh"]["Metrics"]
    assert share["Expression"] == {"Fn::Sub": "100 * claimed / ${AccountConcurrency}"}
    assert claimed["MetricStat"]["Metric"] == {"Namespace": "AWS/Lambda", "MetricName": "ClaimedAccountConcurrency"}
    (query,) = ALARMS["TablesThrottled"]["Metrics"]
    assert "SUM(ThrottledRequests)" in query["Expression"]


def test_the_docs_count_alarms_and_what_they_cost() -> None:
    """CloudWatch bills an alarm by the metrics that it looks at, $0.10 each a month."""
    always = [name for name in ALARMS if "ForwardsEvents" not in str(template()["Resources"][name].get("Condition"))]
    metrics = sum(metrics_of(ALARMS[name], forwards=False) for name in always)
    webhook = sum(metrics_of(alarm, forwards=True) for alarm in ALARMS.values()) - metrics
    deploy = " ".join((ROOT / "docs" / "deploy.md").read_text().split())
    assert f"{len(always)} alarms that look at {metrics} metrics (${metrics / 10:.2f})" in deploy
    assert f"{len(ALARMS) - len(always)} more with {webhook} metrics for a webhook" in deploy


def metrics_of(alarm: dict[str, Any], forwards: bool) -> int:
    """Return how many metrics an alarm looks at, a query counted as one."""
    if "MetricName" in alarm:
        return 1
    chosen = [each["Fn::If"][1] if "Fn::If" in each else each for each in alarm["Metrics"] if forwards or "Id" in each]
    return sum("MetricStat" in each or "SELECT" in str(each["Expression"]) for each in chosen)


def test_a_stream_has_two_readers_at_most() -> None:
    streams = [str(mapping["Stream"]) for _, mapping in STREAMS]
    assert max(map(streams.count, streams)) <= 2


def test_what_is_queued_is_tried_a_few_times_and_then_set_aside() -> None:
    (jobs,) = events("worker", "SQS")
    queue = QUEUES[jobs["Queue"]["Fn::GetAtt"].split(".")[0]]
    assert jobs["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert queue["VisibilityTimeout"] >= 6 * functions()["worker"]["Timeout"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] <= 10
    assert is_watched(queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"].split(".")[0])


def test_a_new_ticket_is_processed_within_half_an_hour_though_one_delivery_be_lost() -> None:
    queue = QUEUES["JobsQueue"]
    deliveries = queue["RedrivePolicy"]["maxReceiveCount"]
    assert deliveries > PATIENT_DELIVERIES + 1  # a spare one, for a worker that died in the first that is late
    assert (deliveries - 1) * queue["VisibilityTimeout"] + functions()["worker"]["Timeout"] < 30 * 60


def test_a_model_may_take_most_of_the_time_of_the_one_job_that_asks_it() -> None:
    (jobs,) = events("worker", "SQS")
    longest = jobs["BatchSize"] * MODEL_PATIENCE
    assert PATIENCE / 2 < longest < PATIENCE
    assert functions()["worker"]["Timeout"] > PATIENCE + LONGEST_CALL


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_encrypted_and_what_failed_is_kept_for_a_fortnight(queue: str) -> None:
    assert QUEUES[queue]["SqsManagedSseEnabled"] is True
    if queue.endswith("Failures"):
        assert QUEUES[queue]["MessageRetentionPeriod"] == 14 * 24 * 60 * 60


def is_watched(queue: str) -> bool:
    """Return whether an alarm goes off at the first message."""
    return any(
        alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        and alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": f"{queue}.QueueName"}}]
        and alarm["Threshold"] == 0
        for alarm in ALARMS.values()
    )


@pytest.mark.parametrize("alarm", ALARMS)
def test_operations_say_what_to_do_about_an_alarm(alarm: str) -> None:
    operations = (ROOT / "docs" / "operations.md").read_text()
    assert re.search(rf"^### {alarm}\b", operations, re.MULTILINE)
    assert ALARMS[alarm]["TreatMissingData"] == "notBreaching"
    assert "AlarmActions" in ALARMS[alarm]


def test_operations_find_throttled_chats_by_the_route_that_their_alarm_counts() -> None:
    (route,) = [each["Value"] for each in ALARMS["ChatThrottled"]["Dimensions"] if each["Name"] == "route"]
    assert route == str(CREATE_CHAT_TICKET)
    assert f'and route = "{route}" |' in (ROOT / "docs" / "operations.md").read_text()


def test_every_parameter_is_described_and_only_the_issuer_has_no_default() -> None:
    parameters = template()["Parameters"]
    assert all(parameter["Description"] for parameter in parameters.values())
    assert [name for name, parameter in parameters.items() if "Default" not in parameter] == ["TokenIssuer"]


def test_the_docs_tell_every_parameter_and_its_default() -> None:
    parameters = template()["Parameters"]
    lines = (ROOT / "docs" / "deploy.md").read_text().splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    named = [re.findall(r"`(\w+)`", names) for names, *_ in rows]
    assert sorted(name for names in named for name in names) == sorted(parameters)
    for names, (_, told, _) in zip(named, rows, strict=True):
        defaults = dict.fromkeys(str(parameters[name].get("Default", "")) or "none" for name in names)
        assert told.replace("`", "") == ", ".join(defaults), names


def test_events_are_forwarded_only_when_somebody_says_where_to() -> None:
    condition = template()["Conditions"]["ForwardsEvents"]
    assert condition == {"Fn::Not": [{"Fn::Equals": [{"Ref": "WebhookUrl"}, ""]}]}
    assert template()["Parameters"]["WebhookUrl"]["Default"] == ""
    kinds = ("AWS::Events::Rule", "AWS::Events::ApiDestination", "AWS::Events::Connection")
    forwarding = [each for each in template()["Resources"].values() if each["Type"] in kinds]
    assert [each.get("Condition") for each in forwarding] == ["ForwardsEvents"] * 3


def test_the_public_route_is_throttled_before_all_others() -> None:
    api = resources("AWS::Serverless::HttpApi")["Api"]
    public = {str(route) for route in ROUTES if route.access is Access.Public and route.method != "GET"}
    assert api["RouteSettings"].keys() == public
    for limit in ("ThrottlingRateLimit", "ThrottlingBurstLimit"):
        least = template()["Parameters"][api["DefaultRouteSettings"][limit]["Ref"]]["MinValue"]
        assert all(settings[limit] * 5 <= least for settings in api["RouteSettings"].values())


def test_limits_of_throughput_are_parameters_that_change_nothing_by_default() -> None:
    parameters = template()["Parameters"]
    for source in events("indexer", "DynamoDB"):
        assert source["ParallelizationFactor"] == {"Ref": "IndexerConcurrency"}
    assert parameters["IndexerConcurrency"]["Default"] == 1
    condition, warm, default = resources("AWS::DynamoDB::Table")["SearchTable"]["WarmThroughput"]["Fn::If"]
    assert warm["WriteUnitsPerSecond"] == {"Ref": "SearchWarmWrites"}
    assert default == {"Ref": "AWS::NoValue"}
    assert template()["Conditions"][condition] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "SearchWarmWrites"}, parameters["SearchWarmWrites"]["Default"]]}]
    }
