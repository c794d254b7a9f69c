"""What each part of an audit says: sentences and rows for every rendering, pictures for the page."""
