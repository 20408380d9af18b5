import { telegramAdapter } from '@assistant/adapter-telegram';
import { webAdapter } from '@assistant/adapter-web';
import { core } from '@assistant/core';
import { modelGateway } from '@assistant/model-gateway';
import { monitorHub } from '@assistant/monitor-hub';
import type { Service } from '@assistant/service';
import { toolbox } from '@assistant/toolbox';
import { consolePage } from './console';

/** Every service of an installation, in the order they start: what is called comes before who calls it. */
export const services: readonly Service[] = [
  monitorHub,
  modelGateway,
  toolbox,
  core,
  webAdapter,
  // <generated:adapters>
  telegramAdapter,
  // </generated:adapters>
  consolePage,
];
