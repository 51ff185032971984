"""Training: courses, their classes, who attends, and what one may show for it."""
