"""The pages of trade events in the office, as its menu shows them."""

PAGES = (
    "office:events",
    "office:event",
    "office:event_new",
    "office:event_change",
    "office:event_step",
    "office:event_applications",
    "office:event_application",
    "office:event_application_step",
    "office:event_plan",
    "office:event_plan_edit",
    "office:event_plan_rows",
    "office:event_allocate",
    "office:event_allocation",
)
