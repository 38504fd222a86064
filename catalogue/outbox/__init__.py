"""Letters and jobs due, written in the transaction of their cause."""
