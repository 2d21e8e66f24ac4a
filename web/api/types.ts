import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Ticket = Schemas["TicketReadDTO"];
export type TicketPatch = Schemas["TicketMergePatch"];
export type Message = Schemas["MessageReadDTO"];
export type NewMessage = Schemas["MessageWriteDTO"];
export type HistorySummary = Schemas["HistorySummary"];
export type Change = Schemas["ChangeReadDTO"];
export type FeedItem = Schemas["FeedItem"];
export type BulkRequest = Schemas["BulkUpdateRequest"];
export type Hook = Schemas["Hook"];
export type EndUser = Schemas["EndUserReadDTO"];
export type Failure = Schemas["Failure"];
export type Me = Schemas["MeReadDTO"];
export type Rep = Schemas["CustomerRepReadDTO"];
export type Channel = Schemas["ChannelReadDTO"];
export type Topic = Schemas["TopicReadDTO"];
export type Problem = Schemas["Problem"];
export type ListQuery = NonNullable<paths["/api/Tickets"]["get"]["parameters"]["query"]>;
export type TicketPage = Schemas["TicketPage"];
