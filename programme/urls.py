"""The root URLconf: the one file that looks up at every app.

Words are English and codes are the programme's own: minutes cite these addresses for decades. The
programme's slug leads in each app's own addresses, because several programmes follow each other.
"""

from django.urls import path

from programme.views import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
