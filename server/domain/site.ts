import type { KeyAlgorithm } from '../../protocol/http.ts';
import type { OrganizationId, QueueId, SiteId } from '../../protocol/ids.ts';
import type { SiteSettings } from '../../protocol/site-settings.ts';

/** A key that a site registered. The algorithm belongs to the key, so no token can choose its own. */
export type SiteKey = {
  readonly kid: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  /** When a token that it signed was last taken. */
  readonly lastUsedAt?: number | null;
} & (
  | { readonly kind: 'secret'; readonly algorithm: 'HS256'; readonly secret: string }
  | { readonly kind: 'public'; readonly algorithm: Exclude<KeyAlgorithm, 'HS256'>; readonly jwk: PublicJwk }
  /** Whatever the document at `url` holds at the time; `issuer` and `audience` are what its tokens must carry. */
  | { readonly kind: 'jwks'; readonly url: string; readonly issuer: string; readonly audience: string }
);

/** A JSON Web Key (RFC 7517) without private members. */
export type PublicJwk = Readonly<Record<string, unknown>>;

export interface Site {
  readonly id: SiteId;
  readonly organization: OrganizationId;
  readonly name: string;
  /** Exact origins (`https://shop.example`) whose pages may open the visitor's socket. */
  readonly origins: readonly string[];
  /** Where requests go that name no queue. */
  readonly queue: QueueId;
  /** Other queues that a page may name. */
  readonly queues: readonly QueueId[];
  readonly ask: readonly ('name' | 'email')[];
  readonly tokenLifetimeMs: number;
  /** Whether visitors may send files. */
  readonly files: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly settings: SiteSettings;
  readonly keys: readonly SiteKey[];
}

export const plainSite: SiteSettings = {
  rules: [],
  languages: ['en', 'nl'],
  look: { accent: null, side: 'right' },
  variables: [],
  masking: { patterns: [], templates: [] },
  survey: { on: false, question: { en: '', nl: '' }, comment: true },
  retention: { conversations: null, files: null, identities: null },
  transcript: 'ask',
};
