"""The helpdesk's tickets, a folder per noun; docs/architecture.md names them."""
