"""What is told."""

from reporting.models.datasets import Dataset
from reporting.models.earlier import EarlierReport, EarlierReportWithdrawal
from reporting.models.prints import PlanPrint
from reporting.models.reports import Rendering, Rendition, Report

__all__ = [
    "Dataset",
    "EarlierReport",
    "EarlierReportWithdrawal",
    "PlanPrint",
    "Rendering",
    "Rendition",
    "Report",
]
