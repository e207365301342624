"""Forms of accounts."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from programme.models import User


class FirstAdministratorForm(forms.ModelForm):
    """The account that looks after an empty portal: name, address and a password worth the name."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a sentence is easy to remember."),
        strip=False,
    )

    class Meta:
        model = User
        fields = ["name", "email"]

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, User(name=self.data.get("name", ""), email=self.data.get("email", "")))
        return password

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=False)
        user.email = user.email.lower()
        user.is_administrator = True
        user.set_password(self.cleaned_data["password"])
        user.save()
        return user
