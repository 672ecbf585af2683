import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import { type Me, type Permission, ROLE_PERMISSIONS } from '@threadline/contracts';
import { Palette, PaletteStore } from '../../core/palette';
import { developerPlacesOf, settingsPlacesOf } from '../../core/screens';
import { placePaletteItems, type ShellActions } from './shell.commands';

const opened: string[] = [];
const open = (path: string): number => opened.push(path);
const does = { go: open, openBeside: open } as unknown as ShellActions;
const items = (permissions: readonly Permission[]) => {
  const me = { permissions, installation: { mailbox: true } } as unknown as Me;
  return placePaletteItems(settingsPlacesOf(me), developerPlacesOf(me), does);
};

/** Where the first thing found leads to. */
function leadsTo(query: string, permissions: readonly Permission[] = ROLE_PERMISSIONS.owner): string | undefined {
  TestBed.resetTestingModule().configureTestingModule({ providers: [PaletteStore] });
  TestBed.inject(Palette).addActions(items(permissions));
  const store = TestBed.inject(PaletteStore);
  store.search(query);
  opened.length = 0;
  store.result$.subscribe(({ groups }) => groups[0]?.items[0]?.run()).unsubscribe();
  return opened[0];
}

describe('the palette', () => {
  it.each([
    ['API keys', '/settings/api-keys'],
    ['token', '/settings/api-keys'],
    ['2fa', '/settings/security'],
    ['sso', '/settings/single-sign-on'],
    ['invite', '/settings/members'],
    ['gdpr', '/settings/privacy'],
    ['webhooks', '/developers/webhooks'],
    ['api', '/developers/api'],
    ['sdk', '/developers/api'],
    ['docs', '/developers/api'],
    ['api docs', '/developers/api'],
    ['explorer', '/api/docs'],
  ])('finds “%s”', (query, place) => {
    expect(leadsTo(query)).toBe(place);
  });

  it('finds every page of the settings and every tab of Developers by its name', () => {
    const all = items(ROLE_PERMISSIONS.owner);
    expect(all.length).toBeGreaterThan(15);
    for (const { label, run } of all) {
      opened.length = 0;
      run();
      const [place] = opened;
      expect(leadsTo(label)).toBe(place);
    }
  });

  it('offers nobody what they may not see', () => {
    const offered = items(ROLE_PERMISSIONS.agent).map(({ label }) => label);
    expect(offered).toEqual(['Profile', 'Security', 'General', 'Members', 'Teams', 'Roles']);
    expect(leadsTo('webhooks', ROLE_PERMISSIONS.agent)).toBeUndefined();
  });
});
