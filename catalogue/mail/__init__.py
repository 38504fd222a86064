"""The outside of mail: letters handed over, letters received."""
