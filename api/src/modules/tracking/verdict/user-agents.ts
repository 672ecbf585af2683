import { isbot } from 'isbot';

/**
 * What a user agent says about itself. It is a claim, and the rules treat it so: a claim to be a machine is believed,
 * a claim to be a person counts only together with timing and source.
 */
export type AgentClass =
  /** No user agent at all. */
  | 'none'
  /** Apple Mail Privacy Protection: exactly `Mozilla/5.0`, fetched whether or not anybody reads (Mailgun, SocketLabs). */
  | 'apple-privacy'
  /** Gmail's prefetch, another agent than its image proxy; 1 to 6 % of Gmail opens (Bird). */
  | 'gmail-prefetch'
  /** Fetches pictures at the moment a person opens, on their behalf (Validity; Word to the Wise). */
  | 'image-proxy'
  /** A desktop mail program, which fetches pictures for the message on screen (Validity: "real user opens"). */
  | 'mail-program'
  /** Apple Mail without privacy protection; the same agent could be any WebKit view, so it counts for less. */
  | 'apple-mail'
  /** A scanner, a link preview, a library, a crawler, a headless browser: says so itself. */
  | 'declared-machine'
  /** A browser that people use, on its own or inside a program (Teams, Outlook). */
  | 'browser'
  | 'other';

const APPLE_PRIVACY = 'Mozilla/5.0';
const GMAIL_PREFETCH =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';

/** Before isbot, which calls these bots and so loses real opens. */
const IMAGE_PROXIES = /\(via ggpht\.com GoogleImageProxy\)|^(?:Mozilla\/5\.0 \(compatible; )?YahooMailProxy;/;

/** Mail security, link previews, libraries and headless browsers: names from [WRM], [MAU-CFG] and [LDM-SC]. */
const DECLARED =
  /barracuda|proofpoint|mimecast|urldefense|safelinks|forcepoint|trendmicro|sophos|zscaler|symantec|existence discovery|curl\/|wget\/|python-requests|python-urllib|aiohttp|go-http-client|okhttp|^java\/|libwww|node-fetch|undici|axios\/|headless|phantomjs|puppeteer|playwright|slackbot|whatsapp\/|skypeuripreview|bingpreview|facebookexternalhit|telegrambot|linkexpand|uptime|pingdom|statuscake/i;

/** Desktop mail programs. The Outlook names are those of its picture fetches, which Outlook makes for the mail on screen. */
const MAIL_PROGRAMS =
  /\bThunderbird\/\d|\bBetterbird\/\d|\bms-office; MSOffice \d|\bMicrosoft Outlook \d|\bPostbox\/\d|\beM ?Client\/\d|\bMailspring\/\d|\bEvolution\/\d|\bKMail\/\d|\bThe Bat! \d|^Outlook-(?:iOS|Android)\/\d/;

const APPLE_MAIL =
  /^Mozilla\/5\.0 \((?:Macintosh|iPhone|iPad);[^)]*\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\)(?: Mobile\/\w+)?$/;

const BROWSERS =
  /^Mozilla\/5\.0 \([^)]+\).*(?:Firefox\/\d|Chrome\/\d|CriOS\/\d|FxiOS\/\d|EdgiOS\/\d|Version\/[\d.]+.* Safari\/)/;

/** Which kind of sender a user agent claims to be. */
export function agentClass(userAgent: string | null): AgentClass {
  if (userAgent === null || userAgent.trim() === '') return 'none';
  if (userAgent === APPLE_PRIVACY) return 'apple-privacy';
  if (userAgent === GMAIL_PREFETCH) return 'gmail-prefetch';
  if (IMAGE_PROXIES.test(userAgent)) return 'image-proxy';
  if (DECLARED.test(userAgent)) return 'declared-machine';
  if (MAIL_PROGRAMS.test(userAgent)) return 'mail-program';
  if (isbot(userAgent)) return 'declared-machine';
  if (APPLE_MAIL.test(userAgent)) return 'apple-mail';
  return BROWSERS.test(userAgent) ? 'browser' : 'other';
}

/** WebKit that is not Chromium: Safari, or Apple Mail behind the same engine. */
export function isAppleWebKit(userAgent: string | null): boolean {
  return userAgent !== null && /AppleWebKit\//.test(userAgent) && !/Chrom(?:e|ium)\/|Edg|Android/.test(userAgent);
}
