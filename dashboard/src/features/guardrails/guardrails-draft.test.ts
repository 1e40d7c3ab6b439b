import { describe, expect, it } from 'vitest';
import { draftOf, newStep, requestOf, type Guardrails } from './guardrails-draft';

const stored = {
  guardrails: {
    most_posts_a_day: 5,
    most_channel_posts_a_day: null,
    most_campaign_posts_a_day: null,
    quiet_hours: { from_minute: 1320, to_minute: 420 },
    blackouts: [{ first_day: '2026-12-24', last_day: '2026-12-26', reason: 'Christmas' }],
    duplicate_topic_days: 14,
    duplicate_percent: 80,
    forbidden_phrases: ['cheapest ever'],
    needs_approval: false,
    binds_people: true,
  },
  approval: {
    steps: [],
    author_is_enough: false,
    remind_after_hours: null,
    escalate_after_hours: null,
    escalate_to: { roles: [], member_ids: [], by_link: false },
  },
} as unknown as Guardrails;

describe('guardrails in their form', () => {
  it('go back as they came', () => {
    expect(requestOf(draftOf(stored)).guardrails).toEqual(stored.guardrails);
  });

  it('an empty field sets no limit, and half of the quiet hours sets none', () => {
    const draft = { ...draftOf(stored), perProject: ' ', quietTo: '' };
    expect(requestOf(draft).guardrails.most_posts_a_day).toBeNull();
    expect(requestOf(draft).guardrails.quiet_hours).toBeNull();
  });

  it('a second step is the client, by a link', () => {
    expect([newStep(0).byLink, newStep(1).byLink]).toEqual([false, true]);
  });
});
