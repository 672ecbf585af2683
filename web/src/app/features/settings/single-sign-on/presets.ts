import type { SsoPreset } from '@threadline/contracts';

/** What the form knows of a kind of provider. */
export interface Preset {
  preset: SsoPreset;
  name: string;
  /** What stands in the field from the beginning; empty where everybody has their own. */
  issuer: string;
  /** What one's own issuer looks like. */
  example: string;
  /** The claim that usually lists groups; empty where there is none. */
  groupsClaim: string;
  /** Where to find what the form asks for, one step a line. */
  steps: readonly string[];
}

/** The kinds of providers there are words for. */
export const PRESETS: readonly Preset[] = [
  {
    preset: 'google',
    name: 'Google',
    issuer: 'https://accounts.google.com',
    example: 'https://accounts.google.com',
    groupsClaim: '',
    steps: [
      'In the Google Cloud console open “APIs & Services”, then “Credentials”, and create an OAuth client ID of the type “Web application”.',
      'Add the address below as an authorised redirect URI.',
      'Copy the client ID and the client secret it shows. Google sends no groups.',
    ],
  },
  {
    preset: 'microsoft',
    name: 'Microsoft',
    issuer: '',
    example: 'https://login.microsoftonline.com/<tenant id>/v2.0',
    groupsClaim: 'groups',
    steps: [
      'In the Microsoft Entra admin centre open “App registrations” and register an application for accounts of your own directory only, with the address below as a web redirect URI.',
      'The issuer holds the directory (tenant) ID of its overview; the client ID is the application ID there.',
      'Create a client secret under “Certificates & secrets” and copy its value, not its ID.',
      'Under “Token configuration” add the optional claims email and xms_edov to the ID token: without them Microsoft does not say that an address is verified, and nobody new can join.',
    ],
  },
  {
    preset: 'linkedin',
    name: 'LinkedIn',
    issuer: 'https://www.linkedin.com/oauth',
    example: 'https://www.linkedin.com/oauth',
    groupsClaim: '',
    steps: [
      'In the LinkedIn developer portal create an app and add the product “Sign In with LinkedIn using OpenID Connect”.',
      'On its “Auth” page add the address below as an authorised redirect URL.',
      'Copy the client ID and the primary client secret from the same page. LinkedIn sends no groups.',
    ],
  },
  {
    preset: 'keycloak',
    name: 'Keycloak',
    issuer: '',
    example: 'https://id.example.com/realms/<realm>',
    groupsClaim: 'groups',
    steps: [
      'In your realm create an OpenID Connect client with client authentication on and the standard flow.',
      'Add the address below as a valid redirect URI.',
      'Copy the client ID from “Settings” and the secret from “Credentials”.',
      'For groups add a “Group Membership” mapper to the client, with the claim name groups and without the full path.',
    ],
  },
  {
    preset: 'custom',
    name: 'Another',
    issuer: '',
    example: 'https://id.example.com',
    groupsClaim: 'groups',
    steps: [
      'Register a confidential client for the authorization code flow with PKCE, and the address below as its redirect URI.',
      'The issuer is what the provider’s discovery document calls “issuer”, to the letter, with or without the slash at its end.',
    ],
  },
];

/** The words for one of them. */
export function presetOf(preset: SsoPreset): Preset {
  const found = PRESETS.find((each) => each.preset === preset);
  if (!found) throw new Error(`There are no words for the provider ${preset}`);
  return found;
}
