"""Answers against what is known to be right: what `referat eval` counts, and how sure it is.

trusted    the first result is a right item, and all that must be shown is shown; a list: F1 >= 0.8;
           where the minutes do not answer: the answer says so
hit1/hit5  a right item first, or among the first five
shown      what must be shown is in the answer, title, numbers, citation, decision or first passages
refused    "the minutes do not say", though they do
invented   an answer, though the minutes give none
list_f1    of the listed items, where all items of an outcome are asked for
verbatim   the share of quotations that stand in the minutes, white space aside
"""
