import { describe, expect, it } from 'vitest';
import { clockOfMinute, isSame, minutesToChoose, requestOf, toggled, type Settings } from './settings-data';

const settings: Settings = {
  likes: true,
  comments: true,
  confirm: 'each',
  acts_a_day: 10,
  least_gap_minutes: 20,
  time_zone: ' Europe/Amsterdam ',
  working_days: ['monday'],
  works_from_minute: 540,
  works_until_minute: 1440,
  reactions: ['like'],
  comment_language: '',
  comment_characters: 300,
  comment_examples: [' Well put. ', ' '],
  ask_by_mail: false,
};

describe('settings of engagement', () => {
  it('say minutes as clocks, the end of the day as 24:00', () => {
    expect([0, 540, 1410, 1440].map(clockOfMinute)).toEqual(['00:00', '09:00', '23:30', '24:00']);
  });
  it('offer half hours, and what is set', () => {
    expect(minutesToChoose(540, false)).toHaveLength(48);
    expect(minutesToChoose(540, false)[0]).toBe(0);
    expect(minutesToChoose(1440, true).at(-1)).toBe(1440);
    expect(minutesToChoose(545, false)).toContain(545);
  });
  it('are sent without empty examples', () => {
    expect(requestOf(settings).comment_examples).toEqual(['Well put.']);
    expect(requestOf(settings).time_zone).toBe('Europe/Amsterdam');
    expect(isSame(settings, { ...settings, comment_examples: ['Well put.'] })).toBe(true);
    expect(isSame(settings, { ...settings, acts_a_day: 11 })).toBe(false);
  });
  it('have each day once', () => {
    expect(toggled(['monday', 'friday'], 'friday')).toEqual(['monday']);
    expect(toggled(['monday'], 'friday')).toEqual(['monday', 'friday']);
  });
});
