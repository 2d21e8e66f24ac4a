"""AWS: our clients of S3 and the services that speak JSON, and botocore's of Bedrock."""
