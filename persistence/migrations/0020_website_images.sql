-- The website shows the picture of a post, {"url": …, "alt_text": …}, as it was when the post went out.
ALTER TABLE website_publications ADD COLUMN image jsonb;
