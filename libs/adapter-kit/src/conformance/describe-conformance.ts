import { existsSync, readFileSync } from 'node:fs';
import type { Bench, ConformanceOptions, Proof } from './bench';
import type { Context, Requirement } from './requirement';
import { openStage, type Stage } from './stage';
import { REQUIREMENTS } from './table';

/**
 * The suite that every platform's adapter passes: one test a requirement, on a real nats-server and over HTTP. A
 * requirement that the platform has no use for is skipped with a reason, and a skip fails as soon as the bench offers
 * what the requirement needs.
 */
export const describeConformance = (options: ConformanceOptions): void => {
  const { name, manifest, skips, own = [] } = options;
  describe(`${name}: the requirements of every platform`, () => {
    let stage: Stage | undefined;
    let bench: Bench | undefined;
    const context = (): Context => {
      if (stage === undefined || bench === undefined) throw new Error('the bench did not open');
      return { stage, manifest, bench };
    };

    beforeAll(async () => {
      for (const { requirement, reason } of skips) process.stdout.write(`${name}: requirement ${requirement} is skipped: ${reason}\n`);
      stage = await openStage();
      bench = await options.open(stage);
    });
    afterAll(async () => {
      await bench?.close();
      await stage?.close();
    });

    test('skips and proofs of its own name known requirements, once each, with a reason', () => {
      expect(misnamed(options)).toEqual([]);
    });

    for (const requirement of REQUIREMENTS) {
      const reason = skips.find((skip) => skip.requirement === requirement.number)?.reason;
      const proofs = own.filter((proof) => proof.requirement === requirement.number);
      const title = `${requirement.number}. ${requirement.title}`;
      if (reason !== undefined) test(`${title} (skipped: ${reason})`, () => expectNeeded(requirement, context));
      else if (proofs.length > 0) test(`${title} (by its own test)`, () => expect(missingProofs(proofs)).toEqual([]));
      else test(title, () => hold(requirement, context));
    }
  });
};

/** What is wrong with the lists of skips and own proofs. */
export const misnamed = ({ skips, own = [] }: Pick<ConformanceOptions, 'skips' | 'own'>): readonly string[] => {
  const numbers = [...skips.map(({ requirement }) => requirement), ...new Set(own.map(({ requirement }) => requirement))];
  const known = new Set(REQUIREMENTS.map(({ number }) => number));
  return [
    ...numbers.filter((number) => !known.has(number)).map((number) => `there is no requirement ${number}`),
    ...[...new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index))].map((number) => `requirement ${number} is named twice`),
    ...skips.filter(({ reason }) => reason.trim().length < 10).map(({ requirement }) => `the skip of requirement ${requirement} has no reason`),
  ];
};

/** Tests that are named as proofs and are not there. */
export const missingProofs = (proofs: readonly Proof[]): readonly Proof[] =>
  proofs.filter(({ file, title }) => !existsSync(file) || !titlesIn(readFileSync(file, 'utf8')).includes(title));

/** The titles of tests in a source text; what is skipped or marked as to do is none. */
export const titlesIn = (source: string): readonly string[] =>
  [...source.matchAll(/^\s*(?:test|it)(?:\.each\([^]*?\))?\(\s*(['"`])(.*?)\1,/gm)].map(([, , title = '']) => title);

const hold = async (requirement: Requirement, context: () => Context): Promise<void> => {
  switch (requirement.kind) {
    case 'tried': {
      const lacking = requirement.lacks(context());
      if (lacking !== undefined) throw new Error(`the bench offers no ${lacking}: offer it, or skip requirement ${requirement.number} with the reason`);
      return requirement.run(context());
    }
    case 'covered':
      return expect(missingProofs(requirement.by)).toEqual([]);
    case 'own':
      throw new Error(`name the test that proves requirement ${requirement.number} under own, or skip it with the reason`);
  }
};

/** A skip has to be needed. */
const expectNeeded = (requirement: Requirement, context: () => Context): void => {
  if (requirement.kind === 'covered') throw new Error(`requirement ${requirement.number} is proven by the kit: there is nothing to skip`);
  if (requirement.kind === 'tried' && requirement.lacks(context()) === undefined)
    throw new Error(`the bench offers all that requirement ${requirement.number} needs: remove the skip`);
};
