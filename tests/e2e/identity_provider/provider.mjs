// An OpenID provider that somebody else has written and that is certified (oidc-provider), at which everybody who comes
// is signed in as the same person without being asked. provider.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI. Who that
// is and how its tokens are signed is set by PUT /_test with JSON: {"email", "verified", "subject", "algorithm",
// "has_new_keys"}.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, clientId, clientSecret, redirectUri] = process.argv.slice(2);
let person = { email: 'nobody@example.org', verified: true, subject: 'subject-1' };

const makeKey = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg,
  kid: randomBytes(8).toString('hex'),
});
const makeKeys = () => [makeKey('rsa', { modulusLength: 2048 }, 'RS256'), makeKey('ec', { namedCurve: 'P-256' }, 'ES256')];
let keys = makeKeys();

const makeProvider = (algorithm) =>
  new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: algorithm,
      },
    ],
    jwks: { keys },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, email: person.email, email_verified: person.verified, name: 'Some Body' }),
    }),
  });

let provider = makeProvider('RS256');

const interact = async (request, response) => {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, { login: { accountId: person.subject, remember: false } });
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
};

const adopt = async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const { algorithm = 'RS256', has_new_keys: hasNewKeys, ...changed } = JSON.parse(text);
  person = { ...person, ...changed };
  if (hasNewKeys) keys = makeKeys();
  provider = makeProvider(algorithm);
  response.writeHead(204).end();
};

createServer((request, response) => {
  const answer = request.url === '/_test' ? adopt : request.url.startsWith('/interaction/') ? interact : provider.callback();
  Promise.resolve(answer(request, response)).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}).listen(Number(port), '127.0.0.1', () => console.log('listening'));
