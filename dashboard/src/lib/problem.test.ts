import { expect, it } from 'vitest';
import { isNoSuch, Problem, wordsOf } from './problem';

const refused = (fields: { pointer?: string; parameter?: string; detail: string }[]) =>
  new Problem({ status: 422, detail: 'The field /time_zone must be a zone. Correct it and send the request again.', fields });

it('says of each refused field what is wrong with it, in words and not as the API names it', () => {
  expect(wordsOf(refused([{ pointer: '/time_zone', detail: 'must be an IANA time zone, such as Europe/Amsterdam' }]))).toBe(
    'Time zone must be an IANA time zone, such as Europe/Amsterdam.',
  );
  expect(
    wordsOf(
      refused([
        { pointer: '/account/access_token', detail: 'must not be blank' },
        { pointer: '/variants/0/text', detail: 'is too long' },
      ]),
    ),
  ).toBe('Access token must not be blank. Text is too long.');
  expect(wordsOf(refused([{ parameter: 'project_id', detail: 'is no project here' }]))).toBe('Project is no project here.');
});

it('says what is wrong with the whole as the server says it', () => {
  expect(wordsOf(new Problem({ status: 409, detail: 'It has begun to go out.' }))).toBe('It has begun to go out.');
  expect(wordsOf(refused([{ detail: 'A channel and a campaign exclude each other' }]))).toBe(
    'A channel and a campaign exclude each other.',
  );
});

it('takes an id that is none for one that nobody knows, and does not say how an id is written', () => {
  const none = refused([{ parameter: 'id', detail: 'must be a UUID' }]);
  expect(isNoSuch(none)).toBe(true);
  expect(wordsOf(none)).toBe('There is nothing at this address.');
  expect(isNoSuch(new Problem({ status: 404, detail: 'There is no such post here.' }))).toBe(true);
  expect(isNoSuch(refused([{ parameter: 'project_id', detail: 'must be a UUID' }]))).toBe(false);
  expect(isNoSuch(new Problem({ status: 422, detail: 'No.' }))).toBe(false);
});
