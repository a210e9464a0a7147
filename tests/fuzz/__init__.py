"""Damaged input for everything that reads what others wrote.

The suite replays the corpus and lets hypothesis damage the seeds for some seconds. A longer run is
`python -m tests.fuzz --minutes 60`; what breaks a promise is written into the corpus, where the suite finds it again.
"""
