"""Tags of the network. They are builtins: no template loads them."""

from django import template

from ocop.web.village_titles import title_chip

register = template.Library()
register.simple_tag(title_chip, name="village_title")
