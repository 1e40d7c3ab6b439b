import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flags, isOfSite } from './egress.mjs';

const linkedin = 'https://www.linkedin.com';
const sandbox = 'http://127.0.0.1:9000/linkedin';

test('hosts of the site are reached, and none that looks like one', () => {
  for (const address of ['https://www.linkedin.com/login', 'https://linkedin.com/', 'https://static.linkedin.com/a.js', 'data:,x'])
    assert.equal(isOfSite(address, linkedin), true, address);
  for (const address of [
    'https://linkedin.com.example.org/',
    'https://notlinkedin.com/',
    'https://www.linkedin.com@example.org/',
    'https://example.org/?https://www.linkedin.com/',
    'http://www.linkedin.com/login', // in the clear
    'file:///etc/passwd',
    'ftp://www.linkedin.com/',
    'http://169.254.169.254/',
    'nonsense',
  ])
    assert.equal(isOfSite(address, linkedin), false, address);
});

test('an address stands for itself', () => {
  assert.equal(isOfSite('http://127.0.0.1:9000/linkedin/login', sandbox), true);
  for (const address of ['http://localhost:9000/linkedin/login', 'http://0.0.1/', 'http://10.0.0.1/'])
    assert.equal(isOfSite(address, sandbox), false, address);
});

test('names that are not of the site lead nowhere', () => {
  assert.ok(flags(linkedin).includes('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE www.linkedin.com, EXCLUDE linkedin.com, EXCLUDE *.linkedin.com'));
  assert.ok(flags(sandbox).includes('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'));
});
