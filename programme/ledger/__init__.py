"""Actuals brought in from the accounting system: a file is read, checked, shown, confirmed and written.

What a job finds is told in codes with what was read, never in words: a job has no reader and no language.
`words.py` says them on the page.
"""
