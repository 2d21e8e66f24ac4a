"""The ports, made of AWS services and of libraries."""
