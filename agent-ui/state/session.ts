import { createBackoff } from '../../client/backoff.ts';
import type { SignedIn } from '../../protocol/http.ts';
import type { DeskApi } from './desk-api.ts';
import type { SessionState, SignInProblem } from './desk-state.ts';

interface SessionOptions {
  readonly api: DeskApi;
  readonly onChange: (session: SessionState) => void;
  readonly random?: () => number;
}

const signedOut = (problem: SignInProblem | null): SessionState => ({ kind: 'signed-out', problem, busy: false });
const signedIn = ({ agent, role, csrf }: SignedIn): SessionState => ({ kind: 'signed-in', me: agent, role, csrf });

/** Who sits at this desk, if anybody does. */
export function createSession({ api, onChange, random = Math.random }: SessionOptions) {
  const backoff = createBackoff(random);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function open() {
    const answer = await api.session();
    if (answer !== 'unreachable') return onChange(answer ? signedIn(answer) : signedOut(null));
    onChange({ kind: 'opening', failed: true });
    timer = setTimeout(open, backoff.next());
  }

  return {
    open,
    async signIn(email: string, password: string, code?: string) {
      onChange({ kind: 'signed-out', problem: null, busy: true });
      const answer = await api.signIn(email, password, code);
      onChange(typeof answer === 'string' ? signedOut(answer) : signedIn(answer));
    },
    async signOut(csrf: string): Promise<boolean> {
      const isOut = await api.signOut(csrf);
      if (isOut) onChange(signedOut(null));
      return isOut;
    },
    ended: () => onChange(signedOut('ended')),
    stop: () => clearTimeout(timer),
  };
}
