import { partitionOf } from './id';

/** The four streams of the spine (docs/a-message-travels.md). */
export const STREAMS = { inbound: 'IN', turns: 'TURN', sent: 'SENT', dead: 'DLQ' } as const;

/** Buckets: partition leases of every role, the floors from which a new owner reads, shared settings, bytes. */
export const BUCKETS = { leases: 'own_leases', floors: 'floor', settings: 'settings', media: 'media' } as const;

/** Names the lane of one conversation: its order, its lock and its history all hang on this. */
export interface Lane {
  readonly tenant: string;
  readonly platform: string;
  /** `conversationToken` of account, conversation and thread. */
  readonly conversation: string;
}

const lane = (prefix: string, { tenant, platform, conversation }: Lane): string =>
  `${prefix}.${partitionOf(conversation)}.${tenant}.${platform}.${conversation}`;

export const inboundSubject = (of: Lane): string => lane('in', of);
export const turnSubject = (of: Lane): string => lane('turn', of);
export const sentSubject = (of: Lane): string => lane('sent', of);
export const liveSubject = (of: Lane): string => lane('live', of);
export const deadSubject = (stage: string, of: Lane): string => `dlq.${stage}.${of.tenant}.${of.platform}.${of.conversation}`;

/** What a core replica reads of one partition. */
export const inboundPartition = (partition: number): string => `in.${partition}.>`;
/** What the sender of one platform reads of one partition. */
export const turnPartition = (partition: number, platform: string): string => `turn.${partition}.*.${platform}.*`;
/** Live events of one platform in one partition. */
export const livePartition = (partition: number, platform: string): string => `live.${partition}.*.${platform}.*`;

/** Log lines of one service, by severity (lossy by design). */
export const logSubject = (service: string, level: string): string => `log.${service}.${level}`;
/** Health beats, one a service and instance. */
export const healthSubject = (service: string, instance: string): string => `health.${service}.${instance}`;
/** Asks an adapter to bring a vendor's file into the blob store. */
export const mediaSubject = (platform: string): string => `media.${platform}`;

/** The lane that a subject of IN, TURN, SENT, DLQ or live belongs to, or undefined if it is none of them. */
export const laneOf = (subject: string): Lane | undefined => {
  const [, , tenant, platform, conversation] = subject.split('.');
  return tenant && platform && conversation ? { tenant, platform, conversation } : undefined;
};

/** The lane's name in maps, logs and metrics exemplars. */
export const laneKey = ({ tenant, platform, conversation }: Lane): string => `${tenant}.${platform}.${conversation}`;

/** A name that may stand in a subject: platform, tenant, service. */
export const SUBJECT_TOKEN = /^[a-z0-9][a-z0-9_-]{0,39}$/;
