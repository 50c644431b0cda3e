"""Rules over whole conversations: times, order and duties. They are given units and hand out findings; no I/O."""
