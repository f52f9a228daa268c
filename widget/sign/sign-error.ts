/** A code never changes its meaning. All of them are mistakes to mend in code or settings, none passes by itself. */
export type SignErrorCode =
  /** Called where there is a `window` with a `document`: a page. */
  | 'browser'
  /** `site` or `kid` is missing or not as the console shows it. */
  | 'site'
  | 'kid'
  /** An HS256 secret under 256 bits (RFC 7518, 3.2). */
  | 'secret_too_short'
  /** Not a private key (JWK, PKCS #8 PEM or CryptoKey), or not one of the algorithm. */
  | 'private_key'
  /** Not ES256, RS256, PS256 or EdDSA. */
  | 'algorithm'
  | 'lifetime'
  | 'subject'
  | 'variables'
  | 'thumbprint'
  | 'token_too_large';

/** Thrown by `signVisitor`; the message says what to do, and never holds a key or a value. */
export class SignError extends Error {
  readonly code: SignErrorCode;

  constructor(code: SignErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SignError';
    this.code = code;
  }
}
