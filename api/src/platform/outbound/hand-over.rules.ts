/**
 * How handing a mail to a server ended.
 * taken: it answered 250 after the content · refused: it will not take this mail, ever · later: it has not got the mail
 * and another try makes sense · unknown: the content was on its way and no answer came; it may have the mail.
 */
export type HandOver =
  { outcome: 'taken'; reply: string } | { outcome: 'refused' | 'later' | 'unknown'; reason: string };

/** What nodemailer says of a failure; every field can be missing. */
export interface SendFailure {
  message?: string;
  /** Its own word, such as ECONNECTION; or Node's. */
  code?: string;
  /** What the socket said, where there was one. */
  originalCode?: string;
  /** The command in flight: CONN while connecting, and for whatever cuts the connection. */
  command?: string;
  /** The server's reply, and the number it begins with. */
  response?: string;
  responseCode?: number;
}

/** Commands whose 5xx reply is about this mail, and not about our right to talk to the server at all. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/**
 * Decides what a failed hand-over means.
 * @param contentBegan whether a byte of the content had been given to the connection.
 */
export function judgeFailure(failure: SendFailure, contentBegan: boolean): HandOver {
  const { responseCode, command = '' } = failure;
  if (responseCode !== undefined && responseCode >= 400) {
    const permanent = responseCode >= 500 && responseCode !== 503;
    const aboutTheMail = contentBegan || ABOUT_THE_MAIL.has(command);
    return { outcome: permanent && aboutTheMail ? 'refused' : 'later', reason: spoken(failure) };
  }
  if (contentBegan) return { outcome: 'unknown', reason: `${spoken(failure)} after the mail had been handed over` };
  // Found by nodemailer itself before a word was said: the same mail would fail again.
  if (failure.code === 'EMESSAGE' || (failure.code === 'EENVELOPE' && command === 'API')) {
    return { outcome: 'refused', reason: spoken(failure) };
  }
  return { outcome: 'later', reason: spoken(failure) };
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'the mail server could not be reached',
  ESOCKET: 'the mail server could not be reached',
  EHOSTUNREACH: 'the mail server could not be reached',
  ECONNRESET: 'the mail server cut the connection',
  EPIPE: 'the mail server cut the connection',
  ECONNECTION: 'the mail server cut the connection',
  ENOTFOUND: 'the name of the mail server is not known',
  EDNS: 'the name of the mail server could not be looked up',
  ETIMEDOUT: 'the mail server did not answer in time',
  EABORT: 'the mail server did not answer in time',
  ETLS: 'no encrypted connection to the mail server came about',
  EAUTH: 'the mail server did not accept our sign-in',
};

/** For people: the server's own words where it said any. */
function spoken(failure: SendFailure): string {
  const words = WORDS[failure.originalCode ?? ''] ?? WORDS[failure.code ?? ''];
  if (failure.response) {
    const reply = failure.response.replace(/\s+/g, ' ').trim().slice(0, 300);
    return `${failure.code === 'EAUTH' ? WORDS.EAUTH : 'the mail server answered'}: ${reply}`;
  }
  return words ?? `the mail could not be handed over: ${(failure.message ?? 'no reason given').slice(0, 200)}`;
}
