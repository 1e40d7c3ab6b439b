// bullmq.mjs JOBS CONCURRENCY: fills a queue with jobs that do nothing, then lets one worker have them.
import { Queue, Worker } from 'bullmq';
import { Rate, inBulks, tell } from './measure.mjs';

const [jobs, concurrency] = process.argv.slice(2).map(Number);
const connection = { path: process.env.PEER_REDIS_SOCKET, maxRetriesPerRequest: null };

const queue = new Queue('nothing', { connection });
const job = { name: 'nothing', data: {}, opts: { removeOnComplete: true } };
await inBulks(jobs, (size) => queue.addBulk(Array(size).fill(job)));

const rate = new Rate(jobs);
const worker = new Worker('nothing', async () => rate.count(), { connection, concurrency });
tell(await rate.finished);
await worker.close();
await queue.close();
