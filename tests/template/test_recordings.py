"""The buckets are closed and encrypted, and that of recordings is known to those only who need it."""

from typing import Any

import pytest

from tests.tables import resources, template

BUCKETS = resources("AWS::S3::Bucket")
BUCKET = BUCKETS["RecordingsBucket"]
FUNCTIONS = resources("AWS::Serverless::Function")


@pytest.mark.parametrize("bucket", BUCKETS)
def test_nobody_reads_a_bucket_but_by_a_signature(bucket: str) -> None:
    blocks = BUCKETS[bucket]["PublicAccessBlockConfiguration"]
    assert blocks == dict.fromkeys(
        ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
    )
    assert BUCKETS[bucket]["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    (rule,) = BUCKETS[bucket]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


@pytest.mark.parametrize("name", ["RecordingsPolicy", "FailedEventsPolicy"])
def test_plain_http_is_refused_but_where_a_deployment_says_otherwise(name: str) -> None:
    policy = template()["Resources"][name]
    assert policy["Condition"] == "RefusesPlainHttp"
    assert template()["Parameters"]["TlsOnly"]["Default"] == "yes"
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert len(statement["Resource"]) == 2


def test_a_browser_may_play_ranges_of_it() -> None:
    (rule,) = BUCKET["CorsConfiguration"]["CorsRules"]
    assert (rule["AllowedMethods"], rule["AllowedOrigins"], rule["AllowedHeaders"]) == (["GET"], ["*"], ["Range"])
    assert {"Accept-Ranges", "Content-Range"} <= set(rule["ExposedHeaders"])


def test_the_bucket_outlives_the_stack_and_recordings_live_as_long_as_the_parameter_says() -> None:
    assert template()["Resources"]["RecordingsBucket"]["DeletionPolicy"] == "Retain"
    old = next(rule for rule in BUCKET["LifecycleConfiguration"]["Rules"] if rule["Id"] == "Old")
    assert old["Status"] == {"Fn::If": ["RemovesRecordings", "Enabled", "Disabled"]}
    assert old["ExpirationInDays"]["Fn::If"][1] == {"Ref": "RecordingDays"}
    assert template()["Parameters"]["RecordingDays"]["Default"] == 0


def test_events_that_could_not_be_told_are_kept_for_a_fortnight() -> None:
    (rule,) = BUCKETS["FailedEventsBucket"]["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 14)
    assert template()["Resources"]["FailedEventsBucket"]["DeletionPolicy"] == "Retain"


def test_the_function_that_it_notifies_does_not_name_it() -> None:
    function = FUNCTIONS["RecordingsFunction"]
    (event,) = function["Events"].values()
    assert event["Properties"]["Bucket"] == {"Ref": "RecordingsBucket"}
    others = {name: value for name, value in function.items() if name != "Events"}
    assert "RecordingsBucket" not in str([others, template()["Globals"]])
    assert function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Type"] == "SQS"


def test_only_its_users_are_told_its_name() -> None:
    def told(properties: dict[str, Any]) -> bool:
        return "RECORDINGS_BUCKET" in properties.get("Environment", {}).get("Variables", {})

    assert {name for name, properties in FUNCTIONS.items() if told(properties)} == {"CallsFunction", "WorkerFunction"}


def test_no_template_holds_credentials_of_the_telephony_provider() -> None:
    variables = FUNCTIONS["CallsFunction"]["Environment"]["Variables"]
    assert variables["TWILIO_CREDENTIALS_PARAMETER"] == {"Ref": "TwilioCredentialsParameter"}
    assert not any("TOKEN" in name or "ACCOUNT" in name for name in variables)


def test_webchat_has_a_reserve_of_its_own_where_the_account_has_one_to_give() -> None:
    reserved = FUNCTIONS["WebchatFunction"]["ReservedConcurrentExecutions"]["Fn::If"]
    assert reserved == ["ReservesWebchat", {"Ref": "WebchatConcurrency"}, {"Ref": "AWS::NoValue"}]
    assert template()["Parameters"]["WebchatConcurrency"]["Default"] == 0
