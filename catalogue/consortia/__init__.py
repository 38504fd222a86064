"""Consortia, their members, the roles of people in them, and what differs by sector."""
