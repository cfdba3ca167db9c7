"""Stage 7: from events and families to incidents and accounts. What is one happening, and who tells what of it."""
