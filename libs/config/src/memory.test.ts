import { Secret } from '@assistant/contracts';
import { memoryConfig } from './memory';
import { rateSection, sampleSections, telegramSection } from './testing/sample-sections';

describe('a configuration out of plain values', () => {
  it('is checked as a file is', () => {
    expect(memoryConfig(sampleSections).get(rateSection).max_requests).toBe(50);
    expect(() => memoryConfig(sampleSections, { rate_limiting: { max: 1 } })).toThrow('rate_limiting.max: unknown key.');
    expect(() => memoryConfig(sampleSections, { rate_limiting: { max_requests: '1' } })).toThrow('must be a number');
  });

  it('takes dotted keys and secrets, and leaves ${…} as it stands', () => {
    const config = memoryConfig(sampleSections, { 'platforms.telegram': { enabled: true, token: new Secret('${TOKEN}') } });
    const telegram = config.get(telegramSection);
    expect('token' in telegram && telegram.token?.reveal()).toBe('${TOKEN}');
  });

  it('tells listeners about a set, changes its version, and keeps the old values when the new ones are wrong', () => {
    const config = memoryConfig(sampleSections, { rate_limiting: { max_requests: 1 } });
    const seen: number[] = [];
    config.onChange(rateSection, ({ max_requests: most }) => seen.push(most));
    const { version } = config;
    config.set({ rate_limiting: { max_requests: 2 } });
    config.set({ rate_limiting: { max_requests: 2 }, model_cache_size: '1KB' });
    expect(() => config.set({ rate_limiting: { max_requests: 0 } })).toThrow('at least 1');
    expect(seen).toEqual([2]);
    expect(config.get(rateSection).max_requests).toBe(2);
    expect(config.version).not.toBe(version);
  });
});
