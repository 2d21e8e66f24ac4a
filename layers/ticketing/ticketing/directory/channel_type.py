"""The types of channels, as customers' directories and tickets spell them."""

CHAT, PHONE = "Chat", "Phone"
USUAL_TYPES = ("Email", CHAT, PHONE, "WhatsApp", "Teams")
LONGEST_TYPE = 20
"""Characters of a type at most."""
TYPE_DESCRIPTION = f"{', '.join(USUAL_TYPES)}, or another."
"""The description of a type for clients."""
