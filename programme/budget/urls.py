"""Addresses of drawing up a budget; its page, and the list of budgets, stand where the money is told."""

from django.urls import path

from programme.views import budget

BUDGET = "<slug:programme>/budget/<year:year>/"

budget_patterns = [
    path(f"{BUDGET}begin/", budget.budget_begin, name="budget-begin"),
    path(f"{BUDGET}edit/", budget.budget_edit, name="budget-edit"),
    path(f"{BUDGET}propose/", budget.budget_propose, name="budget-propose"),
    path(f"{BUDGET}take-back/", budget.budget_take_back, name="budget-take-back"),
    path(f"{BUDGET}handle/", budget.budget_handle, name="budget-handle"),
]
