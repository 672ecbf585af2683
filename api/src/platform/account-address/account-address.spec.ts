import { expect, it } from '@jest/globals';
import { accountAddress } from './account-address';

it.each([
  ['ada@example.com', 'ada@example.com'],
  [' Ada.L+x@Example.COM ', 'Ada.L+x@example.com'],
  ['x@fürm.example', 'x@xn--frm-hoa.example'],
  ['x@xn--frm-hoa.example', 'x@xn--frm-hoa.example'],
  // To PostgreSQL its lower case is "i", to JavaScript an "i" with a dot above: neither "firm" nor anything near it.
  ['x@fİrm.example', 'x@xn--firm-rwc.example'],
  // The Kelvin sign, a soft hyphen and a ligature are nothing but other spellings of the domain that mail goes to.
  ['x@\u212aelvin.example', 'x@kelvin.example'],
  ['x@f\u00adirm.example', 'x@firm.example'],
  ['x@\ufb01rm.example', 'x@firm.example'],
])('%j is %j', (typed, read) => {
  expect(accountAddress(typed)).toBe(read);
  expect(accountAddress(read)).toBe(read);
});

it.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'jörg@example.com',
  'İ@example.com',
  'a@x.example/y.example',
  'a@%66.example',
  '\ud800',
  '\ud800@x.example',
  'a@\udc00.example',
])('%j is the address of no account', (typed) => expect(accountAddress(typed)).toBeUndefined());
