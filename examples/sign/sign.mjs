import { createHmac } from 'node:crypto';

const { BALIE_SITE: site, BALIE_KEY_ID: kid, BALIE_KEY_SECRET: secret } = process.env;
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signVisitor(subject, variables, thumbprint) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', kid, typ: 'visitor+jwt' };
  const claims = { iss: site, aud: site, sub: subject, iat: now, exp: now + 900, variables };
  if (thumbprint) claims.cnf = { jkt: thumbprint };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

console.log(signVisitor('4711', { name: 'Ada Lovelace', email: 'ada@shop.example' }));
