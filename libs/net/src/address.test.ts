import fc from 'fast-check';
import { parseRange, privateRange } from './address';

describe('addresses', () => {
  it('tells public ones from all others', () => {
    for (const address of ['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '[2001:4860:4860::8888]', '::ffff:8.8.8.8'])
      expect(privateRange(address)).toBeUndefined();
    const others = [
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.31.255.255',
      '192.0.0.192',
      '192.168.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '168.63.129.16',
    ];
    const sixes = [
      '::',
      '::1',
      '::7f00:1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001::1',
      'fc00::1',
      'fe80::1',
      'fec0::1',
      'ff02::1',
      '2001:db8::1',
      '4000::1',
    ];
    for (const address of [...others, ...sixes, 'example.com', '', '1.2.3']) expect(privateRange(address)).toBeDefined();
  });

  it('finds every IPv4 address that is not public again inside IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(privateRange(`::ffff:${address}`) === undefined).toBe(privateRange(address) === undefined);
        expect(privateRange(`::${address}`)).toBeDefined();
        expect(privateRange(`64:ff9b::${address}`)).toBeDefined();
      }),
    );
  });

  it('knows what lies in a range', () => {
    expect(parseRange('10.0.0.0/8')?.contains('10.200.1.2')).toBe(true);
    expect(parseRange('10.0.0.0/8')?.contains('::ffff:10.200.1.2')).toBe(true);
    expect(parseRange('10.0.0.0/8')?.contains('11.0.0.1')).toBe(false);
    expect(parseRange('10.0.0.0/8')?.contains('fd00::1')).toBe(false);
    expect(parseRange('::1')?.contains('0:0:0:0:0:0:0:1')).toBe(true);
    expect(parseRange('example.com')).toBeUndefined();
    expect(parseRange('10.0.0.0/64')).toBeUndefined();
  });
});
