"""Routines, plans and sessions as files of other programs."""
