"""What the administrator keeps of groups: who belongs to them."""

from django.contrib import admin

from programme.admin import TermAdmin
from workgroups.models import Membership


@admin.register(Membership)
class MembershipAdmin(TermAdmin):
    list_display = ["group", "role", "municipality", "user", "starts_on", "until"]
    list_filter = ["group", "role"]
