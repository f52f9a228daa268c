import type { OrganizationId } from '../../protocol/ids.ts';

/** What was done to what, as it was before and after. Plain JSON, without secrets and without what visitors wrote. */
export interface AuditRecord {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly at: number;
  /** The id of the agent or of the API key; `operator` is whoever has a shell on the server, `stranger` who could not sign in. */
  readonly actor: string;
  readonly actorName: string;
  /** `queue.change`, `site.key.revoke`: what it was done to, and what. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string; readonly name: string } | null;
  readonly before: unknown;
  readonly after: unknown;
  /** Of the network that the request came from; null where there was none. */
  readonly address: string | null;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly kind?: string | undefined;
}

/** Only ever added to. */
export interface Audit {
  append(record: AuditRecord): Promise<void>;
  /** The newest first, after `before` in that order. */
  page(
    organization: OrganizationId,
    filter: AuditFilter,
    before: Pick<AuditRecord, 'at' | 'id'> | null,
    limit: number,
  ): Promise<AuditRecord[]>;
}
