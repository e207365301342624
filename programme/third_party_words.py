"""Words of the libraries that reach our pages and that they say in English, in no language of ours, or badly.

Our catalogues come before those of the libraries, so an entry for one of their msgids is enough. It would be
dropped at the next `makemessages`, as no code of ours says it: this module does, and is imported by nobody.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

# Django: errors of fields that tell what to do instead of what is invalid.
gettext_noop("This field is required.")
gettext_noop("Enter a number.")
gettext_noop("Enter a whole number.")
gettext_noop("Enter a valid date.")
gettext_noop("Enter a valid email address.")
gettext_noop("Select a valid choice. That choice is not one of the available choices.")
gettext_noop("Select a valid choice. %(value)s is not one of the available choices.")
gettext_noop("%(model_name)s with this %(field_label)s already exists.")

# Django: passwords. The length is in neither of its catalogues.
ngettext_lazy(
    "This password is too short. It must contain at least %d character.",
    "This password is too short. It must contain at least %d characters.",
    "length",
)
gettext_noop("The password is too similar to the %(verbose_name)s.")
gettext_noop("This password is too common.")

# Django: sizes of files.
gettext_noop("%s KB")
gettext_noop("%s MB")

# django-tables2 has no Finnish.
gettext_noop("previous")
gettext_noop("next")

# django-allauth: errors and receipts of signing in and of passwords.
gettext_noop("This account is currently inactive.")
gettext_noop("The email address and/or password you specified are not correct.")
gettext_noop("Too many failed login attempts. Try again later.")
gettext_noop("Be patient, you are sending too many requests.")
gettext_noop("Please type your current password.")
gettext_noop("Incorrect password.")
gettext_noop("The password reset token was invalid.")
gettext_noop("You must type the same password each time.")
gettext_noop("Email")
gettext_noop("Current Password")
gettext_noop("New Password")
gettext_noop("New Password (again)")
gettext_noop("Password (again)")
gettext_noop("Successfully signed in as %(name)s.")
gettext_noop("You have signed out.")
gettext_noop("Password successfully changed.")
gettext_noop("Password successfully set.")

# django-allauth: the message by which a password is changed.
gettext_noop("Password Reset Email")
gettext_noop("Hello from %(site_name)s!")
gettext_noop(
    "You're receiving this email because you or someone else has requested a password reset for your user"
    " account.\nIt can be safely ignored if you did not request a password reset. Click the link below to"
    " reset your password."
)
gettext_noop("Thank you for using %(site_name)s!\n%(site_domain)s")
