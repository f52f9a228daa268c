export type StoreErrorCode =
  /** Another process has the database. */
  | 'locked'
  | 'unavailable'
  /** The database was written by a newer version of this program. */
  | 'newer_schema'
  /** The database would acknowledge what it may lose. */
  | 'unsafe_settings'
  /** The connection was lost while the commit was under way: look the command up before it is answered. */
  | 'outcome_unknown';

/** What the store itself has to say; whatever else it throws is a fault in the program. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
