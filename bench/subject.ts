import type { ServerProcess } from './server-process.ts';

/** One conversation as the load generator sees it: a visitor who sends, and somebody at the other end who reads. */
export interface Pair {
  /** Resolves when the server acknowledged the message; `mark` comes out again at the other end. */
  send(mark: string): Promise<void>;
}

export interface Subject {
  readonly name: string;
  start(): Promise<ServerProcess>;
  /** Opens so many conversations; `onArrival` hears each mark that reached an agent. */
  open(server: ServerProcess, count: number, onArrival: (mark: string) => void): Promise<Pair[]>;
  /** Visitors who are connected and say nothing. */
  idle(server: ServerProcess, count: number): Promise<void>;
  close(): Promise<void>;
}

/** A desk limits sockets per address, so the load comes from many addresses of the loopback network. */
export const localAddress = (index: number): string => `127.0.1.${1 + (index % 200)}`;

/** Agents hold at most so many conversations each, in every subject. */
export const perAgent = 20;
