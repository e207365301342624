"""The root URLconf: the one file that looks up at every app.

Words are English and codes are the programme's own: minutes cite these addresses for decades. The
programme's slug leads in each app's own addresses, because several programmes follow each other.
"""

from django.contrib import admin
from django.urls import include, path

from programme.views import accounts, errors, health, pages

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", pages.front_page, name="front-page"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("language/", pages.set_language, name="language-set"),
    path("style/", pages.style, name="style"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("account/", accounts.profile, name="profile"),
    path("account/login/", accounts.LoginView.as_view(), name="account_login"),
    path("account/demo/", accounts.sign_in_as_persona, name="persona-sign-in"),
    path("account/first/", accounts.first_administrator, name="first-administrator"),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("workgroups.urls")),
    path("", include("programme.page_urls")),
    path("", include("reporting.urls")),
]
