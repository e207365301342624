"""Addresses of what people do: their desk, their groups, their follow-up."""

from django.urls import path

from workgroups.targets.urls import target_patterns
from workgroups.views import desk, follow_up, groups

app_name = "workgroups"


def _follow_up_of(kind: str, plural: str) -> list:
    """The follow-up of a target or an action in a period, and the verbs on it."""
    base = f"<slug:programme>/{plural}/<code:code>/follow-up/<code:period>/"
    named = {"kind": kind}
    return [
        path(base, follow_up.follow_up, named, name=f"{kind}-follow-up"),
        path(f"{base}confirm/", follow_up.confirm, named, name=f"{kind}-follow-up-confirm"),
        path(f"{base}draft/", follow_up.draft, named, name=f"{kind}-follow-up-draft"),
        path(f"{base}accept/", follow_up.accept, named, name=f"{kind}-follow-up-accept"),
        path(f"{base}return/", follow_up.give_back, named, name=f"{kind}-follow-up-return"),
    ]


urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/round/<code:period>/", desk.round_of_period, name="round"),
    path("approvals/", desk.approvals, name="approvals"),
    path("<slug:programme>/workgroups/", groups.GroupList.as_view(), name="group-list"),
    path("<slug:programme>/workgroups/<code:code>/", groups.GroupDetail.as_view(), name="group-detail"),
    path(
        "<slug:programme>/workgroups/<code:code>/<year:year>/",
        groups.WorkProgrammeDetail.as_view(),
        name="work-programme-detail",
    ),
    *target_patterns,
    *_follow_up_of("target", "targets"),
    *_follow_up_of("action", "actions"),
]
