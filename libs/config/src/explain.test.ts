import { z } from 'zod';
import { memoryConfig } from './memory';
import { defineSection } from './section';

const section = defineSection(
  'sample',
  'A sample.',
  z.object({ token: z.number().optional(), mode: z.enum(['webhook', 'polling']).optional(), note: z.number().optional() }).prefault({}),
);

const complaint = (values: Readonly<Record<string, unknown>>): string => {
  try {
    memoryConfig([section], { sample: values });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('messages about wrong values', () => {
  it('repeat a short value that is no secret', () => {
    expect(complaint({ mode: 'poling' })).toContain('sample.mode: must be webhook or polling, got the text "poling". Did you mean polling?');
  });

  it('repeat neither what stands under the name of a secret nor what is as long as one', () => {
    expect(complaint({ token: 'hunter2' })).toContain('sample.token: must be a number, got a text. Write a number.');
    expect(complaint({ note: 'a-long-key-that-was-pasted-here' })).toContain('sample.note: must be a number, got a text.');
  });
});
