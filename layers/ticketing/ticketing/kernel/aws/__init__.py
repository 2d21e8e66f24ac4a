"""AWS: our client of the services that speak JSON, and botocore's of the others."""
