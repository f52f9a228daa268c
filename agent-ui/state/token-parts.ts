/** What a token says, whether or not any of it is true: for who looks for what is wrong with it. */
export interface TokenParts {
  readonly header: string;
  readonly claims: string;
}

/** Null where it is not even in the form of a JWT. Stays in this browser. */
export function tokenParts(token: string): TokenParts | null {
  const [header, claims, signature, ...more] = token.trim().split('.');
  if (!header || !claims || signature === undefined || more.length > 0) return null;
  try {
    return { header: readable(header), claims: readable(claims) };
  } catch {
    return null;
  }
}

function readable(part: string): string {
  const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2);
}
