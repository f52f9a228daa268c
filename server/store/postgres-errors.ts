import { messageOf, StoreError } from './store-error.ts';

/** The code of an error that PostgreSQL itself reported (its manual, appendix A). */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Unique violation, serialization failure, deadlock: somebody else wrote at the same moment. */
const races = new Set(['23505', '40001', '40P01']);
export const isRace = (error: unknown): boolean => races.has(sqlState(error) ?? '');

/** Connection lost, read-only after a failover, resources gone, shutting down, broken. */
const outages = new Set(['08', '25', '53', '57', '58', 'XX']);

function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || outages.has(state.slice(0, 2));
}

/** Before the commit was sent: the server rolls back what it has, so nothing was written. */
export const outageError = (error: unknown): unknown =>
  isOutage(error) ? new StoreError('unavailable', `The database does not answer: ${messageOf(error)}`, error) : error;

/** Only the server knows whether it had committed before the connection was lost. */
export const commitError = (error: unknown): unknown =>
  isOutage(error)
    ? new StoreError('outcome_unknown', `The connection was lost during a commit: ${messageOf(error)}`, error)
    : error;
