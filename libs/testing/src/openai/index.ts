export { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions, type RecordedRequest } from './server';
export { answering, calling, echoing, failing, FAULTS, type Ending, type FaultName, type Manner, type Said, type Script, type ScriptedCall } from './script';
