import { createHash } from 'node:crypto';

type Headers = Readonly<Record<string, string>>;

/** A desktop mail program that loads the pictures of the mail on screen. */
export const MAIL_PROGRAM: Headers = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.5.0',
  accept: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  'accept-language': 'en-US,en;q=0.5',
  'accept-encoding': 'gzip, deflate, br',
};

/** The browser that opens when somebody clicks a link in a mail. */
export const BROWSER: Headers = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-US,en;q=0.5',
  'accept-encoding': 'gzip, deflate, br',
  'upgrade-insecure-requests': '1',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
  'sec-fetch-user': '?1',
};

/** A mail security gateway that follows everything in a mail and passes itself off as a browser. */
export const GATEWAY: Headers = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
};

/** A loopback address of its own for the gateway that guards one recipient's domain: another network than readers'. */
export function gatewayAddress(recipientDomain: string): string {
  const [a = 0, b = 0, c = 0] = createHash('sha256').update(recipientDomain.toLowerCase()).digest();
  return `127.${64 + (a % 128)}.${b}.${1 + (c % 254)}`;
}
