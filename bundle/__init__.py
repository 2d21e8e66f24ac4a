"""The bundle, built from its sources: for the machine itself by `local`, for AWS by `deploy`."""
