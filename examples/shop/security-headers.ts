/**
 * As strict as a shop can be, and all that Balie asks of it: its origin for scripts, connections and pictures. No inline
 * script or style, no frame, and no text that becomes script.
 */
export function securityHeaders(balieUrl: URL): Record<string, string> {
  const sockets = balieUrl.origin.replace(/^http/, 'ws');
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${balieUrl.origin}`,
    "style-src 'self'",
    `img-src 'self' ${balieUrl.origin}`,
    `connect-src 'self' ${balieUrl.origin} ${sockets}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  };
}
