"""Letters: one function a letter says to whom and what; its words lie in templates/mail/."""
