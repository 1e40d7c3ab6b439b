-- Where the files lie in a bucket, an upload goes there in parts while it still comes in: which multipart upload it is at the bucket's
-- service, so that whoever goes on with it, also after a crash, goes on with that one.
ALTER TABLE media_uploads ADD COLUMN transfer text NOT NULL DEFAULT ''
  CONSTRAINT media_uploads_transfer_length CHECK (char_length(transfer) <= 2000);
