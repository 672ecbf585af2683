import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { PasskeyOffer } from '@threadline/contracts';

/** What goes to the browser and back to the API as it is. */
export type PasskeyJson = Record<string, unknown>;

const load = () => import('@simplewebauthn/browser');

/** Passkeys as this browser does them. Each answers null when the person turned away. */
export const passkeys = {
  /** Why passkeys cannot be used on this page, as a sentence; empty when they can. */
  why(offer: PasskeyOffer): string {
    if (offer.reason === 'address_is_a_number') {
      return 'Passkeys need an address with a name. This installation is reached by a number.';
    }
    if (offer.reason === 'not_encrypted') return 'Passkeys need HTTPS, which this installation does not have yet.';
    if (offer.origin !== location.origin) return `Passkeys work at ${offer.origin} only.`;
    return typeof PublicKeyCredential === 'undefined' ? 'This browser does not do passkeys.' : '';
  },

  async make(options: PasskeyJson): Promise<PasskeyJson | null> {
    const { startRegistration } = await load();
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    return turnedAway(startRegistration({ optionsJSON }));
  },

  async show(options: PasskeyJson): Promise<PasskeyJson | null> {
    const { startAuthentication } = await load();
    return turnedAway(startAuthentication({ optionsJSON: requested(options) }));
  },

  /** Offers passkeys among what the browser fills in, until one is chosen or `cancel` is called. */
  async offer(ask: () => Promise<PasskeyJson>): Promise<PasskeyJson | null> {
    const { browserSupportsWebAuthnAutofill, startAuthentication } = await load();
    if (!(await browserSupportsWebAuthnAutofill())) return null;
    return turnedAway(
      startAuthentication({
        optionsJSON: requested(await ask()),
        useBrowserAutofill: true,
        verifyBrowserAutofillInput: false,
      }),
    );
  },

  async cancel(): Promise<void> {
    (await load()).WebAuthnAbortService.cancelCeremony();
  },
};

function requested(options: PasskeyJson): PublicKeyCredentialRequestOptionsJSON {
  return options as unknown as PublicKeyCredentialRequestOptionsJSON;
}

/** Closing the browser's own dialog is no error. */
async function turnedAway(asked: Promise<object>): Promise<PasskeyJson | null> {
  try {
    return { ...(await asked) };
  } catch (error) {
    if (error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')) return null;
    throw error;
  }
}
