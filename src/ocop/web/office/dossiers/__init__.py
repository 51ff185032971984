"""Pages about dossiers: plan, queues, examination, decision."""
