"""Delivery over HTTP: what all areas share; one blueprint an area, a file a screen."""
