"""What the portal's own pages leave to Django's admin: posts themselves, and mending a wrong row."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programme.models import BodySeat, MunicipalContact, Post, PostHolding, User


class PostHoldingInline(admin.TabularInline):
    model = PostHolding
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """A person sets their own password by asking for a new one on the sign-in page.

    Who may sign in and who is an administrator is changed on the portal's own page, which never shuts out the
    last one; nobody is deleted, since what they have done stays under their name.
    """

    list_display = ["name", "email", "is_active", "is_administrator"]
    list_filter = ["is_active", "is_administrator"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "language", "is_active", "is_administrator"]
    readonly_fields = ["is_active", "is_administrator"]
    inlines = [PostHoldingInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["code", "name_fi", "power"]
    list_filter = ["power"]


@admin.register(BodySeat)
class BodySeatAdmin(admin.ModelAdmin):
    list_display = ["body", "position", "municipality", "user", "starts_on", "until"]


@admin.register(MunicipalContact)
class MunicipalContactAdmin(admin.ModelAdmin):
    list_display = ["municipality", "user", "starts_on", "until"]
