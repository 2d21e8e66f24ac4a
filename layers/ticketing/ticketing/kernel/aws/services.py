"""Services that speak JSON, as https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html describes it."""

from typing import NamedTuple


class Service(NamedTuple):
    """A service: its name in hosts and signatures, in variables (AWS_ENDPOINT_URL_<variable>), and in the names of its
    operations; and the version of the protocol."""

    name: str
    variable: str
    target: str
    version: str


DYNAMODB = Service("dynamodb", "DYNAMODB", "DynamoDB_20120810", "1.0")
EVENTBRIDGE = Service("events", "EVENTBRIDGE", "AWSEvents", "1.1")
SQS = Service("sqs", "SQS", "AmazonSQS", "1.0")
SSM = Service("ssm", "SSM", "AmazonSSM", "1.1")
