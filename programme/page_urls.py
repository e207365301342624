"""Addresses of the ground's own pages under a programme: bodies and meetings."""

from django.urls import path

from programme.views import meetings

app_name = "programme"

urlpatterns = [
    path("<slug:programme>/meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("<slug:programme>/meetings/<code:code>/", meetings.MeetingDetail.as_view(), name="meeting-detail"),
    path("<slug:programme>/bodies/<code:code>/", meetings.BodyDetail.as_view(), name="body-detail"),
]
