// graphile_worker.mjs JOBS: fills the queue with jobs that do nothing, then runs them in the form that its
// documentation calls the fastest: jobs are fetched by hundreds into a local queue and acknowledged in batches.
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { Rate, inBulks, tell } from './measure.mjs';

const jobs = Number(process.argv[2]);
const pgPool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 30 });
pgPool.on('error', (error) => { throw error; });
pgPool.on('connect', (client) => client.on('error', () => {})); // the query that suffers from it says it
const logger = new Logger(() => () => {});

const utils = await makeWorkerUtils({ pgPool, logger });
await utils.migrate();
await inBulks(jobs, (size) => utils.addJobs(Array.from({ length: size }, () => ({ identifier: 'nothing', payload: {} }))));
await utils.release();
await pgPool.query('ANALYZE');

const rate = new Rate(jobs);
const runner = await run({
  pgPool,
  logger,
  noHandleSignals: true,
  taskList: { nothing: () => rate.count() },
  preset: { worker: { concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
});
tell(await rate.finished);
await runner.stop();
await pgPool.end();
