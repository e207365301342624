"""Addresses of the strategy, through the council terms."""

from django.urls import path

from priorities import views

app_name = "priorities"

BASE = "<slug:programme>/strategy/"

urlpatterns = [
    path(BASE, views.strategy, name="strategy"),
    path(f"{BASE}new/", views.strategy_new, name="strategy-new"),
    path(f"{BASE}next/", views.strategy_next, name="strategy-next"),
    path(f"{BASE}next/goals/", views.goal_add, name="goal-add"),
    path(f"{BASE}next/goals/<code:code>/", views.goal_edit, name="goal-edit"),
    path(f"{BASE}next/goals/<code:code>/remove/", views.goal_remove, name="goal-remove"),
    path(f"{BASE}next/mapping/<code:code>/", views.goal_map, name="goal-map"),
    path(f"{BASE}next/adopt/", views.strategy_adopt, name="strategy-adopt"),
]
