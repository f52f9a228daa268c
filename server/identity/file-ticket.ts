import type { ConversationId, SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { verifyBrowserToken } from './browser-token.ts';

/** Says which browser asks, for the files of which conversation. Whether it may is not in it. */
export interface FileTicket {
  readonly site: SiteId;
  readonly conversation: ConversationId;
  /** Of the key that signed it; the conversation's session must be bound to that one. */
  readonly thumbprint: string;
}

const ticketBytes = 2048;
const leewaySeconds = 60;

/** Verifies a ticket to files (docs/decisions/0008); null for one that is not good now. */
export async function verifyFileTicket(ticket: string, now: number): Promise<FileTicket | null> {
  const verdict = await verifyBrowserToken(ticket, {
    type: 'balie-files+jwt',
    maxBytes: ticketBytes,
    failedClaim({ aud, conversation, iat, exp, ...rest }) {
      if (Object.keys(rest).length > 0 || typeof aud !== 'string' || typeof conversation !== 'string') return 'claims';
      if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return 'claims';
      const [from, until, seconds] = [iat as number, exp as number, now / 1000];
      const isShort = until > from && until - from <= limits.fileTicketMs / 1000;
      return isShort && from <= seconds + leewaySeconds && seconds < until + leewaySeconds ? null : 'time';
    },
  });
  if (!verdict.ok) return null;
  const { aud, conversation } = verdict.claims;
  return { site: aud as SiteId, conversation: conversation as ConversationId, thumbprint: verdict.thumbprint };
}
