"""What is known of an end user."""
