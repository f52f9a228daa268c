import type { ApiKeyId, OrganizationId } from '../../protocol/ids.ts';
import type { ApiKey } from '../domain/api-key.ts';

export interface ApiKeys {
  create(key: ApiKey, tokenHash: string): Promise<void>;
  /** The newest first, revoked ones too. */
  listOf(organization: OrganizationId): Promise<ApiKey[]>;
  findByHash(tokenHash: string): Promise<ApiKey | null>;
  /** False where there is none that is not revoked. */
  revoke(organization: OrganizationId, id: ApiKeyId, at: number): Promise<boolean>;
  used(id: ApiKeyId, at: number): Promise<void>;
}
