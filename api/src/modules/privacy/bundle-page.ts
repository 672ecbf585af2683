import type { LeadBundle } from './lead-collection';

/** The bundle as a page that anybody can read: one table for each section, no script, nothing from elsewhere. */
export function bundlePage({ sections, collectedAt }: LeadBundle): string {
  const parts = Object.entries(sections).map(([name, rows]) => sectionPart(words(name), rows));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What is known</title>
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#16181d}
h2{margin-top:2rem}dl{display:grid;grid-template-columns:11rem 1fr;gap:.25rem 1rem;border-top:1px solid #d9dce3;padding-top:.75rem}
dt{color:#5b6270}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><h1>What is known about you</h1><p>Collected ${text(collectedAt)}.</p>${parts.join('')}</body></html>`;
}

function sectionPart(name: string, rows: readonly object[]): string {
  const body = rows.length === 0 ? '<p>Nothing.</p>' : rows.map(rowPart).join('');
  return `<h2>${text(name)}</h2>${body}`;
}

function rowPart(row: object): string {
  const facts = Object.entries(row).filter(([, value]) => value !== null && value !== '');
  return `<dl>${facts.map(([name, value]) => `<dt>${text(words(name))}</dt><dd>${text(shown(value))}</dd>`).join('')}</dl>`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

/** `opensAndClicks` → `Opens and clicks`. */
function words(name: string): string {
  const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function text(words: string): string {
  return words.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
