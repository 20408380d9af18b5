import fc from 'fast-check';
import { parseCommand } from './parse';

describe('a command', () => {
  it.each([
    ['/help', 'help', ''],
    ['  /Help  ', 'help', ''],
    ['/model demo/one', 'model', 'demo/one'],
    ['/model@my_bot   demo/one ', 'model', 'demo/one'],
    ['／帮助', '帮助', ''],
    ['／模型　glm', '模型', 'glm'],
    ['/重置', '重置', ''],
    ['/lang\nzh', 'lang', 'zh'],
    ['/a line one\nline two', 'a', 'line one\nline two'],
  ])('%j is read as %s with %j', (text, name, args) => {
    expect(parseCommand(text)).toEqual({ name, args });
  });

  it.each(['', '/', 'help', 'see /help', '//help', '/etc/hosts', '/help!', '/ help', '1/2', '/@bot'])('is not %j', (text) => {
    expect(parseCommand(text)).toBeUndefined();
  });

  it('is read in time that grows with the text alone, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void parseCommand(`/${text}`)));
    fc.assert(
      fc.property(fc.constantFrom('/', '／'), fc.stringMatching(/^[a-z]{1,10}$/), fc.stringMatching(/^[a-z0-9]([a-z0-9 ]*[a-z0-9])?$/), (slash, name, args) => {
        expect(parseCommand(`${slash}${name} ${args}`)).toEqual({ name, args });
      }),
    );
  });
});
