"""The seeds' shape of publishing: Celery with Redis, a worker that acknowledges late, a beat that looks every 30 s for
what is due. Run by bench/run; `publish` keeps its connection to the platform, which is the best that a task can do."""
import os

import psycopg2
import requests
from celery import Celery

app = Celery("celery_posts", broker=os.environ["PEER_BROKER"])
app.conf.update(task_acks_late=True, task_ignore_result=True, enable_utc=True,
                beat_schedule={"look": {"task": "celery_posts.look_for_due_rules" if "PEER_RULES" in os.environ
                                        else "celery_posts.look_for_due_posts", "schedule": 30.0}})
platform = requests.Session()  # each process of the worker has its own connection


@app.task
def nothing():
    pass


@app.task
def publish(text, token):
    reply = platform.post(os.environ["SANDBOX_URL"] + "/2/tweets", json={"text": text}, timeout=30,
                          headers={"Authorization": f"Bearer {token}"})
    reply.raise_for_status()


@app.task
def look_for_due_posts():
    with psycopg2.connect(os.environ["PEER_DATABASE_URL"]) as database, database.cursor() as rows:
        rows.execute("UPDATE posts SET is_queued = true WHERE due_at <= now() AND NOT is_queued RETURNING text, token")
        due = rows.fetchall()
    for text, token in due:
        publish.delay(text, token)


@app.task
def look_for_due_rules():
    with psycopg2.connect(os.environ["PEER_DATABASE_URL"]) as database, database.cursor() as rows:
        rows.execute("UPDATE rules SET is_queued = true WHERE due_at <= now() AND NOT is_queued RETURNING id, text")
        due = rows.fetchall()
    for rule, text in due:
        make_content.delay(rule, text)


kept = {}  # each process of the worker has its own connection


@app.task
def make_content(rule, text):
    if "database" not in kept:
        kept["database"] = psycopg2.connect(os.environ["PEER_DATABASE_URL"])
    with kept["database"] as database, database.cursor() as rows:
        rows.execute("INSERT INTO content (rule_id, text) VALUES (%s, %s) ON CONFLICT DO NOTHING", (rule, text))
