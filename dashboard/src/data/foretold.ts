/** What would become of posts at other times: told with a move, and before it. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { lengthOf, toMs } from '@/lib/time/format';
import { foretoldStrings as words } from '@strings/foretold';
import { queryKeys } from './keys';
import { simulate, type SimulatedDelivery } from './simulation';

const answer_ms = 1_500;
const listed_max = 500;
/** As many as the server takes at once. */
export const moves_max = 1_000;
const entries_max = 10_000;

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

/** A post, and the time that it would be given. */
export type WantedMove = { projectId: string; postId: string; title: string; at: number };

/** The move's outcome in a sentence; without one, the post has begun to go out and stays where it is. */
export type Outlook = { move: WantedMove; isOnTime: boolean; sentence?: string };

const grouped = <T>(all: T[], keyOf: (each: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
};

/** The outlook of each move, from the project's deliveries as the server played them with all moves. */
export const outlooksOf = (moves: WantedMove[], deliveries: SimulatedDelivery[]): Outlook[] => {
  const byPost = grouped(deliveries, (each) => each.post_id);
  return moves.map((move) => {
    const moved = (byPost.get(move.postId) ?? []).filter((each) => toMs(each.due_at) === move.at);
    const sentence = foretoldOf(moved);
    return { move, isOnTime: moved.length > 0 && moved.every(isOnTime), ...(sentence ? { sentence } : {}) };
  });
};

const outlooksIn = async (projectId: string, moves: WantedMove[], signal: AbortSignal): Promise<Outlook[]> => {
  const text = (ms: number) => new Date(ms).toISOString();
  const ats = moves.map((each) => each.at);
  const asked = {
    from: text(Math.min(...ats) - 1000),
    to: text(Math.max(...ats) + 1000),
    limit: entries_max,
    moves: moves.map((each) => ({ post_id: each.postId, at: text(each.at) })),
  };
  return outlooksOf(moves, (await simulate(projectId, asked, signal)).deliveries);
};

/** Asked of the server's simulation, all moves together: they load the channels for each other. */
export const outlooksQuery = (moves: WantedMove[]) =>
  queryOptions({
    queryKey: [...queryKeys.simulation, 'moves', moves.map((each) => [each.postId, each.at])],
    enabled: moves.length > 0 && moves.length <= moves_max,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    gcTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) =>
      (
        await Promise.all(
          [...grouped(moves, (each) => each.projectId)].map(([projectId, its]) =>
            outlooksIn(projectId, its, signal),
          ),
        )
      ).flat(),
  });
