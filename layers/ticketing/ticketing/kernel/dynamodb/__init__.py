"""DynamoDB: its engine, and the tables of kernel."""
