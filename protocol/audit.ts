import { type Static, Type } from 'typebox';
import { EpochMs } from './entities.ts';

const closed = { additionalProperties: false } as const;

/** Who did what to what, when, and what changed. */
export const AuditEntry = Type.Object(
  {
    id: Type.String(),
    at: EpochMs,
    actor: Type.Object({ id: Type.String(), name: Type.String() }, closed),
    action: Type.String(),
    target: Type.Union([
      Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }, closed),
      Type.Null(),
    ]),
    before: Type.Unknown(),
    after: Type.Unknown(),
    /** The network that it was asked from. */
    address: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditQuery = Type.Object(
  {
    actor: Type.Optional(Type.String({ maxLength: 64 })),
    kind: Type.Optional(Type.String({ maxLength: 64 })),
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[A-Za-z0-9_-]{1,64}$' })),
  },
  closed,
);
export const AuditPage = Type.Object(
  { entries: Type.Array(AuditEntry), next: Type.Union([Type.String(), Type.Null()]) },
  closed,
);
export type AuditPage = Static<typeof AuditPage>;
