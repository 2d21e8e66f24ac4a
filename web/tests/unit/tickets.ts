import type { Ticket } from "../../api/types";

/** Return a ticket of a test's own making. */
export function ticketWith(fields: Partial<Ticket> = {}): Ticket {
  return {
    ticketID: 1,
    token: "11111111-1111-4111-8111-111111111111",
    status: "Open",
    subject: "Parcel",
    channelType: "Email",
    channelID: 1,
    channelName: "Support",
    customerRepID: null,
    customerRepName: null,
    dateCreated: "2026-11-01T09:00:00.000Z",
    lastMessageDate: null,
    closeDate: null,
    endDate: null,
    followUpDate: null,
    uid: null,
    preview: null,
    summary: null,
    twilio_CallSid: null,
    fromNumber: null,
    toNumber: null,
    escalated: false,
    isSpam: false,
    isImportant: false,
    isClosed: false,
    isProcessed: true,
    aiFeedbackComments: [],
    endUsers: [],
    topics: [],
    hasRecording: false,
    lastEndUserMessageID: null,
    unread: false,
    ...fields,
  };
}
