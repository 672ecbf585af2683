import { kept } from '../../core/browser';

/** Widths in pixels, and which panes are folded away; remembered in this browser. */
export interface Panes {
  views: number;
  list: number;
  lead: number;
  viewsHidden: boolean;
  leadHidden: boolean;
}

export type Pane = 'views' | 'list' | 'lead';

export const PANE_LIMITS: Record<Pane, { least: number; most: number; usual: number }> = {
  views: { least: 168, most: 280, usual: 208 },
  list: { least: 280, most: 480, usual: 340 },
  lead: { least: 260, most: 440, usual: 320 },
};

const NAME = 'inbox-panes';
const USUAL: Panes = {
  views: PANE_LIMITS.views.usual,
  list: PANE_LIMITS.list.usual,
  lead: PANE_LIMITS.lead.usual,
  viewsHidden: false,
  leadHidden: false,
};

/** Within its limits, in whole pixels. */
export function paneWidth(pane: Pane, wanted: number): number {
  const { least, most, usual } = PANE_LIMITS[pane];
  return Number.isFinite(wanted) ? Math.round(Math.min(most, Math.max(least, wanted))) : usual;
}

/** As they were left; the usual measure for what is not known. */
export function panesKept(text: string | null = kept.read(NAME)): Panes {
  const found = parsed(text);
  return {
    views: paneWidth('views', Number(found.views ?? USUAL.views)),
    list: paneWidth('list', Number(found.list ?? USUAL.list)),
    lead: paneWidth('lead', Number(found.lead ?? USUAL.lead)),
    viewsHidden: found.viewsHidden === true,
    leadHidden: found.leadHidden === true,
  };
}

export function keepPanes(panes: Panes): void {
  kept.write(NAME, JSON.stringify(panes));
}

function parsed(text: string | null): Partial<Panes> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
