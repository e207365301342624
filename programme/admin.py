"""What the administrator keeps: accounts, posts, seats and contacts. No content is written here."""

from django.contrib import admin

from programme.models import BodySeat, MunicipalContact, Post, PostHolding, User


class PostHoldingInline(admin.TabularInline):
    model = PostHolding
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """A person sets their own password by asking for a new one on the sign-in page."""

    list_display = ["name", "email", "is_active", "is_administrator"]
    list_filter = ["is_active", "is_administrator"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "language", "is_active", "is_administrator"]
    inlines = [PostHoldingInline]


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["code", "name_fi", "power"]
    list_filter = ["power"]


@admin.register(BodySeat)
class BodySeatAdmin(admin.ModelAdmin):
    list_display = ["body", "position", "municipality", "user", "starts_on", "until"]


@admin.register(MunicipalContact)
class MunicipalContactAdmin(admin.ModelAdmin):
    list_display = ["municipality", "user"]
