/** The statuses and channel types that are usual; a customer may have others. */
export const STATUSES = ["Open", "Pending", "Escalated", "Closed"];
export const CHANNEL_TYPES = ["Email", "Chat", "Phone", "WhatsApp", "Teams"];
