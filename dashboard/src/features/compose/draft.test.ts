import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '@/data/channels';
import { createRequestOf, emptyDraft, forget, keep, platformsOf, readKept, updateRequestOf } from './draft';

const channel = (id: string, type: Channel['type'], is_active = true): Channel => ({
  id,
  project_id: 'p',
  type,
  name: id,
  account: null,
  is_active,
  disabled_reason: null,
  paused_at: null,
  created_at: '',
  updated_at: '',
  capabilities_json: { text: true, image: true, video: false, carousel: false, max_length: 280 },
});
const channels = [channel('site', 'website'), channel('x1', 'x'), channel('x2', 'x'), channel('in', 'linkedin', false)];

describe('a draft', () => {
  it('goes to all active channels until somebody chooses', () => {
    expect(platformsOf(emptyDraft, channels)).toEqual(['website', 'x']);
    expect(platformsOf({ ...emptyDraft, channelIds: ['x2'] }, channels)).toEqual(['x']);
  });
  it('sends own texts only of platforms that it goes to, and only where they differ', () => {
    const draft = { ...emptyDraft, text: 'Long', variants: { x: 'Short', website: 'Long', linkedin: 'Away' } };
    expect(createRequestOf(draft, 'p', channels).variants).toEqual([{ platform: 'x', text: 'Short' }]);
  });
  it('sends what was chosen for platforms that it goes to, and nothing of others', () => {
    const draft = { ...emptyDraft, options: { x: {}, website: { a: 'b' }, linkedin: { c: 'd' } } };
    expect(createRequestOf(draft, 'p', channels).options).toEqual({ website: { a: 'b' } });
  });
  it('is scheduled only when a time is given', () => {
    expect(createRequestOf(emptyDraft, 'p', channels)).not.toHaveProperty('scheduled_at');
    expect(createRequestOf(emptyDraft, 'p', channels, 0).scheduled_at).toBe('1970-01-01T00:00:00.000Z');
  });
  it('that is edited takes away what was taken away', () => {
    expect(updateRequestOf({ ...emptyDraft, text: 'a' }, ['x'])).toMatchObject({
      image: null,
      lateness: null,
      variants: [],
    });
  });
});

describe('what the browser keeps', () => {
  beforeEach(() => localStorage.clear());
  it('comes back, and an empty draft is not kept', () => {
    keep('p', { ...emptyDraft, text: 'Half a sentence' });
    expect(readKept('p')?.text).toBe('Half a sentence');
    keep('p', emptyDraft);
    expect(readKept('p')).toBeUndefined();
  });
  it('that is broken is passed over', () => {
    localStorage.setItem('pulse-draft-p', '{"text":7');
    expect(readKept('p')).toBeUndefined();
    forget('p');
  });
});
