"""The producer's pages of traceability, as its navigation and its tabs show them."""

from django.utils.translation import gettext_lazy as _

from ocop.web.menu import Tab, pages_of

#: One line for each list: its words and its pages. The first is opened from the navigation.
TABS = (Tab(_("Quy cách và lô"), ("producer_traceability",)),)
PAGES = pages_of(TABS)
