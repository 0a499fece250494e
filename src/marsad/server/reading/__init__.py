"""What the reading page shows of a document and its claims, and what its forms mean."""
