"""The summary of what else an end user has asked: their other tickets, in facts and sentences."""
