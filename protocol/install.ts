import { type Static, Type } from 'typebox';
import { tokenChecks } from './codes.ts';
import { EpochMs } from './entities.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** How the script and the tokens of a site do. */
export const Install = Type.Object(
  {
    /** Which origins load the script; the latest first. */
    sightings: Type.Array(Type.Object({ origin: Type.String(), firstAt: EpochMs, lastAt: EpochMs }, closed)),
    /** The last that were refused; the newest first. What stood in them is not kept. */
    refused: Type.Array(
      Type.Object({ at: EpochMs, check: Type.Enum([...tokenChecks]), detail: Type.String() }, closed),
    ),
  },
  closed,
);
export type Install = Static<typeof Install>;

export const InspectToken = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: limits.tokenFrameBytes }) },
  closed,
);

/** What the server would say of this token now. */
export const Inspection = Type.Union([
  Type.Object(
    {
      ok: Type.Literal(true),
      subject: Type.String(),
      keyId: Type.String(),
      issuer: Type.String(),
      expiresAt: EpochMs,
      variables: Type.Array(Type.String()),
    },
    closed,
  ),
  Type.Object({ ok: Type.Literal(false), check: Type.Enum([...tokenChecks]), detail: Type.String() }, closed),
]);
export type Inspection = Static<typeof Inspection>;
