import type { ApiScope } from '../../protocol/codes.ts';
import type { AgentId, ApiKeyId, OrganizationId } from '../../protocol/ids.ts';

/** What another system shows to read over the API. The key itself is known to who holds it, and to nobody here. */
export interface ApiKey {
  readonly id: ApiKeyId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly createdBy: AgentId;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

export const isLive = ({ expiresAt, revokedAt }: Pick<ApiKey, 'expiresAt' | 'revokedAt'>, now: number): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now);

/** Who may read private lines may read the others too; nothing else follows from anything. */
export const allows = ({ scopes }: Pick<ApiKey, 'scopes'>, scope: ApiScope): boolean =>
  scopes.includes(scope) || (scope === 'conversations:read' && scopes.includes('conversations:read-private'));
