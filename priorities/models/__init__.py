"""What is wanted."""

from priorities.models.indicator_values import IndicatorValue
from priorities.models.indicators import Indicator, IndicatorMeasure, IndicatorTarget, MeasuredTarget
from priorities.models.links import (
    TargetGoal,
    TargetMeasure,
    TargetNetwork,
    TargetPrinciple,
    TargetRoleStatement,
)
from priorities.models.priorities import GoalMapping, Measure, NameVariant, Priority, StrategicGoal
from priorities.models.targets import AnnualTarget, Direction

__all__ = [
    "AnnualTarget",
    "Direction",
    "GoalMapping",
    "Indicator",
    "IndicatorMeasure",
    "IndicatorTarget",
    "IndicatorValue",
    "Measure",
    "MeasuredTarget",
    "NameVariant",
    "Priority",
    "StrategicGoal",
    "TargetGoal",
    "TargetMeasure",
    "TargetNetwork",
    "TargetPrinciple",
    "TargetRoleStatement",
]
