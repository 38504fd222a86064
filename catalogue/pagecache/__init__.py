"""Kept public pages: rendered once for everybody, then answered in front of the site."""
