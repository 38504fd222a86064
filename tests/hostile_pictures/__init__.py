"""Pictures that are hostile, broken or merely odd, all made by code, and what the site makes of each."""
