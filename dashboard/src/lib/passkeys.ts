/** Passkeys: calls of the browser, and conversion to and from the API's form. Bytes are base64url. */
import { api, dataOf, type Schemas } from '@/lib/api/client';

type Purpose = Schemas['challenge_request']['purpose'];

/** Nobody touched the key, or the window was closed. */
export class PasskeyLeft extends Error {}
/** This device, or its account, already has one for this member. */
export class PasskeyKnown extends Error {}

/** Browsers make passkeys only for host names, not for IP addresses. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' &&
  'credentials' in navigator &&
  !/^[\d.]+$|:/.test(globalThis.location.hostname);

export const toBase64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCodePoint(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.codePointAt(0) ?? 0);

const wanted = async <T extends AuthenticatorResponse>(asked: Promise<Credential | null>): Promise<[string, T]> => {
  try {
    const given = await asked;
    if (!(given instanceof PublicKeyCredential)) throw new PasskeyLeft();
    return [toBase64url(given.rawId), given.response as T];
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError') throw new PasskeyKnown();
    if (error instanceof DOMException) throw new PasskeyLeft();
    throw error;
  }
};

/** Lets one of the person's passkeys answer a challenge for this purpose. */
export const usePasskeyFor = async (purpose: Purpose): Promise<Schemas['passkey_response']> => {
  const asked = await dataOf(api.POST('/auth/passkeys/challenge', { body: { purpose } }));
  const [id, response] = await wanted<AuthenticatorAssertionResponse>(
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64url(asked.challenge),
        rpId: asked.relying_party_id,
        timeout: asked.timeout_ms,
        userVerification: 'required',
      },
    }),
  );
  return {
    credential_id: id,
    client_data_json: toBase64url(response.clientDataJSON),
    authenticator_data: toBase64url(response.authenticatorData),
    signature: toBase64url(response.signature),
    user_handle: response.userHandle ? toBase64url(response.userHandle) : '',
  };
};

/** Makes a passkey on this device, or on one that the browser offers. */
export const makePasskey = async (name: string): Promise<Schemas['passkey']> => {
  const asked = await dataOf(api.POST('/auth/passkeys/begin'));
  const [, response] = await wanted<AuthenticatorAttestationResponse>(
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64url(asked.challenge),
        rp: { id: asked.relying_party_id, name: 'Pulse' },
        user: {
          id: fromBase64url(asked.user_handle),
          name: asked.user_name,
          displayName: asked.user_display_name,
        },
        pubKeyCredParams: asked.methods.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: asked.exclude.map((id) => ({ type: 'public-key', id: fromBase64url(id) })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        attestation: 'none',
        timeout: asked.timeout_ms,
      },
    }),
  );
  return dataOf(
    api.POST('/auth/passkeys', {
      body: {
        name,
        client_data_json: toBase64url(response.clientDataJSON),
        attestation_object: toBase64url(response.attestationObject),
      },
    }),
  );
};
