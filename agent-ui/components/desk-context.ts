import { createContext } from '@lit/context';
import type { Desk } from '../state/desk.ts';

/** For pages that work on the desk itself, beside what they read over REST. */
export const deskContext = createContext<Desk>(Symbol('desk'));
