import {
  BookOpen,
  CircleQuestionMark,
  LogOut,
  MessageSquare,
  Monitor,
  Moon,
  PenLine,
  Sun,
  UserPlus,
  UserRound,
  Webhook,
  type IconNode,
} from 'lucide';
import type { Shortcut } from '../../core/keys';
import type { PaletteItem, PaletteProvider } from '../../core/palette';
import type { Place, Screen } from '../../core/screens';
import type { ThemeChoice } from '../../core/browser';
import type { SearchApi } from '../../data/search';
import { LEAD_STATUS_WORDS } from '../../shared/status';

/** What the shell can do, for its shortcuts and the palette. */
export interface ShellActions {
  go: (path: string) => void;
  /** Opens an address of this server that is no screen, in another tab. */
  openBeside: (address: string) => void;
  search: () => void;
  showShortcuts: () => void;
  chooseTheme: (choice: ThemeChoice) => void;
  signOut: () => void;
  canUndo: () => boolean;
  undo: () => void;
}

export function shellShortcuts(screens: readonly Screen[], does: ShellActions): Shortcut[] {
  return [
    { keys: 'mod+k', label: 'Search and commands', group: 'Everywhere', inFields: true, run: does.search },
    { keys: '/', label: 'Search and commands', group: 'Everywhere', run: does.search },
    { keys: '?', label: 'This sheet', group: 'Everywhere', run: does.showShortcuts },
    { keys: 'mod+z', label: 'Undo, as offered at the foot', group: 'Everywhere', when: does.canUndo, run: does.undo },
    ...screens.map((screen): Shortcut => ({
      keys: screen.keys,
      label: screen.label,
      group: 'Go to',
      run: () => does.go(`/${screen.path}`),
    })),
  ];
}

/** @param may whether the person may write to leads, and make new ones */
export function shellPaletteItems(
  screens: readonly Screen[],
  does: ShellActions,
  may: { send: boolean; addLeads: boolean },
): PaletteItem[] {
  const theme = (choice: ThemeChoice, label: string, icon: PaletteItem['icon']): PaletteItem => ({
    id: `theme-${choice}`,
    label,
    group: 'Do',
    icon,
    words: 'appearance theme',
    run: () => does.chooseTheme(choice),
  });
  return [
    ...screens.map((screen) => ({
      id: `go-${screen.path}`,
      label: screen.label,
      group: 'Go to',
      icon: screen.icon,
      keys: screen.keys,
      words: 'go open',
      run: () => does.go(`/${screen.path}`),
    })),
    ...(may.send && screens.some(({ path }) => path === 'inbox') ? [writeToLead(does)] : []),
    ...(may.addLeads && screens.some(({ path }) => path === 'leads') ? [newLead(does)] : []),
    theme('light', 'Light theme', Sun),
    theme('dark', 'Dark theme', Moon),
    theme('system', 'Theme of the system', Monitor),
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      group: 'Do',
      icon: CircleQuestionMark,
      keys: '?',
      words: 'help keys',
      run: does.showShortcuts,
    },
    { id: 'sign-out', label: 'Sign out', group: 'Do', icon: LogOut, words: 'log leave exit', run: does.signOut },
  ];
}

/** What lies below the screens: the pages of the settings, the tabs of Developers, and what explains the API. */
export function placePaletteItems(
  settings: readonly (Place & { icon: IconNode })[],
  developers: readonly Place[],
  does: ShellActions,
): PaletteItem[] {
  const item = (group: string, root: string, { path, label, words }: Place, icon: IconNode): PaletteItem => ({
    id: `go-${root}-${path}`,
    label,
    group,
    icon,
    ...(words && { words }),
    run: () => does.go(`/${root}/${path}`),
  });
  const explorer: PaletteItem = {
    id: 'api-explorer',
    label: 'API explorer',
    group: 'Developers',
    icon: BookOpen,
    words: 'docs documentation reference openapi swagger operations',
    run: () => does.openBeside('/api/docs'),
  };
  return [
    ...settings.map((page) => item('Settings', 'settings', page, page.icon)),
    ...developers.map((place) => item('Developers', 'developers', place, Webhook)),
    ...(developers.length > 0 ? [explorer] : []),
  ];
}

/** The inbox asks whom to write to, wherever one comes from. */
function writeToLead(does: ShellActions): PaletteItem {
  const run = (): void => does.go('/inbox/open?write');
  return { id: 'write', label: 'Write to a lead', group: 'Do', icon: PenLine, words: 'compose new mail message', run };
}

/** The list of leads asks for the new one's fields, wherever one comes from. */
function newLead(does: ShellActions): PaletteItem {
  const run = (): void => does.go('/leads?new=1');
  return { id: 'new-lead', label: 'New lead', group: 'Do', icon: UserPlus, words: 'add create person', run };
}

/** Leads and conversations, as the search field finds them; only what the person may read. */
export function shellProviders(
  api: SearchApi,
  go: ShellActions['go'],
  may: { leads: boolean; conversations: boolean },
): PaletteProvider[] {
  const leads: PaletteProvider = {
    id: 'leads',
    group: 'Leads',
    search: async (query, signal) =>
      (await api.leads(query, signal)).map((lead) => ({
        id: `lead-${lead.id}`,
        label: lead.name,
        hint: [lead.company, LEAD_STATUS_WORDS[lead.status].word].filter(Boolean).join(' · '),
        group: 'Leads',
        icon: UserRound,
        run: () => go(`/leads/${lead.id}`),
      })),
  };
  const conversations: PaletteProvider = {
    id: 'conversations',
    group: 'Conversations',
    search: async (query, signal) =>
      (await api.conversations(query, signal)).map((conversation) => ({
        id: `conversation-${conversation.id}`,
        label: conversation.subject ?? conversation.leadName,
        hint: conversation.subject === null ? '' : conversation.leadName,
        group: 'Conversations',
        icon: MessageSquare,
        run: () => go(`/inbox/${conversation.id}`),
      })),
  };
  return [...(may.leads ? [leads] : []), ...(may.conversations ? [conversations] : [])];
}
