"""What is told."""

from reporting.models.datasets import Dataset
from reporting.models.reports import Rendering, Rendition, Report

__all__ = ["Dataset", "Rendering", "Rendition", "Report"]
