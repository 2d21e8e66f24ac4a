"""DynamoDB: its client, and the tables of kernel."""
