/**
 * The closed lists of codes that programs may rely on. A code never changes its meaning; texts for people hang on it in
 * the catalogues of widget and console.
 */

/** Why a command, a frame or a request was refused. */
export const refusalCodes = [
  'malformed',
  'unknown_frame',
  'not_ready',
  'invalid_field',
  'not_found',
  'not_allowed',
  'already_open',
  'already_taken',
  'already_ended',
  'not_presented',
  'wrong_state',
  'not_offered',
  'already_answered',
  'offer_withdrawn',
  'already_invited',
  'already_joined',
  'agent_away',
  'file_unknown',
  'file_taken',
  'no_room',
  'desk_closed',
  'conflicting_resend',
  'too_many',
  'unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Why the server ends a socket; sent in a `fault` frame before the close. */
export const faultCodes = [
  'malformed',
  'unknown_frame',
  'version_unsupported',
  'hello_expected',
  'hello_timeout',
  'proof_refused',
  'session_refused',
  'subject_changed',
  'signed_out',
  'sign_in_expected',
  'site_unknown',
  'too_many',
  'too_slow',
  'restarting',
  'internal',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** Which check a visitor's token failed. `docs/signing.md` says what mends each. */
export const tokenChecks = [
  'too_large',
  'malformed',
  'header',
  'algorithm',
  'type',
  'unknown_key',
  'key_revoked',
  'keys_unavailable',
  'signature',
  'issuer',
  'audience',
  'subject',
  'expired',
  'not_yet_valid',
  'issued_at',
  'lifetime',
  'clock_skew',
  'variables',
  'bound_elsewhere',
] as const;
export type TokenCheck = (typeof tokenChecks)[number];

/** What an entry of the audit log can be about. */
export const auditKinds = [
  'organization',
  'person',
  'queue',
  'profile',
  'preset',
  'offer',
  'site',
  'conversation',
  'webhook',
  'api_key',
] as const;

/** Errors of the REST part. Each goes with one HTTP status, in `server/routes/http-errors.ts`. */
export const httpErrorCodes = [
  'invalid_field',
  'malformed',
  'sign_in_failed',
  'second_factor_expected',
  'sign_in_expected',
  'key_expected',
  'csrf_refused',
  'origin_refused',
  'not_allowed',
  'not_found',
  'conflict',
  'link_spent',
  'key_refused',
  'address_refused',
  'too_large',
  'unsupported_type',
  'file_refused',
  'malware',
  'ticket_refused',
  'no_space',
  'timeout',
  'too_many',
  'unavailable',
  'internal',
] as const;
export type HttpErrorCode = (typeof httpErrorCodes)[number];

/** What a key of the API may be good for. `docs/api.md` says what each opens. */
export const apiScopes = [
  'conversations:read',
  'conversations:read-private',
  'queues:read',
  'people:read',
  'statistics:read',
] as const;
export type ApiScope = (typeof apiScopes)[number];

/** Why a delivery of a webhook found nobody. `docs/webhooks.md` says what mends each. */
export const deliveryFailures = [
  'timeout',
  'unknown_name',
  'private_address',
  'address_refused',
  'certificate',
  'unreachable',
] as const;
export type DeliveryFailure = (typeof deliveryFailures)[number];

/** Why a mail did not leave. `docs/operating.md` says what mends each. */
export const mailFailures = [
  'unreachable',
  'sign_in_refused',
  'recipient_refused',
  'mail_refused',
  'recipient_limit',
  'nothing_to_send',
  'folder',
] as const;
export type MailFailure = (typeof mailFailures)[number];

/**
 * WebSocket close codes (RFC 6455, 7.4; 4000–4999 are the application's). The 44xx mirror HTTP so that they need no
 * table of their own.
 */
export const closeCodes = {
  restarting: 1012,
  tryLater: 1013,
  malformed: 4400,
  unauthorized: 4401,
  notFound: 4404,
  timeout: 4408,
  upgradeRequired: 4426,
  tooMany: 4429,
} as const;
