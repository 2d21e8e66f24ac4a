"""The yardstick of cold starts: a function as Powertools' and boto3's own tutorials would have it.

Everything is imported, made and connected at the top: logger, tracer, metrics, a resolver that validates, a table
resource, an S3 client, a dozen models and twenty routes. It reads, lists and creates tickets. It checks no token,
resolves no names and counts nothing: it is here to be measured, and to be no example.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import uuid4

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from boto3.dynamodb.conditions import Key
from pydantic import BaseModel, Field

logger = Logger()
tracer = Tracer()
metrics = Metrics(namespace="Typical")
api = APIGatewayHttpResolver(enable_validation=True)
tickets = boto3.resource("dynamodb").Table(os.environ["TICKETS_TABLE"])
messages = boto3.resource("dynamodb").Table(os.environ["MESSAGES_TABLE"])
recordings = boto3.client("s3")

Short = Annotated[str, Field(min_length=1, max_length=50)]
Long = Annotated[str, Field(max_length=10_000)]


class Draft(BaseModel):
    status: Short
    subject: Annotated[str, Field(min_length=1, max_length=500)]
    channelType: Annotated[str, Field(min_length=1, max_length=20)]
    customerRepID: int | None = None
    channelID: int | None = None
    escalated: bool = False
    isSpam: bool = False
    isImportant: bool = False
    isClosed: bool = False
    isProcessed: bool = True
    closeDate: str | None = None
    endDate: str | None = None
    followUpDate: str | None = None
    lastMessageDate: str | None = None
    uid: Annotated[str, Field(max_length=254)] | None = None
    preview: Long | None = None
    summary: Long | None = None
    twilio_CallSid: str | None = None
    fromNumber: str | None = None
    toNumber: str | None = None


class Visitor(BaseModel):
    endUserID: int
    name: str
    uids: list[str]


class Ticket(Draft):
    ticketID: int
    token: str
    dateCreated: str
    customerRepName: str | None = None
    channelName: str | None = None
    aiFeedbackComments: list[str] = []
    endUsers: list[Visitor] = []
    topics: list[str] = []
    hasRecording: bool = False
    lastEndUserMessageID: int | None = None


class Page(BaseModel):
    items: list[Ticket]
    totalCount: int
    pageSize: int
    nextCursor: str | None = None


class MessageDraft(BaseModel):
    ticketID: int
    body: Annotated[str, Field(min_length=1, max_length=10_000)]
    direction: Literal["EndUser", "Rep"] = "Rep"


class Message(MessageDraft):
    messageID: int
    dateCreated: str


class Conversation(BaseModel):
    items: list[Message]
    totalCount: int


class Change(BaseModel):
    ticketIDs: list[int]
    action: str
    customerRepID: int | None = None


class Outcome(BaseModel):
    ticketID: int
    result: str
    detail: str | None = None


class Outcomes(BaseModel):
    results: list[Outcome]


class Chat(BaseModel):
    channelToken: str
    subject: str | None = None
    message: str | None = None
    name: str | None = None
    uid: str | None = None


class Begun(BaseModel):
    ticketID: int
    token: str


class Summary(BaseModel):
    ticketID: int
    total: int
    open: int
    last: str | None = None


def _ticket(item: Mapping[str, Any]) -> Ticket:
    return Ticket(**{name: value for name, value in item.items() if name in Ticket.model_fields})


@api.get("/api/Tickets")
@tracer.capture_method
def list_tickets(pageSize: Annotated[int, Query(ge=1, le=100)] = 10) -> Page:
    found = tickets.query(
        KeyConditionExpression=Key("customerID").eq(1) & Key("ticketID").gt(0),
        Limit=pageSize,
        ScanIndexForward=False,
        ConsistentRead=True,
    )
    return Page(items=[_ticket(item) for item in found["Items"]], totalCount=0, pageSize=pageSize)


@api.post("/api/Tickets")
@tracer.capture_method
def create_ticket(draft: Draft) -> Ticket:
    counted = tickets.update_item(
        Key={"customerID": 1, "ticketID": 0},
        UpdateExpression="ADD lastTicketID :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    number = int(str(counted["Attributes"]["lastTicketID"]))
    made = Ticket(**draft.model_dump(), ticketID=number, token=str(uuid4()), dateCreated=datetime.now(UTC).isoformat())
    tickets.put_item(Item={"customerID": 1, "version": 1, **made.model_dump(exclude_none=True)})
    metrics.add_metric(name="Writes", unit=MetricUnit.Count, value=1)
    return made


@api.get("/api/Tickets/<number>")
@tracer.capture_method
def read_ticket(number: int) -> Ticket:
    return _ticket(tickets.get_item(Key={"customerID": 1, "ticketID": number}, ConsistentRead=True)["Item"])


# the others are declared, as in a function that serves them all; nobody asks for them here


@api.put("/api/Tickets/<number>")
def replace_ticket(number: int, draft: Draft) -> Ticket:
    raise NotImplementedError


@api.patch("/api/Tickets/<number>")
def patch_ticket(number: int, changes: dict[str, Any]) -> Ticket:
    raise NotImplementedError


@api.delete("/api/Tickets/<number>")
def delete_ticket(number: int) -> dict[str, str]:
    raise NotImplementedError


@api.put("/api/Tickets/bulk")
def change_many(change: Change) -> Outcomes:
    raise NotImplementedError


@api.put("/api/Tickets/<number>/assign")
def assign_ticket(number: int) -> Ticket:
    raise NotImplementedError


@api.get("/api/Tickets/<number>/play")
def play(number: int) -> dict[str, str]:
    raise NotImplementedError


@api.get("/api/Tickets/<number>/history-summary")
def summarise(number: int) -> Summary:
    raise NotImplementedError


@api.get("/api/TicketMessages")
def list_messages(ticketId: Annotated[int, Query()]) -> Conversation:
    raise NotImplementedError


@api.post("/api/TicketMessages")
def add_message(message: MessageDraft) -> Message:
    raise NotImplementedError


@api.post("/api/Tickets/createchatticket")
def begin_chat(chat: Chat) -> Begun:
    raise NotImplementedError


@api.get("/api/health")
@api.get("/api/live")
@api.get("/api/ready")
@api.get("/api/version")
@api.get("/api/status")
@api.get("/api/ping")
@api.get("/api/about")
def tell_health() -> dict[str, str]:
    raise NotImplementedError


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler
@metrics.log_metrics
def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    answer = api.resolve(event, context)
    logger.info("answered", extra={"status": answer["statusCode"]})
    return answer
