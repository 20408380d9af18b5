import { INTAKE } from './intake-requirements';
import { NORMALISATION } from './normalise-requirements';
import { OPERATION } from './operation-requirements';
import { OUTBOUND } from './outbound-requirements';
import type { Requirement } from './requirement';

const INTAKE_TEST = 'libs/adapter-kit/src/intake/intake.real.test.ts';
const POLLER_TEST = 'libs/adapter-kit/src/poller.real.test.ts';
const DELIVERY_TEST = 'libs/adapter-kit/src/delivery/delivery.real.test.ts';

/** What the kit does for every platform is proven once, in the kit. */
const BY_THE_KIT: readonly Requirement[] = [
  {
    kind: 'covered',
    number: 5,
    title: 'a repeated request is accepted and not published again',
    by: [{ file: INTAKE_TEST, title: 'what is accepted is stored, once, however often it comes' }],
  },
  {
    kind: 'covered',
    number: 10,
    title: 'the vendor hears yes as soon as a message is stored, and is told to come again when it is not',
    by: [{ file: INTAKE_TEST, title: 'while draining and without the store the platform is told to come again' }],
  },
  {
    kind: 'covered',
    number: 11,
    title: 'one delivery that comes five times at once is one event, whichever replica takes it',
    by: [{ file: INTAKE_TEST, title: 'a delivery that comes five times at once to two replicas is stored once' }],
  },
  {
    kind: 'covered',
    number: 13,
    title: 'each conversation keeps its order, and none waits for another',
    by: [
      { file: DELIVERY_TEST, title: 'answers go out once, in the order of their turns, with one key a part' },
      { file: DELIVERY_TEST, title: 'a conversation that is held up holds up no other' },
    ],
  },
  {
    kind: 'covered',
    number: 29,
    title: 'a growing answer is shown within the pace of the platform and ends as the whole answer',
    by: [{ file: DELIVERY_TEST, title: 'a growing answer is shown in a placeholder that becomes the answer' }],
  },
  {
    kind: 'covered',
    number: 32,
    title: 'a replica that stops takes nothing new, and what it leaves is neither lost nor doubled',
    by: [
      { file: INTAKE_TEST, title: 'while draining and without the store the platform is told to come again' },
      { file: DELIVERY_TEST, title: 'a new sender repeats nothing that is done' },
    ],
  },
  {
    kind: 'covered',
    number: 33,
    title: 'an interrupted connection is opened again',
    by: [{ file: POLLER_TEST, title: 'a poll that breaks off is taken up again' }],
  },
  {
    kind: 'covered',
    number: 34,
    title: 'a connection of which there may be one has one owner, and another one when that falls silent',
    by: [{ file: POLLER_TEST, title: 'one replica polls, and another one takes over when it stops' }],
  },
  {
    kind: 'covered',
    number: 37,
    title: 'what becomes of a message is counted by platform',
    by: [
      { file: INTAKE_TEST, title: 'what becomes of each webhook is counted' },
      { file: DELIVERY_TEST, title: 'what becomes of each send is counted' },
    ],
  },
];

/** Every requirement there is, by number. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...INTAKE,
  ...NORMALISATION,
  ...OUTBOUND,
  ...OPERATION,
  ...BY_THE_KIT,
  { kind: 'own' as const, number: 38, title: 'every outgoing call is held against the vendor by an independent judge' },
].sort((left, right) => left.number - right.number);
