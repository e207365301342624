"""The root URLconf: the one file that looks up at every app.

Words are English and codes are the programme's own: minutes cite these addresses for decades. The
programme's slug leads in each app's own addresses, because several programmes follow each other.
"""

from allauth.account import views as allauth
from django.contrib import admin
from django.urls import include, path, re_path

from programme import converters  # noqa: F401  registers what the apps' addresses use
from programme.views import accounts, errors, health, notifications, pages, substitutes

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
    path("account/keys/", accounts.set_keys, name="set-keys"),
    path("account/substitutes/", substitutes.name_substitute, name="name-substitute"),
    path("account/substitutes/<int:pk>/end/", substitutes.end_substitution, name="end-substitution"),
    path("notifications/", notifications.notification_list, name="notification-list"),
    path("notifications/read/", notifications.notifications_read, name="notifications-read"),
    path("notifications/<int:pk>/", notifications.notification_open, name="notification-open"),
    path("account/login/", accounts.LoginView.as_view(), name="account_login"),
    path("account/demo/", accounts.sign_in_as_persona, name="persona-sign-in"),
    path("account/first/", accounts.first_administrator, name="first-administrator"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/password/change/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    path("account/password/reset/", allauth.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("admin/", admin.site.urls),
    path("", include("workgroups.urls")),
    path("", include("priorities.urls")),
    path("", include("programme.page_urls")),
    path("", include("reporting.urls")),
]
