import { describe, expect, it } from '@jest/globals';
import { firstCall, languageStarts } from './quick-start';

const ORIGIN = 'https://threads.example.com';

describe('how to begin with the API', () => {
  it('the first call can be pasted into a terminal: the shell fills in the key', () => {
    expect(firstCall(ORIGIN).text.split('\n')).toEqual([
      'export THREADLINE_API_KEY=tl_…',
      'curl -H "Authorization: Bearer $THREADLINE_API_KEY" "https://threads.example.com/api/leads?limit=5"',
    ]);
  });

  it('both SDKs are installed from this server', () => {
    expect(languageStarts(ORIGIN).map(({ install }) => install.text)).toEqual([
      'npm install https://threads.example.com/sdk/threadline-sdk.tgz',
      'pip install https://threads.example.com/sdk/threadline-0.1.0-py3-none-any.whl',
    ]);
  });

  it.each(languageStarts(ORIGIN))('the program in $language calls this server, with the key of the call', (start) => {
    expect(start.program.text).toContain(ORIGIN);
    expect(start.program.text).toContain('THREADLINE_API_KEY');
  });
});
