import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane; about 16 ms, off the main thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Nobody's: a hash of random bytes that were thrown away, at the same cost. */
const dummy = '$argon2id$v=19$m=19456,t=2,p=1$vjlgWWT/sJ3zTuhjfWryrw$a5xOk67IRYCZwjNqt9Q0LBcRN0/6FD51oc39ItL6lFM';

export const hashPassword = (password: string): Promise<string> => hash(normalize(password), cost);

/**
 * Whether the password fits. Null stands for a log-in that does not exist: it takes as long and never fits, so that the
 * time tells nobody which e-mail addresses have an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? dummy, normalize(password));
  return fits && passwordHash !== null;
}

/** The same password typed on another system may come in other code points (NIST SP 800-63B, 5.1.1.2). */
const normalize = (password: string): string => password.normalize('NFKC');
