"""Who may do what with files on their way. Each deed asks, each time anew."""

from foundation.files.purposes import purpose_of


def may_send(user, purpose, subject):
    """Whoever may add to the record now."""
    return purpose is not None and purpose.may(user, subject)


def may_continue(user, upload):
    """Who began it, as long as they may add to the record."""
    return upload.owner_id == user.pk and may_send(user, purpose_of(upload.purpose), upload.subject)


def may_discard(user, upload):
    """Whoever may change the record, also when a colleague sent the file."""
    return may_send(user, purpose_of(upload.purpose), upload.subject)


def may_pack(user, provider, subject):
    """Whoever may read everything in the pack now."""
    return provider is not None and provider.may(user, subject)
