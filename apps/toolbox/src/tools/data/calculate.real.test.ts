import { startToolbox, type RunningToolbox } from '../../testing/toolbox-server';

describe('calculate', () => {
  let toolbox: RunningToolbox;
  beforeAll(async () => (toolbox = await startToolbox()));
  afterAll(async () => toolbox.stop());
  const calculate = async (expression: string) =>
    (await toolbox.invoke({ tool: 'calculate', arguments: JSON.stringify({ expression }), idempotencyKey: 'k', caller: null })).at(-1)?.result;

  it.each([
    ['0.1 + 0.2', '0.3'],
    ['2*(3+4)^2', '98'],
    ['１２×（３＋４）', '84'],
    ['1000000 * 3', '3000000'],
    ['2^190', '1569275433846670190958947355801916604025588861116008628224'],
    ['2^200', '1.60693804425899e+60'],
    ['123456789 * 987654321', '121932631112635269'],
    ['25!', '15511210043330985984000000'],
    ['1/3', '0.333333333333333'],
    ['15% of 80', '12'],
    ['200 + 10%', '220'],
    ['17 mod 5', '2'],
    ['sin(pi)', '0'],
    ['sin(30 deg)', '0.5'],
    ['e^(i*pi)', '-1'],
    ['sqrt(-4)', '2i'],
    ['gamma(0.5)', '1.77245385090552'],
    ['ln(e^2)', '2'],
    ['5 inch to cm', '12.7 cm'],
    ['70 degF to degC', '21.1111111111111 degC'],
    ['90 km / 30 min to km/h', '180 km / h'],
    ['det([1,2;3,4])', '-2'],
    ['mean(3,5,10)', '6'],
    ['a = 3; a * 2', '6'],
    ['f(x) = x^2; f(5)', '25'],
    ['7 > 3', 'true'],
  ])('%s is %s', async (expression, expected) => {
    expect(await calculate(expression)).toMatchObject({ ok: true, content: expected });
  });

  it.each([
    'import({pi: 3}, {override: true})',
    'createUnit("foo")',
    'evaluate("1")',
    'parse("1")',
    'config({precision: 2})',
    'typed("a", {})',
    'simplify("x")',
    'cos.constructor("return process")',
    '"a".constructor',
    'process',
    'require("fs")',
    'f(x) = x',
    'global',
  ])('refuses %s', async (expression) => {
    expect(await calculate(expression)).toMatchObject({ ok: false, error: { code: 'tool_failed' } });
  });

  it.each(['import({a: 3})', 'createUnit("foo")', 'evaluate("1")', 'parse("1")', 'config({})', 'simplify("x")', 'derivative("x", "x")', 'help(sin)'])(
    'has closed %s',
    async (expression) => {
      expect((await calculate(expression))?.error?.message).toMatch(/^The function \w+ is not available\.$/);
    },
  );

  it('keeps nothing from one expression to the next', async () => {
    await calculate('config({number: "number", precision: 2})');
    await calculate('gamma(0.5)');
    await calculate('secret = 42');
    expect(await calculate('secret')).toMatchObject({ ok: false });
    expect(await calculate('1/3 + pi')).toMatchObject({ content: '3.47492598692313' });
    expect(await calculate('2^100')).toMatchObject({ content: '1267650600228229401496703205376' });
  });

  it('says that it knows no currencies', async () => {
    expect((await calculate('3 USD to EUR'))?.error?.message).toMatch(/Currencies are not known/);
  });

  it('calculates side by side without mixing answers up', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, async (_, index) => (await calculate(`${index} * 1001`))?.content));
    expect(results).toEqual(['0', '1001', '2002', '3003', '4004', '5005']);
  });
});
