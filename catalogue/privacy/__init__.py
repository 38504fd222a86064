"""The rights of people over what is kept of them: all of it in one file, and all of it erased in one act."""
