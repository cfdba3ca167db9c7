"""What the templates show, worked out from nouns: no address, no database, no words of ours beyond kinds."""
