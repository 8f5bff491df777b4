-- Texts have a time of keeping of their own: the row stays and says when its words went.

ALTER TABLE message ADD COLUMN text_expired_at INTEGER;
ALTER TABLE incident_note ADD COLUMN text_expired_at INTEGER;
