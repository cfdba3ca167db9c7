"""What fetching a page is made of: addresses, the connection, the wishes of sites, the keeping."""
