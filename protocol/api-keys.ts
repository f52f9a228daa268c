import { type Static, Type } from 'typebox';
import { apiScopes } from './codes.ts';
import { EpochMs, PlainText } from './entities.ts';
import { ApiKeyId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const fields = {
  name: PlainText(limits.nameLength, 1),
  scopes: Type.Array(Type.Enum([...apiScopes]), { minItems: 1, maxItems: apiScopes.length, uniqueItems: true }),
  /** Null is until it is revoked. */
  expiresAt: Nullable(EpochMs),
} as const;

export const NewApiKey = Type.Object(fields, closed);
export type NewApiKey = Static<typeof NewApiKey>;

/** What an administrator sees of a key: never the key. */
export const ApiKeyView = Type.Object(
  {
    id: ApiKeyId,
    ...fields,
    createdAt: EpochMs,
    /** The name of who made it. */
    createdBy: Type.String(),
    lastUsedAt: Nullable(EpochMs),
    revokedAt: Nullable(EpochMs),
  },
  closed,
);
export type ApiKeyView = Static<typeof ApiKeyView>;
export const ApiKeyViews = Type.Object({ keys: Type.Array(ApiKeyView) }, closed);
export type ApiKeyViews = Static<typeof ApiKeyViews>;
/** The key itself is there once, in the answer to its making. */
export const NewApiKeyView = Type.Object({ key: ApiKeyView, secret: Type.String() }, closed);
export type NewApiKeyView = Static<typeof NewApiKeyView>;
