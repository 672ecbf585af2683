export { type Link, remoteImages, rewriteLinks, webLinks, webUrl } from './links';
export { cleanContent, hasMarkup, MAX_HTML, sanitiseReceived, sanitiseWritten } from './sanitise';
export { escapeHtml, htmlOfText, previewOf, textOfHtml } from './text';
