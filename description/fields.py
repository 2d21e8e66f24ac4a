"""What readers are told of each field, by its name, or by model and name where a name means different things."""

TEXTS = {
    # tickets: what clients write
    "status": "Free text, compared ignoring case; Open, Pending, Escalated and Closed are the usual ones. "
    "Closed and isClosed always agree: when one changes, the other follows.",
    "subject": "What it is about.",
    "channelType": "Email, Chat, Phone, WhatsApp, Teams, or another.",
    "customerRepID": "The representative who holds the ticket: an active one of the customer. null and 0 mean nobody. "
    "An assignment that the caller's role may not make is left out, without an error.",
    "channelID": "The channel that it came through: one of the customer's.",
    "escalated": "Whether it was escalated.",
    "isSpam": "Whether it is spam.",
    "isImportant": "Whether it is important.",
    "isClosed": "Whether it is closed; agrees with the status.",
    "isProcessed": "Whether it is listed: a ticket that is not yet processed stands in no list.",
    "closeDate": "When it was closed; set by closing where it is not given, null while the ticket is open.",
    "endDate": "When the conversation (the call) ended.",
    "followUpDate": "Until then lists leave the ticket out, unless includeFollowUp asks for it.",
    "lastMessageDate": "When the last message came; a new message moves it.",
    "uid": "The end user's address: a mail address, a phone number. Links the ticket to the end user's history; "
    "compared exactly. An empty text counts as null.",
    "preview": "How the last message begins; a new message replaces it.",
    "summary": "What it came to.",
    "twilio_CallSid": "The phone call. No two tickets of a customer have the same.",
    "fromNumber": "The number that called or wrote.",
    "toNumber": "The number that was called or written to.",
    # tickets: what only replies hold
    "ticketID": "The ticket; counted per customer, from 1.",
    "token": "The ticket's public token.",
    "dateCreated": "When it was created.",
    "customerRepName": "The name of the representative who holds it.",
    "channelName": "The channel's name.",
    "aiFeedbackComments": "What was remarked on answers that were written by a machine.",
    "endUsers": "The end users who have the ticket's uid.",
    "topics": "Names of its topics.",
    "hasRecording": "Whether the call's audio is there to play.",
    "lastEndUserMessageID": "The last message that an end user wrote.",
    "endUserID": "The end user.",
    "name": "The name.",
    "uids": "Every address that the end user has.",
    # pages
    "items": "What stands on this page.",
    "totalCount": "How many match in all.",
    "totalPages": "How many pages they fill.",
    "pageNumber": "This page's number.",
    "TicketPage.pageNumber": "This page's number; null where a cursor was followed.",
    "pageSize": "How many a page holds.",
    "nextCursor": "What continues the list after this page; null on the last one.",
    # messages
    "MessageDraft.ticketID": "The ticket that the message belongs to.",
    "MessageView.ticketID": "The ticket that the message belongs to.",
    "messageID": "The message; counted per ticket, from 1, without gaps.",
    "body": "The text.",
    "direction": "Who speaks.",
    "from": "Who sent it.",
    "to": "Whom it was sent to.",
    "MessageDraft.subject": "The message's own subject.",
    "MessageView.subject": "The message's own subject.",
    "isRead": "Whether the ticket was marked as read at or after this message.",
    # history
    "HistorySummary.ticketID": "The ticket that was asked about; it does not count itself.",
    "HistorySummary.uid": "The ticket's uid; without one there is no history.",
    "ticketCount": "How many other tickets the end user has.",
    "openCount": "How many of them are not closed.",
    "firstContact": "When the earliest of them was created.",
    "lastContact": "When the latest of them last moved.",
    "channels": "How many of them came through each channel type.",
    "HistorySummary.topics": "What they are about: by count, then by name.",
    "recentTickets": "The ten with the latest contact, that one first.",
    "HistorySummary.summary": "The same in two or three sentences.",
    "count": "How many tickets are about it.",
    # many tickets
    "ticketIDs": "The tickets; a repeated id counts once.",
    "action": "What to do to each of them.",
    "BulkUpdateRequest.customerRepID": "Whom to assign them to: an active representative of the customer, or 0 for "
    "nobody. null keeps the assignments.",
    "hookName": "Of executeactions: whose actions to run; PostTopicDetection where it is left out.",
    "topicIds": "Of updatetopics, which requires it: the topics to set, each one of the customer's.",
    "succeeded": "Done, also where there was nothing to change.",
    "queued": "Will be done in the background.",
    "failed": "Not done, and why.",
    "Failure.status": "The status that a request for this ticket alone would have had.",
    "Failure.code": "The code that a request for this ticket alone would have had.",
    # calls
    "callForward": "What became of the call: forwarded, notApplicable where there was nothing to redirect, or failed.",
    "url": "Where the recording can be played; no token is needed there.",
    "expiresAt": "Until when.",
    "contentType": "The sound's media type.",
    "contentLength": "Its size in bytes.",
    # webchat
    "channelToken": "The channel's public token.",
    "ChatDraft.subject": "What it is about; without it, the message's first line that is not blank.",
    "message": "The visitor's first message.",
    "ChatDraft.name": "Who the visitor is; stands as the message's sender.",
    "ChatDraft.uid": "The visitor's address; links the ticket to their history.",
    "pageUrl": "The page that the visitor is on.",
    "lang": "The visitor's language.",
    "ChatView.status": "Where the ticket stands.",
    "ChatView.token": "The ticket's public token.",
    "ChatView.channelID": "The channel.",
    # refusals
    "type": "What kind of problem this is (RFC 9457); `code` says it.",
    "title": "The status in words.",
    "Problem.status": "The status.",
    "detail": "What is wrong, for people.",
    "code": "What is wrong, for programs: one of the codes of this status.",
    "errors": "Every fault that was found, the first 1,000 at most; empty where nothing more can be said.",
    "pointer": "Where: a JSON Pointer into the body, or the name of a parameter or header.",
    "requestId": "The request, as in the X-Request-Id header; name it when you ask for help.",
}
"""Texts by `field`, or by `Model.field`; each is used, and every field of the description has one."""


def text_of(model: str, field: str) -> str:
    """What readers are told of a model's field; a KeyError names what has no text yet."""
    return TEXTS.get(f"{model}.{field}") or TEXTS[field]
