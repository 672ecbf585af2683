export { hasMarkup } from '@threadline/contracts';
export { type Link, remoteImages, rewriteLinks, webLinks, webUrl } from './links';
export { cleanContent, cleanReceived, sanitiseReceived, sanitiseWritten } from './sanitise';
export { escapeHtml, htmlOfText, previewOf, textOfHtml } from './text';
