"""The helpdesk's tickets: rules (`domain`), what can be done (`usecases`), and the edges (`adapters`, `web`)."""
