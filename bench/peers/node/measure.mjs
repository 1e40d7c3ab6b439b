// What the programs of this folder share: how the handlers' calls become a rate, and how it is told.

/** Counts what handlers were given; `finished` resolves with the rate once it is `jobs`. */
export class Rate {
  #left;
  #timed = 0;
  #begun;
  #finish;

  constructor(jobs) {
    this.#left = jobs;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
  }

  /** Timed from the end of the first call, so that nobody pays for its start. */
  count(jobs = 1) {
    this.#left -= jobs;
    if (this.#begun === undefined) {
      this.#begun = performance.now();
      return;
    }
    this.#timed += jobs;
    if (this.#left === 0) this.#finish((1000 * this.#timed) / (performance.now() - this.#begun));
  }
}

/** Calls `add` with the sizes of bulks that make `jobs` together. */
export async function inBulks(jobs, add, most = 1000) {
  for (let left = jobs; left > 0; left -= most) await add(Math.min(left, most));
}

export function tell(jobsPerSecond) {
  console.log(JSON.stringify({ jobs_per_s: jobsPerSecond }));
}
