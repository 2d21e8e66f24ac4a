"""Public on-demand prices of AWS, us-east-1, US dollars, as of November 2026.

Source: the pricing pages of each service, aws.amazon.com/<service>/pricing. Free tiers are left out.
"""

HTTP_REQUEST = 1.00e-6
LAMBDA_REQUEST = 0.20e-6
LAMBDA_GB_SECOND = 0.0000133334
"""On arm64."""
READ_UNIT = 0.125e-6
WRITE_UNIT = 0.625e-6
STORED_GB_MONTH = 0.25
EVENT = 1.00e-6
LOGGED_GB = 0.50
ALARM_METRIC_MONTH = 0.10
DASHBOARD_MONTH = 3.00

HOURS = 730
"""Hours of a month."""
VCPU_HOUR, MEMORY_GB_HOUR = 0.04048, 0.004445
"""Prices of Fargate, on x86-64."""
BALANCER_HOUR = 0.0225
DATABASE_HOUR = {"db.t4g.micro": 0.032, "db.t4g.medium": 0.129, "db.r6g.large": 0.45, "db.r6g.xlarge": 0.90}
"""PostgreSQL in two zones."""
DATABASE_GB_MONTH = 0.23
"""General purpose storage, in two zones."""
