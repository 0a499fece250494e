"""From an analysis to claims: events, participants, quantities, times, places, factuality, attribution."""
