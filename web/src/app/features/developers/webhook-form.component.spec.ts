import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AddressCheck } from '@threadline/contracts';
import { ApiProblem } from '../../core/api';
import { WebhookFormComponent } from './webhook-form.component';

const WHY = 'Only public addresses can be reached.';
const UNKNOWN: AddressCheck = { allowed: false, reachable: null, status: null, durationMs: null, problem: null };
const RECEIVER = 'https://threads.example.com/api/webhook-receivers/one';

describe('the address of an endpoint', () => {
  let fixture: ComponentFixture<WebhookFormComponent>;
  let page: HTMLElement;

  beforeEach(() => {
    jest.useFakeTimers();
    fixture = TestBed.createComponent(WebhookFormComponent);
    fixture.componentRef.setInput('formId', 'form');
    fixture.componentRef.setInput('entries', []);
    fixture.componentRef.setInput('receiver', () => Promise.resolve(RECEIVER));
    fixture.componentRef.setInput('check', (url: string) =>
      Promise.resolve(url === RECEIVER ? { ...UNKNOWN, allowed: true } : { ...UNKNOWN, problem: WHY }),
    );
    TestBed.tick();
    page = fixture.nativeElement as HTMLElement;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const field = (): HTMLInputElement => {
    const input = page.querySelector<HTMLInputElement>('input[type=url]');
    if (!input) throw new Error('There is no field for the address');
    return input;
  };
  const said = (text: string): number => (page.textContent ?? '').split(text).length - 1;
  const tryOut = (): HTMLButtonElement | undefined =>
    [...page.querySelectorAll('button')].find((button) => button.textContent.includes('Use a receiver of this server'));
  const settle = async (): Promise<void> => {
    await jest.advanceTimersByTimeAsync(1_000);
    TestBed.tick();
  };
  const type = async (url: string): Promise<void> => {
    field().value = url;
    field().dispatchEvent(new Event('input'));
    await settle();
  };

  it('that may not be reached is said once, with the ways out', async () => {
    await type('http://127.0.0.1:4000/');
    expect(said(WHY)).toBe(1);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(said('OUTBOUND_ALLOW_CIDRS=127.0.0.0/8 npm start')).toBe(1);
    expect(tryOut()).toBeDefined();

    // Saved all the same: the server says it again, the page does not.
    fixture.componentInstance.refuse(
      new ApiProblem({ status: 400, code: 'address_not_allowed', title: 'Not there', detail: WHY }),
      'add the endpoint',
    );
    await settle();
    expect(said(WHY)).toBe(1);
    expect(tryOut()).toBeDefined();
  });

  it('is a receiver of this server by one click, also after a refusal', async () => {
    expect(tryOut()).toBeDefined();
    await type('http://127.0.0.1:4000/');
    tryOut()?.click();
    await settle();
    expect(field().value).toBe(RECEIVER);
    expect(said(WHY)).toBe(0);
    expect(said('Events may go there.')).toBe(1);
    expect(tryOut()).toBeUndefined();
  });

  it('whose name nobody could look up is told by the field, and not offered a way around', async () => {
    await type(RECEIVER);
    fixture.componentInstance.refuse(
      new ApiProblem({
        status: 400,
        code: 'invalid_input',
        title: 'Not so',
        errors: [{ path: 'url', message: 'The name could not be looked up' }],
      }),
      'add the endpoint',
    );
    await settle();
    expect(said('The name could not be looked up.')).toBe(1);
    expect(said('Events may go there.')).toBe(0);
    expect(said('OUTBOUND_ALLOW_CIDRS')).toBe(0);
  });
});
