"""What the portal's own pages leave to Django's admin: mending a wrong row.

It goes round none of the rules of those pages: nobody's own rights are mended, and what has ended stays.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from programme.administration.terms import held_by
from programme.generic import signed_in
from programme.models import BodySeat, MunicipalContact, Post, PostHolding, User


class TermAdmin(admin.ModelAdmin):
    """Terms: none is deleted, and nobody gives one to themselves or mends their own."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(pk=signed_in(request).pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _is_own(request: HttpRequest, term: Any) -> bool:
    return term is not None and term.user_id == request.user.pk


class PostHoldingInline(admin.TabularInline):
    """The posts of a person: mended for others, and none is deleted."""

    model = PostHolding
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:  # type: ignore[override]
        return super().has_add_permission(request, obj) and obj != request.user

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and obj != request.user

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """A person's name and language. The rest is changed on the portal's own pages, which know what follows.

    They invite a person instead of adding one, end the links sent to an old address, and never shut out the
    last administrator. Nobody is deleted, since what they have done stays under their name.
    """

    list_display = ["name", "email", "is_active", "is_administrator"]
    list_filter = ["is_active", "is_administrator"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "language", "is_active", "is_administrator"]
    readonly_fields = ["email", "is_active", "is_administrator"]
    inlines = [PostHoldingInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """Posts; what one's own may do is left to another administrator."""

    list_display = ["code", "name_fi", "power"]
    list_filter = ["power"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_own = obj is not None and held_by(obj, signed_in(request))
        return super().has_change_permission(request, obj) and not is_own


@admin.register(BodySeat)
class BodySeatAdmin(TermAdmin):
    list_display = ["body", "position", "municipality", "user", "starts_on", "until"]


@admin.register(MunicipalContact)
class MunicipalContactAdmin(TermAdmin):
    list_display = ["municipality", "user", "starts_on", "until"]
