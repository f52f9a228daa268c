import type { AgentId, ConversationId, OrganizationId, QueueId } from '../../protocol/ids.ts';
import type { TallyKind } from '../domain/tally.ts';

export interface FollowerTable {
  conversation: ConversationId;
  follower: string;
  /** The last event that it has dealt with. */
  seq: number;
  /** What it must know to go on from there. */
  memory: string;
}

export interface StatisticTable {
  organization: OrganizationId;
  /** `2026-03-29`, in the organization's time zone as it was then. */
  day: string;
  queue: QueueId;
  /** Empty where it is nobody's. */
  agent: AgentId | '';
  kind: TallyKind;
  value: string;
  count: number;
  total: number;
}

export interface RatingCommentTable {
  conversation: ConversationId;
  seq: number;
  organization: OrganizationId;
  day: string;
  at: number;
  queue: QueueId;
  agent: AgentId | '';
  score: number;
}
