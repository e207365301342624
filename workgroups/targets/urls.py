"""Addresses of annual targets on their way: the plan of a year, and the verbs on a target."""

from django.urls import path

from workgroups.views import targets

PLAN, TARGET = "<slug:programme>/plan/<year:year>/", "<slug:programme>/targets/<code:code>/"

target_patterns = [
    path(PLAN, targets.target_plan, name="target-plan"),
    path(f"{PLAN}new/", targets.target_create, name="target-create"),
    path(f"{PLAN}decide/", targets.targets_decide, name="targets-decide"),
    path(f"{TARGET}edit/", targets.target_edit, name="target-edit"),
    path(f"{TARGET}propose/", targets.target_propose, name="target-propose"),
    path(f"{TARGET}take-back/", targets.target_take_back, name="target-take-back"),
    path(f"{TARGET}remove/", targets.target_remove, name="target-remove"),
    path(f"{TARGET}restore/", targets.target_restore, name="target-restore"),
]
