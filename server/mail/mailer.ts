import type { MailFailure } from '../../protocol/codes.ts';
import type { MailId } from '../../protocol/ids.ts';

/** A mail as it leaves: to one person, in words only, with nothing in it that is fetched from anywhere. */
export interface Mail {
  readonly id: MailId;
  /** Beside the server's own address. */
  readonly fromName: string;
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: number;
}

export interface Mailer {
  readonly way: 'smtp' | 'folder';
  /** Resolves once somebody else answers for it; rejects with a `MailError`. The same mail may be sent twice. */
  send(mail: Mail): Promise<void>;
}

/** Why a mail did not leave. */
export class MailError extends Error {
  readonly code: MailFailure;
  /** Another try would go the same way. */
  readonly isFinal: boolean;

  constructor(code: MailFailure, message: string, isFinal = false) {
    super(message);
    this.code = code;
    this.isFinal = isFinal;
  }
}
