type Kinds = Record<string, 'string' | 'boolean'>;
type Search<K extends Kinds> = { [Name in keyof K]?: K[Name] extends 'boolean' ? boolean : string };

/** The search parameters of an address: malformed ones are ignored, and never break a page. */
export const search =
  <const K extends Kinds>(kinds: K) =>
  (given: Record<string, unknown>): Search<K> => {
    const found: Record<string, unknown> = {};
    for (const [name, kind] of Object.entries(kinds)) {
      const value = given[name];
      if (typeof value === kind) found[name] = value;
      else if (kind === 'string' && typeof value === 'number') found[name] = String(value);
    }
    return found as Search<K>;
  };
