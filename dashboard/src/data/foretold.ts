/** What would become of a post at the time that it was just given, told with the move. */
import { lengthOf, toMs } from '@/lib/time/format';
import { foretoldStrings as words } from '@strings/foretold';
import { simulate, type SimulatedDelivery } from './simulation';

const answer_ms = 1_500;
const listed_max = 500;

const isOnTime = (of: SimulatedDelivery): boolean => of.fate === 'goes_out' && !of.delayed_by;

/** The server's sentence ends in the reason: "Would go out at 09:32 CET, 12 min late: the account may send …". */
const reasonOf = (sentence: string): string => sentence.slice(sentence.indexOf(': ') + 2);

const sentenceOf = (of: SimulatedDelivery, isOnly: boolean): string => {
  if (of.fate === 'goes_out') {
    const length = lengthOf(Math.max(1, Math.ceil((of.lateness_ms ?? 0) / 1000)) * 1000);
    return words.waits(of.channel_name, length, reasonOf(of.sentence));
  }
  return isOnly || of.sentence.includes(of.channel_name) ? of.sentence : words.on(of.channel_name, of.sentence);
};

/** "It would go out on time.", or what holds it up; nothing where nothing of the post is due then. */
export const foretoldOf = (deliveries: SimulatedDelivery[]): string | undefined => {
  if (deliveries.length === 0) return undefined;
  const trouble = deliveries.filter((each) => !isOnTime(each));
  const [first, ...others] = trouble;
  if (!first) return words.onTime;
  const said = sentenceOf(first, deliveries.length === 1);
  if (others.length === 0) return said;
  const isSame = others.every((each) => each.sentence === first.sentence && each.fate === first.fate);
  return `${isSame && first.fate !== 'goes_out' ? first.sentence : said} ${isSame ? words.more(others.length) : words.others(others.length)}`;
};

/**
 * Asked of the server's simulation. Nothing where it does not answer at once: a move is not held up by what would
 * become of it.
 */
export const foretold = async (projectId: string, postId: string, at: number): Promise<string | undefined> => {
  const moment = (ms: number) => new Date(ms).toISOString();
  try {
    const signal = AbortSignal.timeout(answer_ms);
    // What is due before loads the channels, too; listed is this moment.
    const asked = { from: moment(at - 1000), to: moment(at + 1000), limit: listed_max };
    const found = await simulate(projectId, asked, signal);
    return foretoldOf(found.deliveries.filter((each) => each.post_id === postId && toMs(each.due_at) === at));
  } catch {
    return undefined;
  }
};
