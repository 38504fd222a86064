"""What buyers ask and what the office answers."""
