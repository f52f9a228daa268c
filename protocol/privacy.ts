import { type Static, Type } from 'typebox';
import { EpochMs, PlainText } from './entities.ts';
import { SiteId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** One visitor: by the subject that a site signed, or by an e-mail address that was verified or typed. */
export const PersonQuery = Type.Object(
  {
    by: Type.Enum(['subject', 'email']),
    value: PlainText(limits.subjectLength, 1),
    /** Null is at all sites of the organization. A subject means the same person at one site alone. */
    site: Type.Union([SiteId, Type.Null()]),
  },
  closed,
);
export type PersonQuery = Static<typeof PersonQuery>;

/** Whether what is kept of them stays, whatever retention says, until somebody lifts it. */
export const HoldChange = Type.Object({ ...PersonQuery.properties, held: Type.Boolean() }, closed);
export type HoldChange = Static<typeof HoldChange>;

/** What is kept of them. */
export const PersonSummary = Type.Object(
  {
    conversations: Type.Integer(),
    /** How many of them are under a legal hold. */
    held: Type.Integer(),
    sessions: Type.Integer(),
    files: Type.Integer(),
    fileBytes: Type.Integer(),
    firstAt: Type.Union([EpochMs, Type.Null()]),
    lastAt: Type.Union([EpochMs, Type.Null()]),
  },
  closed,
);
export type PersonSummary = Static<typeof PersonSummary>;

export const ErasureView = Type.Object(
  {
    id: Type.String(),
    /** The first signs of the hash of who was looked for. */
    person: Type.String(),
    requestedBy: Type.String(),
    requestedAt: EpochMs,
    /** Null while it is under way. */
    doneAt: Type.Union([EpochMs, Type.Null()]),
    conversations: Type.Integer(),
    files: Type.Integer(),
  },
  closed,
);
export type ErasureView = Static<typeof ErasureView>;
export const Erasures = Type.Object({ erasures: Type.Array(ErasureView) }, closed);
export type Erasures = Static<typeof Erasures>;

/** `token` is there once; the export is fetched with it once, by who asked for it. */
export const NewExport = Type.Object({ token: Type.String(), expiresAt: EpochMs }, closed);
export type NewExport = Static<typeof NewExport>;
