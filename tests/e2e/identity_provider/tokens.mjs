// Pulse's access tokens by the eyes of somebody else's library (jose): what it reads in one, and that none that it
// makes is taken unless it is the very thing. tokens.mjs ADDRESS ACCESS_TOKEN REFRESH_TOKEN MEMBER_ID COMPANY_ID, with
// the key that signs them in JWT_SECRET_KEY. Ends with 0 where all is so; what is not stands on standard error.
import { createSecretKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { CompactSign, decodeProtectedHeader, EncryptJWT, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';

const [address, access, refresh, member, company] = process.argv.slice(2);
const key = createSecretKey(Buffer.from(process.env.JWT_SECRET_KEY));
const failures = [];
const expect = (is, what) => is || failures.push(what);

// --- what a token is -------------------------------------------------------------------------------------------------

const { payload, protectedHeader: header } = await jwtVerify(access, key, {
  algorithms: ['HS256'],
  typ: 'JWT',
  issuer: 'pulse',
  audience: 'pulse-api',
  subject: member,
  requiredClaims: ['iss', 'aud', 'sub', 'tid', 'sid', 'jti', 'iat', 'nbf', 'exp'],
});
expect(Object.keys(header).toSorted().join() === 'alg,kid,typ', `the header is ${JSON.stringify(header)}`);
expect(/^[0-9a-f]{16}$/.test(header.kid), 'the key has an id');
expect(payload.exp - payload.iat === 15 * 60 && payload.nbf === payload.iat, 'it lives 15 minutes from now on');
expect(payload.tid === company, 'it names the company');
expect(Object.keys(payload).length === 9, `it says nothing else: ${Object.keys(payload)}`);
expect(!/role|admin|email/.test(JSON.stringify(payload)), 'what its member may do is not in it');

// --- what is taken ---------------------------------------------------------------------------------------------------

const ask = async (token) => {
  const answer = await fetch(`${address}/auth/me`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, code: (await answer.json()).code };
};
const signed = (claims = {}, head = {}, by = key) =>
  new SignJWT({ ...payload, ...claims }).setProtectedHeader({ ...header, ...head }).sign(by);
const without = (from, name) => Object.fromEntries(Object.entries(from).filter(([each]) => each !== name));

expect((await ask(access)).status === 200, 'the token is taken');
// So what follows is refused for its one difference, and for nothing else.
expect((await ask(await signed())).status === 200, 'the same one, signed by jose with the right key, is taken');

const now = Math.floor(Date.now() / 1000);
const pair = (type, options) => generateKeyPairSync(type, options).privateKey;
const otherKey = createSecretKey(randomBytes(32));
const forged = {
  'alg none': new UnsecuredJWT(payload).encode(),
  'alg none with the signature of another': new UnsecuredJWT(payload).encode() + access.split('.')[2],
  'another key': await signed({}, {}, otherKey),
  'the id of the key as the key': await signed({}, {}, createSecretKey(Buffer.from(header.kid.repeat(2)))),
  HS384: await signed({}, { alg: 'HS384' }, key),
  HS512: await signed({}, { alg: 'HS512' }, key),
  RS256: await signed({}, { alg: 'RS256' }, pair('rsa', { modulusLength: 2048 })),
  PS256: await signed({}, { alg: 'PS256' }, pair('rsa', { modulusLength: 2048 })),
  ES256: await signed({}, { alg: 'ES256' }, pair('ec', { namedCurve: 'P-256' })),
  EdDSA: await signed({}, { alg: 'EdDSA' }, pair('ed25519')),
  'its public key in the header': await signed({}, { jwk: { kty: 'oct', k: otherKey.export().toString('base64url') } }, otherKey),
  'typ at+jwt': await signed({}, { typ: 'at+jwt' }),
  'typ in small letters': await signed({}, { typ: 'jwt' }),
  'no typ': await new SignJWT(payload).setProtectedHeader(without(header, 'typ')).sign(key),
  'no key id': await new SignJWT(payload).setProtectedHeader(without(header, 'kid')).sign(key),
  'another key id': await signed({}, { kid: '0123456789abcdef' }),
  'a header that must be understood': await new SignJWT(payload)
    .setProtectedHeader({ ...header, crit: ['pulse'], pulse: true })
    .sign(key, { crit: { pulse: true } }),
  'another issuer': await signed({ iss: 'https://pulse.attacker.test' }),
  'another audience': await signed({ aud: 'another-api' }),
  'a list of audiences': await signed({ aud: ['pulse-api', 'another-api'] }),
  'an end that is over': await signed({ iat: now - 2000, nbf: now - 2000, exp: now - 1 }),
  'a beginning that is to come': await signed({ nbf: now + 600, exp: now + 900 }),
  'another member': await signed({ sub: randomUUID() }),
  'another company': await signed({ tid: randomUUID() }),
  'another session': await signed({ sid: randomUUID() }),
  'one claim more': await signed({ role: 'owner' }),
  ...Object.fromEntries(
    await Promise.all(
      Object.keys(payload).map(async (name) => [
        `no ${name}`,
        await new SignJWT(without(payload, name)).setProtectedHeader(header).sign(key),
      ]),
    ),
  ),
  'no claims': await new CompactSign(Buffer.from('a text')).setProtectedHeader(header).sign(key),
  encrypted: await new EncryptJWT(payload)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'JWT', kid: header.kid })
    .encrypt(createSecretKey(Buffer.from(process.env.JWT_SECRET_KEY).subarray(0, 32))),
  'the refresh token': refresh,
};
for (const [what, token] of Object.entries(forged)) {
  const { status, code } = await ask(token);
  expect(status === 401, `${what}: ${status} ${code}`);
}
expect((await ask(forged['an end that is over'])).code === 'expired_token', 'an old one is told that it is old');
expect(decodeProtectedHeader(forged.HS512).alg === 'HS512', 'jose makes what is asked for');

if (failures.length > 0) {
  console.error(`not so:\n${failures.join('\n')}`);
  process.exit(1);
}
console.log(`${Object.keys(forged).length} forged tokens were refused`);
