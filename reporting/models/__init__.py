"""What is told."""

from reporting.models.datasets import Dataset
from reporting.models.prints import PlanPrint
from reporting.models.reports import Rendering, Rendition, Report

__all__ = ["Dataset", "PlanPrint", "Rendering", "Rendition", "Report"]
