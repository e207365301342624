"""Addresses of the ground's own pages under a programme: bodies, meetings, networks, administration."""

from django.urls import path

from programme.administration.urls import administration_patterns
from programme.budget.urls import budget_patterns
from programme.claims.urls import claim_patterns
from programme.ledger.urls import ledger_patterns
from programme.views import bodies, matter_papers, meetings, networks, questions

app_name = "programme"

MATTER = "<slug:programme>/meetings/<code:code>/matters/<int:number>/"

urlpatterns = [
    path("<slug:programme>/meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("<slug:programme>/meetings/<code:code>/", meetings.MeetingDetail.as_view(), name="meeting-detail"),
    path(f"{MATTER}ask/", questions.question_create, name="question-create"),
    path(f"{MATTER}papers/", matter_papers.matter_papers, name="matter-papers"),
    path(f"{MATTER}papers/<int:attachment>/", matter_papers.matter_paper, name="matter-paper"),
    path(
        f"{MATTER}papers/<int:attachment>/remove/",
        matter_papers.matter_paper_remove,
        name="matter-paper-remove",
    ),
    path("<slug:programme>/questions/<int:number>/", questions.question_detail, name="question-detail"),
    path("<slug:programme>/bodies/<code:code>/", bodies.BodyDetail.as_view(), name="body-detail"),
    path("<slug:programme>/networks/<code:code>/edit/", networks.network_edit, name="network-edit"),
    path(
        "<slug:programme>/networks/<code:code>/years/<year:year>/",
        networks.network_year_edit,
        name="network-year-edit",
    ),
    *administration_patterns,
    *ledger_patterns,
    *budget_patterns,
    *claim_patterns,
]
