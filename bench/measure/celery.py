"""Celery in the shape of the seeds (bench/peers/celery_posts.py): Debian's, over the private Redis, prefork with four
processes, acknowledging late; with an append-only file synced every second, so a crash may lose a second of it."""
from contextlib import contextmanager

import celery
import redis

from .instance import ROOT, wait_until

PEERS = ROOT / "bench" / "peers"
RUN = ["/usr/bin/python3", "-m", "celery", "-A", "celery_posts"]


class Celery:
    def __init__(self, pulse):
        self.pulse = pulse
        self.broker = redis.Redis(unix_socket_path=pulse.redis_socket)
        self.broker.config_set("appendonly", "yes")
        self.broker.config_set("appendfsync", "everysec")
        broker_url = f"redis+socket://{pulse.redis_socket}"
        self.app = celery.Celery(broker=broker_url)
        self.app.conf.update(task_ignore_result=True)
        self.environment = {**pulse.environment, "PEER_BROKER": broker_url, "PYTHONDONTWRITEBYTECODE": "1"}

    def send(self, name, calls, etas=None):
        """Enqueues one task for each list of arguments; in order, `etas` says when each is to run."""
        with self.app.producer_or_acquire() as producer:
            for number, arguments in enumerate(calls):
                self.app.send_task(f"celery_posts.{name}", arguments, eta=etas and etas[number], producer=producer)

    def unfinished(self):
        """Tasks that are not acknowledged yet."""
        with self.broker.pipeline() as both:
            waiting, taken = both.llen("celery").hlen("unacked").execute()
        return waiting + taken

    @contextmanager
    def worker(self, is_ready=True):
        process = self.pulse.spawn([*RUN, "worker", "--concurrency=4", "--loglevel=WARNING"], "celery", self.environment, PEERS)
        try:
            if is_ready:
                self.send("nothing", [()])
                wait_until(lambda: self.unfinished() == 0, "the Celery worker is ready")
            yield process
        finally:
            self.pulse.stop(process)
            self.broker.delete("celery", "unacked", "unacked_index")

    @contextmanager
    def beat(self):
        schedule = self.pulse.state / "celerybeat"
        command = [*RUN, "beat", "--loglevel=WARNING", f"--schedule={schedule}", "--pidfile="]
        process = self.pulse.spawn(command, "celery_beat", self.environment, PEERS)
        try:
            yield process
        finally:
            self.pulse.stop(process)
