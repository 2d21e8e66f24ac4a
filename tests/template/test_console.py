"""Its distribution alone reads the console's bucket, over HTTPS; pages load and reach what they need, and no more."""

from typing import Any

from local import sites
from local.ports import Ports
from tests.tables import resources, template

PAGES = {"Fn::Sub": "${ConsoleBucket.Arn}/*"}


def policy_of_pages() -> dict[str, list[str]]:
    """Return what CloudFront's pages may load, by directive."""
    (headers,) = resources("AWS::CloudFront::ResponseHeadersPolicy").values()
    security = headers["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return parsed(security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"][0])


def parsed(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in policy.split(";"))}


def distribution() -> dict[str, Any]:
    (found,) = resources("AWS::CloudFront::Distribution").values()
    config: dict[str, Any] = found["DistributionConfig"]
    return config


def test_nothing_of_it_is_there_unless_a_parameter_asks_for_it() -> None:
    parts = {name: each for name, each in template()["Resources"].items() if name.startswith("Console")}
    assert {each.get("Condition") for each in parts.values()} == {"ServesConsole"}
    cloudfront = {name for name, each in template()["Resources"].items() if "CloudFront" in each["Type"]}
    assert cloudfront == parts.keys() - {"ConsoleBucket", "ConsolePolicy"}
    outputs = {name: each for name, each in template()["Outputs"].items() if name.startswith("Console")}
    assert {each["Condition"] for each in outputs.values()} == {"ServesConsole"}
    assert template()["Parameters"]["Console"]["Default"] == "off"


def test_its_distribution_alone_reads_the_bucket_and_nobody_by_plain_http() -> None:
    policy = resources("AWS::S3::BucketPolicy")["ConsolePolicy"]
    assert policy["Bucket"] == {"Ref": "ConsoleBucket"}
    allowed, denied = policy["PolicyDocument"]["Statement"]
    assert (allowed["Effect"], allowed["Action"], allowed["Resource"]) == ("Allow", "s3:GetObject", PAGES)
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    source = allowed["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"]
    assert source.endswith(":distribution/${ConsoleDistribution}")
    assert (denied["Effect"], denied["Principal"], denied["Action"]) == ("Deny", "*", "s3:*")
    assert denied["Resource"] == [{"Fn::GetAtt": "ConsoleBucket.Arn"}, PAGES]
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_distribution_signs_what_it_asks_and_answers_over_https_alone() -> None:
    (origin,) = distribution()["Origins"]
    behavior = distribution()["DefaultCacheBehavior"]
    assert origin["OriginAccessControlId"] == {"Fn::GetAtt": "ConsoleAccess.Id"}
    (access,) = resources("AWS::CloudFront::OriginAccessControl").values()
    assert access["OriginAccessControlConfig"]["SigningBehavior"] == "always"
    assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
    assert behavior["ResponseHeadersPolicyId"] == {"Ref": "ConsoleHeaders"}
    assert "AllowedMethods" not in behavior  # GET and HEAD


def test_pages_may_load_and_reach_the_same_as_in_a_local_run() -> None:
    local = parsed(sites.console_policy(Ports(3000, 3000)))
    deployed = policy_of_pages()
    assert list(deployed) == list(local)
    for name in deployed.keys() - {"connect-src", "media-src"}:
        assert deployed[name] == local[name]
    assert deployed["connect-src"] == ["'self'", "${Address}", *deployed["media-src"]]
    assert all("RecordingsBucket" in source for source in deployed["media-src"])
