"""Behind the requests: limits, streams, queues, alarms, forwarding. A slip in these shows on no emulator."""

import re
from typing import Any

import pytest

from functions.worker.app import PATIENCE
from tests.tables import ROOT, resources, template
from tests.template.grants import functions
from ticketing.adapters import MODEL_PATIENCE
from ticketing.directory.principal import Access
from ticketing.hooks.webhooks import LONGEST_CALL
from ticketing.http.routes import ROUTES
from ticketing.settings import Settings

QUEUES = resources("AWS::SQS::Queue")
ALARMS = resources("AWS::CloudWatch::Alarm")
COMMON: dict[str, Any] = template()["Globals"]["Function"]


def events(function: str, kind: str) -> list[dict[str, Any]]:
    found = functions()[function].get("Events", {}).values()
    return [event["Properties"] for event in found if event["Type"] == kind]


STREAMS = [(function, mapping) for function in functions() for mapping in events(function, "DynamoDB")]


def test_no_setting_is_a_secret() -> None:
    secrets = [name for name in Settings.model_fields if "SECRET" in name]
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
    assert 0 < mapping["MaximumRecordAgeInSeconds"] <= 3600
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    queue = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"].split(".")[0]
    assert is_watched(queue), f"{function} fails into a queue that has no alarm"


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
    """Whether an alarm goes off at the first message."""
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


def test_every_parameter_is_described_and_only_the_issuer_has_no_default() -> None:
    parameters = template()["Parameters"]
    assert all(parameter["Description"] for parameter in parameters.values())
    assert [name for name, parameter in parameters.items() if "Default" not in parameter] == ["TokenIssuer"]


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
        assert all(
            settings[limit] * 5 <= api["DefaultRouteSettings"][limit] for settings in api["RouteSettings"].values()
        )
