import { hashToken } from '../identity/secret-token.ts';
import { totpStep } from '../identity/totp.ts';
import type { Agent, Store, TwoFactor } from '../store/store.ts';
import { HttpProblem } from './http-errors.ts';

/** Lets somebody pass whose password was right; takes the code, so that it is good once. */
export async function passSecondFactor(
  store: Pick<Store, 'agents'>,
  agent: Agent,
  code: string | undefined,
  now: number,
): Promise<void> {
  const { twoFactor } = agent;
  if (!twoFactor) return;
  if (code === undefined)
    throw new HttpProblem('second_factor_expected', 'Send the code of the authenticator app as well.');
  const rest = afterUse(twoFactor, code.replace(/\s/g, ''), now);
  if (!rest) throw notGood();
  if (await store.agents.useSecondFactor(agent, rest)) return;
  // Somebody else signed in since it was read. Each time round one of them has passed, so this comes to an end.
  const current = await store.agents.find(agent.id);
  if (!current) throw notGood();
  await passSecondFactor(store, current, code, now);
}

const notGood = () =>
  new HttpProblem('second_factor_expected', 'The code is not good, or was used.', { field: 'code' });

function afterUse(twoFactor: TwoFactor, code: string, now: number): TwoFactor | null {
  const step = totpStep(twoFactor.secret, code, now, twoFactor.step);
  if (step !== null) return { ...twoFactor, step };
  const used = hashToken(code);
  if (!twoFactor.recovery.includes(used)) return null;
  return { ...twoFactor, recovery: twoFactor.recovery.filter((left) => left !== used) };
}
