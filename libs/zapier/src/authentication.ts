import { at, type Bundle, type Requests } from './zapier.types';

/** A key of one's own server: made under Settings, API keys. */
export const authentication = {
  type: 'custom',
  fields: [
    {
      key: 'baseUrl',
      label: 'Address of your Threadline',
      type: 'string',
      required: true,
      helpText: 'Where you open it in the browser, for example https://threads.example.com',
    },
    {
      key: 'apiKey',
      label: 'API key',
      type: 'password',
      required: true,
      helpText:
        'Settings, API keys. It needs to see the workspace and leads, add and edit leads, see and send messages, and see and set up webhooks.',
    },
  ],
  /** Who one is connected to; a key that is not good is refused here. */
  test: async (z: Requests, bundle: Bundle) => (await z.request({ url: at(bundle, '/workspace') })).data,
  connectionLabel: '{{name}}',
} as const;

/** Every call carries the key. */
export function includeKey<T extends { headers?: Record<string, string> }>(
  request: T,
  _z: unknown,
  { authData }: Bundle,
): T {
  if (authData.apiKey) request.headers = { ...request.headers, Authorization: `Bearer ${authData.apiKey}` };
  return request;
}
