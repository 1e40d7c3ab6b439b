-- A member's hours and caps are those of their automation settings: one place for them.
DROP TABLE engagement_limits;

CALL pulse_audit('tracked_pages', 'kind', 'url', 'name', 'feed_url', 'first_delay_seconds', 'gap_seconds', 'spread_seconds',
                 'expires_after_seconds', 'acts_a_day', 'deleted_at');
CALL pulse_audit('tracked_page_subscriptions', 'page_id', 'member_id', 'likes', 'comments', 'like_mode', 'comment_mode', 'reaction', 'polling');
-- Of its words only that they changed: drafts are their member's alone.
CALL pulse_audit('engagements', 'post_id', 'member_id', 'kind', 'state', 'reaction', '!text', 'confirmed_at');
