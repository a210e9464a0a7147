"""Routines from the files of other programs. Each format is a module; `reading` knows them all."""
