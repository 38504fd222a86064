"""Proof of the one door: a crawler that reads everything a buyer can get, and looks for members' contacts in it."""
