import type { AgentStatus } from '../../protocol/agent-frames.ts';
import type { Duty } from '../store/store.ts';

/** How an agent is logged on, as they are told it. */
export const statusOf = ({ state, since, profile, pausedBy, reason, wrapUpUntil }: Duty): AgentStatus => ({
  state,
  since,
  profile,
  ...(state === 'paused' && pausedBy !== null && { pausedBy }),
  ...(state === 'paused' && reason !== null && { reason }),
  ...(state === 'ready' && wrapUpUntil !== null && { wrapUpUntil }),
});
