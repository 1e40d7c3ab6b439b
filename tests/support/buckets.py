"""A bucket at the sandbox's S3 for end-to-end tests."""

from instance import Instance

BUCKET = "pulse-media"


def bucket_settings(instance: Instance) -> dict[str, str]:
    """What makes Pulse keep pictures and films there."""
    return {"MEDIA_S3_BUCKET": BUCKET, "MEDIA_S3_ENDPOINT": f"http://127.0.0.1:{instance.sandbox_port}/s3",
            "MEDIA_S3_KEY_ID": "pulse-sandbox", "MEDIA_S3_SECRET_KEY": "pulse-sandbox-secret"}


def parts_sent(instance: Instance) -> int:
    """Parts of multipart uploads that have arrived, every time that they did."""
    return sum(1 for line in instance.journal() if line["kind"] == "arrived" and line["platform"] == "s3"
               and line["method"] == "PUT" and "partNumber" in line["query"])
