"""Letters by e-mail, through the mail server of the settings."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage

from ocop.people.channels import NotSent
from ocop.people.models import Delivery

_FOR_GOOD = range(500, 600)  # RFC 5321: the server will not take it, now or later


class Mail:
    """One letter for each delivery."""

    def send(self, delivery: Delivery) -> None:
        letter = EmailMessage(delivery.subject, delivery.body, None, [delivery.address])
        # Two of the same delivery, after a loss of the line, show themselves as one.
        letter.extra_headers["Message-ID"] = f"<delivery-{delivery.pk}@ocop>"
        try:
            letter.send()
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            for_good = all(code in _FOR_GOOD for code in codes)
            raise NotSent(f"{codes}", for_good=for_good) from refused
        except SMTPResponseException as answer:
            # A server that refuses us refuses for now: a setting may be wrong, the address is not.
            raise NotSent(f"{answer.smtp_code}") from answer
        except (SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from error
