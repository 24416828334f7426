"""Reviewed text back in: laid over the run it came from, checked again, written out, and used in the next version.

`review` takes a reviewed sheet back; `carry` gives the sentences of a new version of a document the reviewed English
of the old one.
"""

from translate.review.amend import Carried, carry
from translate.review.flow import Outcome, Request, review
from translate.review.made import Folder, Made, find_folder, latest, load_folder
from translate.review.merge import Decision, Merged, Remark, Status, merge

__all__ = [
    "Carried",
    "Decision",
    "Folder",
    "Made",
    "Merged",
    "Outcome",
    "Remark",
    "Request",
    "Status",
    "carry",
    "find_folder",
    "latest",
    "load_folder",
    "merge",
    "review",
]
