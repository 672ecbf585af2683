import { describe, expect, it } from '@jest/globals';
import core from 'zapier-platform-core';
import { validateAppDefinition } from 'zapier-platform-schema';
import { WEBHOOK_EVENT_TYPES } from '@threadline/contracts';
import { app } from './app';

describe('the Zapier integration', () => {
  /** As Zapier sees it: functions are told of by name alone. */
  const definition = JSON.parse(
    JSON.stringify(app(core.version), (_, value: unknown) =>
      typeof value === 'function' ? { source: 'return null' } : value,
    ),
  ) as object;

  it('is accepted by Zapier’s own schema', () => {
    expect(validateAppDefinition(definition).errors).toEqual([]);
  });

  it('is refused by it when something is missing: the check above can fail', () => {
    expect(validateAppDefinition({ ...definition, version: 'one' }).errors).not.toEqual([]);
  });

  it('begins Zaps with events that leave by webhook', () => {
    const types = Object.values(app('x').triggers).map(({ operation }) => operation.sample.type);
    expect(WEBHOOK_EVENT_TYPES).toEqual(expect.arrayContaining(types));
  });
});
