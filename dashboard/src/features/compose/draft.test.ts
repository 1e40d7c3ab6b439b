import { describe, expect, it } from 'vitest';
import type { Channel } from '@/data/channels';
import {
  checkRequestOf,
  createRequestOf,
  emptyDraft,
  firstCommentOption,
  isSameContent,
  moved,
  platformsOf,
  updateRequestOf,
  withMedium,
  wrongTabOf,
  type Draft,
} from './draft';

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
  it('sends a first comment with its platform, line breaks and all', () => {
    const draft = { ...emptyDraft, channelIds: ['in'], options: { linkedin: { [firstCommentOption]: 'Two\nlines' } } };
    expect(createRequestOf(draft, 'p', channels).options).toEqual({ linkedin: { first_comment: 'Two\nlines' } });
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

describe('the media of a draft', () => {
  const draft: Draft = {
    ...emptyDraft,
    text: 'a',
    media: [
      { id: 'm1', kind: 'image', altText: ' A wall ' },
      { id: 'm2', kind: 'video', altText: '' },
    ],
  };
  const wanted = [
    { media_id: 'm1', alt_text: 'A wall' },
    { media_id: 'm2', alt_text: '' },
  ];
  it('are sent in their order, and an image of the web never beside them', () => {
    const both = { ...draft, image: { url: 'https://example.com/a.png', altText: '' } };
    expect(createRequestOf(both, 'p', channels)).toMatchObject({ media: wanted });
    expect(createRequestOf(both, 'p', channels)).not.toHaveProperty('image');
    expect(updateRequestOf(both, ['x'])).toMatchObject({ media: wanted });
    expect(updateRequestOf(both, ['x'])).not.toHaveProperty('image');
  });
  it('that were taken out are taken out, and an image of the web may take their place', () => {
    const image = { url: 'https://example.com/a.png', altText: '' };
    expect(updateRequestOf({ ...draft, media: [], image }, ['x'])).toMatchObject({
      media: [],
      image: { url: image.url },
    });
  });
  it('are checked for the channels that it goes to, as of its time', () => {
    expect(checkRequestOf({ ...draft, at: 0 }, 'p', channels, 'me')).toMatchObject({
      media: wanted,
      project_id: 'p',
      channel_ids: ['site', 'x1', 'x2'],
      scheduled_at: '1970-01-01T00:00:00.000Z',
      post_id: 'me',
    });
  });
  it('are other content in another order', () => {
    expect(isSameContent(draft, { ...draft, media: moved(draft.media, 0, 1) })).toBe(false);
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 3, 0)).toEqual(['a', 'b', 'c']);
  });
});

describe('what the server refused', () => {
  const draft: Draft = { ...emptyDraft, text: 'All', variants: { x: 'All', linkedin: 'Other', mastodon: 'Another' } };
  const platforms: Channel['type'][] = ['x', 'linkedin', 'mastodon'];
  it('opens the tab in which it stands: of the texts that were sent, and of the options', () => {
    expect(wrongTabOf(['/variants/1/text'], draft, platforms)).toBe('mastodon');
    expect(wrongTabOf(['/variants/0/text', '/text'], draft, platforms)).toBe('all');
    expect(wrongTabOf(['/options/x/thread'], draft, platforms)).toBe('x');
    expect(wrongTabOf(['/scheduled_at'], draft, platforms)).toBeUndefined();
  });
});

describe('pictures that are uploaded', () => {
  const medium = (id: string) => ({ id, kind: 'image' as const, altText: '' });

  it('stand in the order in which they were chosen, whichever is there sooner', () => {
    const [first, second, third] = [medium('first'), medium('second'), medium('third')];
    const one = withMedium([medium('before')], third, []);
    const two = withMedium(one, first, ['third']);
    const three = withMedium(two, second, ['third']);
    expect(three.map((each) => each.id)).toEqual(['before', 'first', 'second', 'third']);
  });

  it('stand at the end where those that came sooner are gone again', () => {
    expect(withMedium([medium('other')], medium('first'), ['gone']).map((each) => each.id)).toEqual(['other', 'first']);
  });
});
