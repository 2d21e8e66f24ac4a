"""Services that we ask ourselves: S3, and those that speak JSON, as
https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html describes it."""

from typing import NamedTuple


class Service(NamedTuple):
    """A service: its name in hosts and signatures, and in variables (AWS_ENDPOINT_URL_<variable>); where it speaks
    JSON, also the name that precedes its operations, and the version of the protocol."""

    name: str
    variable: str
    target: str = ""
    version: str = ""


DYNAMODB = Service("dynamodb", "DYNAMODB", "DynamoDB_20120810", "1.0")
EVENTBRIDGE = Service("events", "EVENTBRIDGE", "AWSEvents", "1.1")
S3 = Service("s3", "S3")
SQS = Service("sqs", "SQS", "AmazonSQS", "1.0")
SSM = Service("ssm", "SSM", "AmazonSSM", "1.1")
