import type { AgentId, ConversationId, OrganizationId, QueueId } from '../../protocol/ids.ts';
import type { RatingComment } from '../domain/statistics.ts';
import type { Tally } from '../domain/tally.ts';
import type { Step } from './followers-store.ts';

/** What was counted of a conversation on the way from one position to the next. */
export interface CountedStep extends Step {
  readonly organization: OrganizationId;
  readonly tallies: readonly Tally[];
  readonly comments: readonly RatingComment[];
}

export interface StatisticsFilter {
  /** The first and the last day. */
  readonly from: string;
  readonly to: string;
  /** Null is all of the organization's. */
  readonly queues: readonly QueueId[] | null;
  readonly agent?: AgentId | undefined;
}

export type StatisticsGroup = 'day' | 'queue' | 'agent';

/** All that was counted of one kind and value in one group: of a day, a queue or an agent. */
export interface CountedSum extends Pick<Tally, 'kind' | 'value' | 'count' | 'total'> {
  readonly key: string;
}

/** How often somebody of a queue waited so long (`wait`), or gave up (`abandoned`), in one group. */
export interface CountedWait extends Pick<Tally, 'queue' | 'kind' | 'value' | 'count'> {
  readonly key: string;
}

export interface CommentPlace extends Omit<RatingComment, 'day'> {
  readonly conversation: ConversationId;
}

/** Sums that are added to as the logs grow (follower `statistics`). They stay when a conversation goes. */
export interface Statistics {
  /** All in one transaction. Resolves with those of which another node was quicker; of them nothing is counted. */
  record(steps: readonly CountedStep[]): Promise<ConversationId[]>;
  sums(organization: OrganizationId, group: StatisticsGroup, filter: StatisticsFilter): Promise<CountedSum[]>;
  waits(organization: OrganizationId, group: StatisticsGroup, filter: StatisticsFilter): Promise<CountedWait[]>;
  /** The newest first, after `before` in that order. */
  comments(
    organization: OrganizationId,
    filter: StatisticsFilter,
    before: Pick<CommentPlace, 'at' | 'conversation'> | null,
    limit: number,
  ): Promise<CommentPlace[]>;
}

/** The name of the follower. */
export const statisticsFollower = 'statistics';
