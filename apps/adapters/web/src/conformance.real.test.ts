import { describeConformance } from '@assistant/adapter-kit/conformance';
import { webManifest } from './manifest';
import { openWebBench } from './testing/web-bench';

const READS_ITSELF = 'the page reads the committed answers from TURN itself; nothing is sent to a vendor';

describeConformance({
  name: 'web',
  manifest: webManifest,
  open: openWebBench,
  skips: [
    { requirement: 4, reason: 'a visitor is recognised by a cookie without a time stamp; the client id makes a repeat harmless' },
    { requirement: 6, reason: 'a page needs no handshake' },
    { requirement: 7, reason: 'messages are encrypted by TLS alone' },
    { requirement: 8, reason: 'the cookie key is made by the installation itself and handed to nobody' },
    { requirement: 12, reason: 'a page tells of a message by one request only; its repeats carry the same client id' },
    { requirement: 14, reason: 'the clock of a browser is not believed: a message is as old as its arrival' },
    { requirement: 15, reason: 'a request carries one message' },
    { requirement: 17, reason: 'every writer is a visitor; no bot writes on the page' },
    { requirement: 18, reason: 'a conversation has one visitor, so there are no groups' },
    { requirement: 21, reason: READS_ITSELF },
    { requirement: 22, reason: READS_ITSELF },
    { requirement: 23, reason: READS_ITSELF },
    { requirement: 24, reason: READS_ITSELF },
    { requirement: 25, reason: READS_ITSELF },
    { requirement: 26, reason: READS_ITSELF },
    { requirement: 27, reason: READS_ITSELF },
    { requirement: 28, reason: READS_ITSELF },
    { requirement: 30, reason: READS_ITSELF },
    { requirement: 31, reason: READS_ITSELF },
    { requirement: 35, reason: 'there is no vendor to whom credentials are shown' },
    { requirement: 38, reason: 'there is no vendor whose specification could be broken' },
  ],
});
