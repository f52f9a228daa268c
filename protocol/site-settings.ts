import { type Static, Type } from 'typebox';
import { PlainText, VariableName } from './entities.ts';
import { QueueId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

export const maskingPatterns = ['card', 'iban', 'bsn'] as const;
export type MaskingPattern = (typeof maskingPatterns)[number];

/** `#` stands for a digit, of which there are four at least, `@` for a letter; spaces, dashes and dots are not looked at. */
const MaskingTemplate = Type.String({
  pattern: '^(?=(?:[^#]*#){4})[#@A-Za-z0-9 .-]+$',
  maxLength: limits.maskingTemplateLength,
});
/** After so many days; null is for good. */
const Days = Type.Union([Type.Integer({ minimum: 1, maximum: limits.retentionDaysMax }), Type.Null()]);

const Question = PlainText(limits.surveyQuestionLength);
export const Survey = Type.Object(
  {
    on: Type.Boolean(),
    /** By language; empty asks in Balie's words. */
    question: Type.Object({ en: Question, nl: Question }, closed),
    /** Whether words are asked for beside the score. */
    comment: Type.Boolean(),
  },
  closed,
);
export type Survey = Static<typeof Survey>;

export const siteSettingsFields = {
  /** The first whose address fits names the queue. `*` stands for anything: `/business/*`. */
  rules: Type.Array(Type.Object({ path: PlainText(limits.urlLength, 1), queue: QueueId }, closed), {
    maxItems: limits.queueRules,
  }),
  /** What the widget speaks; the visitor's own where it is among them, otherwise the first. */
  languages: Type.Array(Type.Enum(['en', 'nl']), { minItems: 1, maxItems: 2, uniqueItems: true }),
  look: Type.Object(
    {
      /** `#0f766e`; null is Balie's own. */
      accent: Type.Union([Type.String({ pattern: '^#[0-9a-f]{6}$' }), Type.Null()]),
      side: Type.Enum(['right', 'left']),
    },
    closed,
  ),
  /** In the order in which agents see them. Of one that is masked nothing but the last four characters is ever kept. */
  variables: Type.Array(Type.Object({ name: VariableName, masked: Type.Boolean() }, closed), {
    maxItems: limits.variables,
  }),
  /** What is never kept of what visitors and agents write, and of what pages say of themselves. */
  masking: Type.Object(
    {
      patterns: Type.Array(Type.Enum([...maskingPatterns]), { uniqueItems: true }),
      templates: Type.Array(MaskingTemplate, { maxItems: limits.maskingTemplates, uniqueItems: true }),
    },
    closed,
  ),
  /** Counted from the end of a conversation. `identities`: who the visitor was, by subject and variables. */
  retention: Type.Object({ conversations: Days, files: Days, identities: Days }, closed),
  /** What visitors are asked when a chat that somebody accepted is over. */
  survey: Survey,
  /** Whether visitors may ask for a transcript by mail, or also get one unasked once the chat is over. */
  transcript: Type.Enum(['off', 'ask', 'always']),
} as const;
export const SiteSettings = Type.Object(siteSettingsFields, closed);
export type SiteSettings = Static<typeof SiteSettings>;
