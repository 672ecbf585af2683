import { Location } from '@angular/common';
import { provideLocationMocks } from '@angular/common/testing';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withRouterConfig } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { closedByBack } from './dialog-back.store';
import { Dialogs } from './dialogs.service';

@Component({ selector: 'tl-list', template: '' })
class ListPage {}

@Component({ selector: 'tl-talk', template: '' })
class TalkPage {
  readonly sheet = signal(false);

  constructor() {
    closedByBack(this.sheet, () => this.sheet.set(false));
  }
}

@Component({ selector: 'tl-ask', template: '<button type="button">Send</button>' })
class AskDialog {}

describe("the browser's Back", () => {
  let talk: TalkPage;
  const url = () => TestBed.inject(Router).url;
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const back = (): Promise<unknown> => {
    TestBed.inject(Location).back();
    return settled();
  };

  beforeEach(async () => {
    const routes = [
      { path: 'list', component: ListPage },
      { path: 'talk', component: TalkPage },
    ];
    const kept = withRouterConfig({ canceledNavigationResolution: 'computed' });
    TestBed.configureTestingModule({ providers: [provideRouter(routes, kept), provideLocationMocks()] });
    TestBed.inject(Router).initialNavigation();
    const harness = await RouterTestingHarness.create('/list');
    talk = await harness.navigateByUrl('/talk', TalkPage);
  });

  it('leaves a page that nothing lies over', async () => {
    await back();
    expect(url()).toBe('/list');
  });

  it('closes a sheet first, and leaves the page when pressed again', async () => {
    talk.sheet.set(true);
    await back();
    expect([url(), talk.sheet()]).toEqual(['/talk', false]);
    expect(TestBed.inject(Location).path()).toBe('/talk');
    await back();
    expect(url()).toBe('/list');
  });

  it('closes a dialog before the sheet below it', async () => {
    talk.sheet.set(true);
    const asked = TestBed.inject(Dialogs).open(AskDialog, { label: 'Ask' });
    await back();
    await asked;
    expect([url(), talk.sheet()]).toEqual(['/talk', true]);
    await back();
    expect([url(), talk.sheet()]).toEqual(['/talk', false]);
  });
});
