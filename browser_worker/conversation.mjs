// Lines of JSON with whoever started this, on standard input and output.
import { createInterface } from 'node:readline';

/** Longer lines are nobody's password, nobody's code and nobody's comment. */
const line_length_max = 32 * 1024;

export const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** What is said, one message after the other. Whoever speaks is gone, or speaks nonsense: `onEnd`. */
export const hear = (onEnd) => {
  const waiting = [];
  let wanted;
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    if (line.length > line_length_max) return onEnd();
    const message = JSON.parse(line);
    if (wanted) {
      wanted(message);
      wanted = undefined;
    } else {
      waiting.push(message);
    }
  });
  lines.on('close', onEnd);
  return () => (waiting.length ? Promise.resolve(waiting.shift()) : new Promise((resolve) => (wanted = resolve)));
};
