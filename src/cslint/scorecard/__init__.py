"""The scorecard: what chats show of each agent and day. Figures only from chats; the rest of a shop's sheet is imported."""
