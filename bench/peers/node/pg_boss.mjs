// pg_boss.mjs JOBS worker|fetch: fills a queue with jobs that do nothing, then lets two workers have batches of 1,000
// of them, or two loops fetch and complete such batches themselves.
import { PgBoss } from 'pg-boss';
import { Rate, inBulks, tell } from './measure.mjs';

const jobs = Number(process.argv[2]);
const how = process.argv[3];
const batchSize = 1000;
const boss = new PgBoss({ connectionString: process.env.PEER_DATABASE_URL, max: 10, supervise: false, schedule: false });
boss.on('error', (error) => { throw error; });
await boss.start();
await boss.createQueue('nothing');
await inBulks(jobs, (size) => boss.insert('nothing', Array.from({ length: size }, () => ({ data: {} }))));
// A queue that was filled and never analyzed is fetched from by a plan that is twenty times slower.
await boss.getDb().executeSql('ANALYZE');

const rate = new Rate(jobs);

async function fetchAndComplete() {
  for (;;) {
    const batch = await boss.fetch('nothing', { batchSize });
    if (batch.length === 0) return;
    await boss.complete('nothing', batch.map((job) => job.id));
    rate.count(batch.length);
  }
}

if (how === 'worker') {
  const options = { batchSize, localConcurrency: 2, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
  await boss.work('nothing', options, async (batch) => rate.count(batch.length));
} else {
  fetchAndComplete();
  fetchAndComplete();
}
tell(await rate.finished);
await boss.stop({ graceful: false });
process.exit(0);
