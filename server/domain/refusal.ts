import type { RefusalCode } from '../../protocol/codes.ts';

/** A command that the rules turn down: a value, not an exception, since it is an ordinary answer. */
export interface Refusal {
  readonly code: RefusalCode;
  /** English, for developers: what is wrong and what to do about it. */
  readonly message: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
}

export const refuse = (code: RefusalCode, message: string, field?: string): Refusal =>
  field === undefined ? { code, message } : { code, message, field };
