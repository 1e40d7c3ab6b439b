type Kinds = Record<string, 'string' | 'boolean'>;
type Search<K extends Kinds> = { [Name in keyof K]?: K[Name] extends 'boolean' ? boolean : string };

/** What an address may carry behind its `?`: what has another form is left out, and never breaks a page. */
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
