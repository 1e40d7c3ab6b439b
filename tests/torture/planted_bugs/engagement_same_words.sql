-- Two members may say the same under one post.
DROP INDEX engagements_text_once;
